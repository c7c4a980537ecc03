//! Calls that do without JNI: by an upcall stub, which is a C function of the JVM's that runs Java.
//!
//! A call begins on JNI. When it has been made often it gets a stub, from a thread of ours
//! ([`maker`]); JDK 22 and later have them. The stub reads what the frame holds and writes what
//! comes back, in Java (`metaffi.internal.UpcallValues`). It knows no more than the values that a
//! plan is about: what comes in another type, or on a thread with little stack left, goes by JNI.
//!
//! [`Tiered`] is the hot path. Any thread.

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
use maker::Order;
pub(crate) use option::{decide, is_at_once};
use shape::{Check, Shape};
pub(crate) use table::{number, vacate};

/// A stub: `int (*)(metaffi_frame *)`, which does nothing when it is passed null.
type Stub = unsafe extern "C" fn(Option<NonNull<abi::Frame>>) -> abi::Status;

/// The entity of a call, which leaves JNI if that is possible here.
pub(crate) fn loaded(call: Call, signature: Signature) -> Loaded {
    match option::calls_before() {
        NEVER => Loaded::callee(call, signature),
        _ => Loaded::callee(Tiered::new(call), signature),
    }
}

/// A call that leaves JNI when it is made often.
pub(crate) struct Tiered {
    pub(crate) call: Call,
    tier: Tier,
}

impl Tiered {
    pub(crate) fn new(call: Call) -> Self {
        Self { call, tier: Tier::new() }
    }

    /// One call, whose object, if it has one, is its first argument.
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

/// How a call is made now, and what becomes of it.
struct Tier {
    /// What it is made by, once there is a stub: `Release` and `Acquire` show what is in it. The
    /// stub's code the JVM has made visible to all processors before it gave the address.
    hot: AtomicPtr<Hot>,
    /// How often it is made before a stub is asked for, or looked for; `NEVER` to leave it. About.
    left: AtomicU32,
    order: OnceLock<Arc<Order>>,
    /// Where hosts read by what convention they call.
    convention: Convention,
}

/// No stub, now or later.
const NEVER: u32 = u32::MAX;
/// After how many calls a stub that was asked for is looked for again.
const LOOKS: u32 = 16;

/// A stub, and which calls it can take.
struct Hot {
    stub: Stub,
    checks: Box<[Check]>,
    has_result: bool,
    /// What keeps the stub.
    _java: Global,
    /// What the stub hands back when it has a result that it cannot write.
    _shape: Arc<Shape>,
}

impl Tier {
    /// That of a call which has not been made.
    fn new() -> Self {
        Self {
            hot: AtomicPtr::new(null_mut()),
            left: AtomicU32::new(option::calls_before()),
            order: OnceLock::new(),
            convention: Convention::default(),
        }
    }

    /// The call by its stub; `None` when it is to be made by JNI.
    #[inline]
    fn call(&self, call: &Call, env: Env, frame: &mut GuestFrame<'_>) -> Option<Result<(), Error>> {
        // SAFETY: `publish` boxed it, and it is dropped with this.
        match unsafe { self.hot.load(Ordering::Acquire).as_ref() } {
            Some(hot) => hot.call(env, frame),
            None if self.left.load(Ordering::Relaxed) == NEVER => None,
            None => self.count(call, env, frame),
        }
    }

    /// Counts a call by JNI. The count may miss some that are made at once.
    #[inline(never)]
    fn count(
        &self,
        call: &Call,
        env: Env,
        frame: &mut GuestFrame<'_>,
    ) -> Option<Result<(), Error>> {
        let left = self.left.load(Ordering::Relaxed);
        if left > 0 {
            self.left.store(left - 1, Ordering::Relaxed);
            return None;
        }
        self.advance(env, call);
        // SAFETY: as in `call`.
        let hot = unsafe { self.hot.load(Ordering::Acquire).as_ref() };
        hot?.call(env, frame)
    }

    /// Asks for a stub, or takes the one that was asked for.
    #[cold]
    fn advance(&self, env: Env, call: &Call) {
        let Some(asked) = self.order(env, call) else {
            return self.left.store(NEVER, Ordering::Relaxed);
        };
        match asked.made() {
            None => self.left.store(LOOKS, Ordering::Relaxed),
            Some(made) => {
                self.left.store(NEVER, Ordering::Relaxed);
                made.into_iter().for_each(|made| self.publish(made.into_hot(asked.shape.clone())));
            }
        }
    }

    /// What was asked for; two threads may ask, of whom one is forgotten.
    fn order(&self, env: Env, call: &Call) -> Option<&Arc<Order>> {
        match self.order.get() {
            Some(asked) => Some(asked),
            None => maker::order(env, call).map(|asked| self.order.get_or_init(|| asked)),
        }
    }

    /// Makes this the way of all calls; by the one who was given what was made.
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
        // SAFETY: this thread is attached and may enter, the arguments are of the types that the
        // stub reads, there is a place for what it writes, and the stack that it needs.
        match unsafe { (self.stub)(Some(frame.as_raw())) } {
            abi::OK => Some(Ok(())),
            status => Some(Err(natives::failure(frame, status))),
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
