//! Calls that bypass JNI: through an upcall stub, a C function of the JVM that runs Java.
//!
//! A call begins with JNI. When it has been made often, it gets a stub from a thread of ours
//! ([`maker`]); JDK 22 and later support them. The stub reads the frame's arguments and writes the
//! result in Java (`metaffi.internal.UpcallValues`). It only handles the types of its plan: a call
//! with an argument of another type, or on a thread with little stack left, uses JNI.
//!
//! [`Tiered`] is the hot path. Any thread may enter.

mod maker;
mod natives;
mod option;
mod shape;
mod table;
mod warm;

use core::ptr::{NonNull, null_mut};
use core::sync::atomic::{AtomicPtr, AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use metaffi_plugin::value::{Error, GuestFrame, Signature};
use metaffi_plugin::{Callee, Convention, Loaded, abi, stack_pointer};

use crate::call::Call;
use crate::jni::{Env, Global};
use crate::vm::thread;
use maker::StubRequest;
pub(crate) use option::{decide, is_at_once};
use shape::{Check, Shape};
pub(crate) use table::{number, vacate};

/// A stub: `int (*)(metaffi_frame *)`, which does nothing if it is passed null.
type Stub = unsafe extern "C" fn(Option<NonNull<abi::Frame>>) -> abi::Status;

/// The entity of a call, which moves from JNI to a stub if that is supported.
pub(crate) fn loaded(call: Call, signature: Signature) -> Loaded {
    match option::calls_before() {
        NEVER => Loaded::callee(call, signature),
        _ => Loaded::callee(Tiered::new(call), signature),
    }
}

/// A call that moves from JNI to a stub when it is made often.
pub(crate) struct Tiered {
    pub(crate) call: Call,
    tier: Tier,
}

impl Tiered {
    pub(crate) fn new(call: Call) -> Self {
        Self { call, tier: Tier::new() }
    }

    /// One call; the object, if there is one, is the first argument.
    #[inline]
    pub(crate) fn run(&self, env: Env, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
        match self.tier.call(&self.call, env, frame) {
            Some(done) => done,
            None => self.by_jni(env, frame),
        }
    }

    #[inline(never)]
    fn by_jni(&self, env: Env, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
        // SAFETY: no bound object.
        unsafe { self.call.run(env, null_mut(), frame) }
    }
}

impl Callee for Tiered {
    #[inline]
    fn call(&self, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
        self.run(self.call.enter()?, frame)
    }

    fn placed(&self, convention: Convention) {
        self.tier.convention.set(convention);
    }
}

/// How a call is made now, and its path to a stub.
struct Tier {
    /// The stub by which it is made, once there is one: `Release` and `Acquire` make its contents
    /// visible. The JVM made the stub's code visible to all processors before it returned the
    /// address.
    hot: AtomicPtr<Hot>,
    /// About how many calls remain before a stub is requested, or checked for; `NEVER` for none.
    remaining: AtomicU32,
    request: OnceLock<Arc<StubRequest>>,
    /// Where hosts read the convention by which they call.
    convention: Convention,
}

/// No stub, now or later.
const NEVER: u32 = u32::MAX;
/// After how many calls a requested stub is checked for again.
const RECHECK_AFTER: u32 = 16;

/// A stub, and the calls that it can handle.
struct Hot {
    stub: Stub,
    checks: Box<[Check]>,
    has_result: bool,
    /// Keeps the stub alive.
    _java: Global,
    /// Passed back by the stub with a result that it cannot write.
    _shape: Arc<Shape>,
}

impl Tier {
    /// The tier of a call that has not been made yet.
    fn new() -> Self {
        Self {
            hot: AtomicPtr::new(null_mut()),
            remaining: AtomicU32::new(option::calls_before()),
            request: OnceLock::new(),
            convention: Convention::default(),
        }
    }

    /// The call by its stub; `None` if it must use JNI.
    #[inline]
    fn call(&self, call: &Call, env: Env, frame: &mut GuestFrame<'_>) -> Option<Result<(), Error>> {
        // SAFETY: `publish` boxed it, and it is dropped with this.
        match unsafe { self.hot.load(Ordering::Acquire).as_ref() } {
            Some(hot) => hot.call(env, frame),
            None if self.remaining.load(Ordering::Relaxed) == NEVER => None,
            None => self.count(call, env, frame),
        }
    }

    /// Counts a call by JNI. It may miss some of several simultaneous calls.
    #[inline(never)]
    fn count(
        &self,
        call: &Call,
        env: Env,
        frame: &mut GuestFrame<'_>,
    ) -> Option<Result<(), Error>> {
        let remaining = self.remaining.load(Ordering::Relaxed);
        if remaining > 0 {
            self.remaining.store(remaining - 1, Ordering::Relaxed);
            return None;
        }
        self.advance(env, call);
        // SAFETY: as in `call`.
        let hot = unsafe { self.hot.load(Ordering::Acquire).as_ref() };
        hot?.call(env, frame)
    }

    /// Requests a stub, or takes the one that was requested.
    #[cold]
    fn advance(&self, env: Env, call: &Call) {
        let Some(request) = self.request(env, call) else {
            return self.remaining.store(NEVER, Ordering::Relaxed);
        };
        match request.made() {
            None => self.remaining.store(RECHECK_AFTER, Ordering::Relaxed),
            Some(made) => {
                self.remaining.store(NEVER, Ordering::Relaxed);
                made.into_iter()
                    .for_each(|made| self.publish(made.into_hot(request.shape.clone())));
            }
        }
    }

    /// The request; two threads may make one each, of which one is dropped.
    fn request(&self, env: Env, call: &Call) -> Option<&Arc<StubRequest>> {
        match self.request.get() {
            Some(known) => Some(known),
            None => maker::request(env, call).map(|made| self.request.get_or_init(|| made)),
        }
    }

    /// Makes all calls use this stub; called by the thread that took it.
    fn publish(&self, hot: Hot) {
        self.hot.store(Box::into_raw(Box::new(hot)), Ordering::Release);
        self.convention.say(abi::CONVENTION_UPCALL);
    }
}

impl Drop for Tier {
    fn drop(&mut self) {
        let hot = *self.hot.get_mut();
        if !hot.is_null() {
            // SAFETY: `publish` boxed it, and no call is under way.
            drop(unsafe { Box::from_raw(hot) });
        }
    }
}

impl Hot {
    #[inline]
    fn call(&self, env: Env, frame: &mut GuestFrame<'_>) -> Option<Result<(), Error>> {
        if !self.takes(env, frame) || stack_pointer() < thread::room() {
            return None;
        }
        // SAFETY: this thread is attached and may enter, the arguments have the types that the stub
        // reads, and there is room for its result and enough stack.
        match unsafe { (self.stub)(Some(frame.as_raw())) } {
            abi::OK => Some(Ok(())),
            status => Some(Err(natives::take_error(frame, status))),
        }
    }

    #[inline]
    fn takes(&self, env: Env, frame: &GuestFrame<'_>) -> bool {
        let args = frame.args();
        args.len() == self.checks.len()
            && (!self.has_result || frame.nrets() > 0)
            // SAFETY: the arguments of a frame are valid during the call.
            && self.checks.iter().zip(args).all(|(check, slot)| unsafe { check.takes(env, slot) })
    }
}
