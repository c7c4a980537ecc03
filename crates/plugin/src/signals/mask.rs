//! The signals that a thread blocks.

use core::mem::MaybeUninit;
use core::ptr::{null, null_mut};

use super::{FAULTS, LAST, Signal};

/// A set of blocked signals.
#[derive(Clone, Copy)]
pub struct Mask(libc::sigset_t);

impl Mask {
    /// The signals that this thread blocks.
    #[must_use]
    pub fn current() -> Self {
        let mut set = MaybeUninit::zeroed();
        // SAFETY: reads into a place of the right size, for which zeroes are
        // valid.
        unsafe {
            libc::pthread_sigmask(libc::SIG_BLOCK, null(), set.as_mut_ptr());
            Self(set.assume_init())
        }
    }

    /// All signals except those of faults.
    #[must_use]
    pub fn all_but_faults() -> Self {
        let mut set = MaybeUninit::zeroed();
        // SAFETY: fills a place of the right size, for which zeroes are valid.
        let set = unsafe {
            libc::sigfillset(set.as_mut_ptr());
            set.assume_init()
        };
        Self(set).without(|signal| FAULTS.contains(&signal))
    }

    /// Whether it contains `signal`.
    #[must_use]
    pub fn blocks(&self, signal: Signal) -> bool {
        // SAFETY: a valid set; an invalid signal is not a member.
        unsafe { libc::sigismember(&raw const self.0, signal) == 1 }
    }

    /// The same without the signals that `lets_through` selects.
    #[must_use]
    pub fn without(mut self, lets_through: impl Fn(Signal) -> bool) -> Self {
        for signal in (1..=LAST).filter(|signal| lets_through(*signal)) {
            // SAFETY: a valid set; an invalid signal is refused.
            unsafe { libc::sigdelset(&raw mut self.0, signal) };
        }
        self
    }

    /// Makes this thread block exactly these signals.
    pub fn set(&self) {
        // SAFETY: a valid set.
        unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, &raw const self.0, null_mut()) };
    }
}

/// Runs `body` with the signals of faults unblocked.
pub fn with_faults<R>(body: impl FnOnce() -> R) -> R {
    let before = Mask::current();
    before.without(|signal| FAULTS.contains(&signal)).set();
    let result = body();
    before.set();
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_unblocked_and_other_signals_stay_blocked() {
        let all = Mask::all_but_faults();
        assert!(FAULTS.iter().all(|fault| !all.blocks(*fault)) && all.blocks(libc::SIGURG));
        let before = Mask::current();
        let mut none_through = all;
        // SAFETY: fills a valid set.
        unsafe { libc::sigfillset(&raw mut none_through.0) };
        none_through.set();
        with_faults(|| {
            let now = Mask::current();
            assert!(!now.blocks(libc::SIGSEGV) && now.blocks(libc::SIGURG));
        });
        assert!(Mask::current().blocks(libc::SIGSEGV));
        before.set();
        assert!(!Mask::current().blocks(libc::SIGURG));
    }
}
