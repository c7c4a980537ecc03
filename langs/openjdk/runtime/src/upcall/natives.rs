//! `metaffi.internal.Upcalls`, and the functions that stubs call here.

use core::cell::Cell;
use core::ptr::NonNull;
use std::sync::OnceLock;

use jni_sys::{JNIEnv, jclass, jint, jlong, jobject, jvalue};
use metaffi_plugin::abi;
use metaffi_plugin::value::{Error, ErrorKind, GuestFrame};

use super::shape::Shape;
use super::{table, warm};
use crate::api::{self, Classes};
use crate::call::bad_result;
use crate::jni::{Env, Global, Local, Native, StaticMethod, byte_array};
use crate::target::Use;
use crate::throwable;

/// The Java methods that make stubs.
pub(crate) struct Natives {
    warm_up: StaticMethod,
    make: StaticMethod,
    address: StaticMethod,
}

static NATIVES: OnceLock<Option<Natives>> = OnceLock::new();

impl Natives {
    /// Looked up, and checked for support, when the first stub is requested.
    pub(super) fn get(env: Env) -> Result<Option<&'static Self>, Error> {
        if let Some(known) = NATIVES.get() {
            return Ok(known.as_ref());
        }
        let found = Self::find(env)?;
        Ok(NATIVES.get_or_init(|| found).as_ref())
    }

    fn find(env: Env) -> Result<Option<Self>, Error> {
        // SAFETY: `MetaFFIHandle` is a class of the API.
        let classes = unsafe { Classes::beside(env, api::get().values.handle.as_raw()) }?;
        let upcalls = classes.class(env, c"metaffi/internal/Upcalls")?;
        let are_supported = upcalls.static_method(env, c"areSupported", c"()I")?;
        // SAFETY: takes nothing.
        if unsafe { are_supported.int(env, &[]) }? == 0 {
            return Ok(None);
        }
        let values = classes.class(env, c"metaffi/internal/UpcallValues")?;
        env.register_natives(&values, &natives())?;
        let objects = classes.class(env, c"metaffi/internal/UpcallObjects")?;
        let chunks = objects.static_method(env, c"chunks", c"()Ljava/lang/Object;")?;
        // SAFETY: takes nothing.
        if let Some(chunks) = unsafe { chunks.object(env, &[]) }? {
            table::begin(chunks.to_global()?);
        }
        const MAKE: &core::ffi::CStr = c"(Ljava/lang/Object;I[BIIJ)Ljava/lang/Object;";
        Ok(Some(Self {
            warm_up: values.static_method(env, c"warmUp", c"(J)V")?,
            make: upcalls.static_method(env, c"make", MAKE)?,
            address: upcalls.static_method(env, c"address", c"(Ljava/lang/Object;)J")?,
        }))
    }

    /// Gets the code that all stubs share compiled, so that stubs are fast from the start.
    pub(super) fn warm_up(&self, env: Env) -> Result<(), Error> {
        warm::with_frame(|frame| {
            let args = [jvalue { j: frame.as_ptr() as jlong }];
            // SAFETY: takes a frame of this form.
            unsafe { self.warm_up.void(env, &args) }
        })
    }

    /// A stub and its address; `None` if only JNI can access the member.
    pub(super) fn make(
        &self,
        env: Env,
        member: &Global,
        used: Use,
        shape: &Shape,
    ) -> Result<Option<(Global, jlong)>, Error> {
        let params = byte_array(env, &shape.params)?;
        let args = [
            jvalue { l: member.as_raw() },
            jvalue { i: used as jint },
            jvalue { l: params.as_raw() },
            jvalue { i: shape.written as jint },
            jvalue { i: shape.tag as jint },
            jvalue { j: core::ptr::from_ref(shape) as jlong },
        ];
        // SAFETY: what `make` takes.
        let stub = unsafe { self.make.object(env, &args) }?;
        let Some(stub) = stub else { return Ok(None) };
        // SAFETY: the result of `make`.
        let address = unsafe { self.address.long(env, &[jvalue { l: stub.as_raw() }]) }?;
        Ok(Some((stub.to_global()?, address)))
    }
}

fn natives() -> [Native; 2] {
    [
        (c"fail", c"(Ljava/lang/Throwable;J)I", fail as _),
        (c"give", c"(Ljava/lang/Object;JJ)I", give as _),
    ]
}

thread_local! {
    /// The error of the call that this thread is about to return from.
    static ERROR: Cell<Option<Box<Error>>> = const { Cell::new(None) };
}

/// The error of a stub that returned `status`, which is not 0.
#[cold]
pub(super) fn take_error(frame: &mut GuestFrame<'_>, status: abi::Status) -> Error {
    match ERROR.take() {
        Some(error) => *error,
        None => frame.take_failure(status),
    }
}

/// Runs `body`, and returns its status; its error is stored for [`take_error`].
///
/// # Safety
/// `raw` must be the frame of the call that this thread is in.
unsafe fn status_of(
    raw: NonNull<abi::Frame>,
    body: impl FnOnce(&mut GuestFrame<'_>) -> Result<(), Error>,
) -> jint {
    let mut status = abi::OK;
    let storing = |frame: &mut GuestFrame<'_>| {
        if let Err(error) = body(frame) {
            status = error.kind as abi::Status;
            ERROR.set(Some(Box::new(error)));
        }
        Ok(())
    };
    // SAFETY: the caller's promise.
    match unsafe { GuestFrame::enter(raw, storing) } {
        abi::OK => status as jint,
        panicked => panicked as jint,
    }
}

/// Writes a result that the stub cannot write, and returns the status of the call.
extern "system" fn give(
    env: *mut JNIEnv,
    _: jclass,
    result: jobject,
    frame: jlong,
    shape: jlong,
) -> jint {
    // SAFETY: the environment of this thread, and an argument, which may be deleted early.
    let result =
        unsafe { Env::from_raw(env).and_then(|env| Some((env, Local::take(env, result)?))) };
    let (Some((env, result)), Some(raw)) = (result, NonNull::new(frame as *mut abi::Frame)) else {
        return abi::OK as jint; // neither is ever null
    };
    // SAFETY: `Natives::make` passed it, and the called entity keeps it alive.
    let shape = unsafe { &*(shape as *const Shape) };
    let body = |frame: &mut GuestFrame<'_>| {
        let slot = shape.result.reference(env, Some(result), frame);
        frame.set(0, slot.map_err(|error| bad_result(&shape.signature, error))?)
    };
    // SAFETY: the frame of the call that this thread is in.
    unsafe { status_of(raw, body) }
}

/// Makes the error of a call that threw an exception, and returns its status.
extern "system" fn fail(env: *mut JNIEnv, _: jclass, thrown: jobject, frame: jlong) -> jint {
    // SAFETY: the environment of this thread.
    let env = unsafe { Env::from_raw(env) };
    // SAFETY: an argument, which may be deleted early.
    let thrown = env.and_then(|env| Some((env, unsafe { Local::take(env, thrown) }?)));
    let Some(raw) = NonNull::new(frame as *mut abi::Frame) else {
        return abi::OK as jint; // no call, see `UpcallCode`
    };
    let body = |_: &mut GuestFrame<'_>| {
        Err(match &thrown {
            Some((env, thrown)) => throwable::to_error(*env, thrown),
            None => Error::new(ErrorKind::Internal, "a stub failed without an exception"),
        })
    };
    // SAFETY: the frame of the call that this thread is in.
    unsafe { status_of(raw, body) }
}
