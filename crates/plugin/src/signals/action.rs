//! The actions of signals.

use core::ffi::{c_int, c_void};
use core::mem::MaybeUninit;
use core::ptr::{null, null_mut};

use super::{LAST, Signal};
use metaffi_library::image_of;

/// A handler with three arguments, as SA_SIGINFO requires.
pub type Handler = unsafe extern "C" fn(c_int, *mut libc::siginfo_t, *mut c_void);

/// The action of one signal at the time that it was read.
#[derive(Clone, Copy)]
pub struct Action {
    signal: Signal,
    raw: libc::sigaction,
}

impl Action {
    /// The current action; `None` if there is no such signal.
    #[must_use]
    pub fn of(signal: Signal) -> Option<Self> {
        let mut raw = MaybeUninit::uninit();
        // SAFETY: only reads; `raw` is written when the result is 0.
        unsafe {
            let status = libc::sigaction(signal, null(), raw.as_mut_ptr());
            (status == 0).then(|| Self { signal, raw: raw.assume_init() })
        }
    }

    /// The signal.
    #[must_use]
    pub fn signal(&self) -> Signal {
        self.signal
    }

    /// The address of the handler; `None` for the default action, and if the
    /// signal is ignored.
    #[must_use]
    pub fn function(&self) -> Option<usize> {
        let address = self.raw.sa_sigaction;
        (address != libc::SIG_DFL && address != libc::SIG_IGN).then_some(address)
    }

    /// Whether it is the system's default action.
    #[must_use]
    pub fn is_default(&self) -> bool {
        self.raw.sa_sigaction == libc::SIG_DFL
    }

    /// Whether the signal is ignored.
    #[must_use]
    pub fn is_ignored(&self) -> bool {
        self.raw.sa_sigaction == libc::SIG_IGN
    }

    /// The handler, if it takes three arguments.
    #[must_use]
    pub fn handler(&self) -> Option<Handler> {
        let address = self.function().filter(|_| self.raw.sa_flags & libc::SA_SIGINFO != 0)?;
        // SAFETY: SA_SIGINFO guarantees that the function has this type.
        Some(unsafe { core::mem::transmute::<usize, Handler>(address) })
    }

    /// Whether both have the same handler, ignoring flags and mask.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        self.raw.sa_sigaction == other.raw.sa_sigaction
    }

    /// Whether the handler is in the library that contains `address`.
    #[must_use]
    pub fn is_code_of(&self, address: usize) -> bool {
        let image = self.function().and_then(image_of);
        image.is_some() && image == image_of(address)
    }

    /// The same action, run on the thread's signal stack.
    #[must_use]
    pub fn on_stack(mut self) -> Self {
        self.raw.sa_flags |= libc::SA_ONSTACK;
        self
    }

    /// Whether it runs on the thread's signal stack.
    #[must_use]
    pub fn is_on_stack(&self) -> bool {
        self.raw.sa_flags & libc::SA_ONSTACK != 0
    }

    /// The same flags and mask with another handler.
    ///
    /// # Safety
    /// The handler must be able to run at any time, and be async-signal-safe.
    #[must_use]
    pub unsafe fn with_handler(mut self, handler: Handler) -> Self {
        self.raw.sa_sigaction = handler as *const () as usize;
        self.raw.sa_flags |= libc::SA_SIGINFO;
        self
    }

    /// Installs it.
    pub fn install(&self) {
        // SAFETY: it was installed for this signal, or consists of one that
        // was, and a handler that the caller of `with_handler` is responsible
        // for.
        unsafe { libc::sigaction(self.signal, &raw const self.raw, null_mut()) };
    }

    /// Installs it unless its handler is already installed.
    pub fn restore(&self) {
        if Self::of(self.signal).is_some_and(|now| !now.is_like(self)) {
            self.install();
        }
    }
}

/// The actions of all signals at the time that they were read.
pub struct Actions([Option<Action>; LAST as usize]);

impl Actions {
    /// The current actions.
    #[must_use]
    pub fn now() -> Self {
        Self(core::array::from_fn(|index| Action::of(index as Signal + 1)))
    }

    /// The action of one signal; `None` if there is no such signal.
    #[must_use]
    pub fn of(&self, signal: Signal) -> Option<&Action> {
        let index = usize::try_from(signal).ok()?.checked_sub(1)?;
        self.0.get(index)?.as_ref()
    }

    /// The actions of all existing signals.
    pub fn iter(&self) -> impl Iterator<Item = &Action> {
        self.0.iter().flatten()
    }
}

/// Runs `body`, and restores the handlers of `signals` that it replaced.
pub fn keeping<R>(signals: &[Signal], body: impl FnOnce() -> R) -> R {
    let before = Actions::now();
    let result = body();
    signals.iter().filter_map(|signal| before.of(*signal)).for_each(Action::restore);
    result
}

#[cfg(test)]
mod tests {
    use core::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    static CAME: AtomicUsize = AtomicUsize::new(0);

    unsafe extern "C" fn count(_: c_int, _: *mut libc::siginfo_t, _: *mut c_void) {
        CAME.fetch_add(1, Ordering::Relaxed);
    }

    fn counting(signal: Signal) -> Action {
        // SAFETY: the handler only adds to an atomic.
        unsafe { Action::of(signal).unwrap().with_handler(count) }
    }

    #[test]
    fn a_handler_is_read_replaced_and_restored() {
        let signal = libc::SIGUSR1;
        let before = Action::of(signal).unwrap();
        assert!(before.is_default() && before.function().is_none() && before.handler().is_none());
        keeping(&[signal], || {
            counting(signal).on_stack().install();
            let now = Action::of(signal).unwrap();
            assert!(now.is_on_stack() && !now.is_like(&before) && now.handler().is_some());
            assert!(now.is_code_of(count as *const () as usize));
            assert!(!now.is_code_of(libc::getpid as *const () as usize));
            // SAFETY: the handler of this signal is `count`.
            unsafe { libc::raise(signal) };
            assert_eq!(CAME.load(Ordering::Relaxed), 1);
        });
        assert!(Action::of(signal).unwrap().is_like(&before));
    }

    #[test]
    fn only_the_given_signals_are_restored() {
        keeping(&[libc::SIGHUP], || counting(libc::SIGUSR2).install());
        assert!(Action::of(libc::SIGUSR2).unwrap().function().is_some());
    }

    #[test]
    fn invalid_signals_have_no_action() {
        assert!(Action::of(0).is_none() && Action::of(LAST + 1).is_none());
        let all = Actions::now();
        assert!(all.of(0).is_none() && all.of(-1).is_none() && all.of(LAST + 1).is_none());
        assert_eq!(all.of(libc::SIGTERM).unwrap().signal(), libc::SIGTERM);
        assert!(all.iter().count() > 30);
    }
}
