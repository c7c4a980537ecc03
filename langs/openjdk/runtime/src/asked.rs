//! What other runtimes ask Java's objects: their items, their entries, their
//! methods. Nothing is made of an object unless somebody asks.

use core::ffi::c_void;
use core::ptr::NonNull;

use metaffi_plugin::abi;
use metaffi_plugin::value::{Error, ErrorKind, GuestFrame, discard};

use crate::api;
use crate::from_java::{objects, transferred};
use crate::jni::{Env, Local, new_string};
use crate::number::NULL;
use crate::object::JavaObject;
use crate::slot;
use crate::vm::thread;

/// `items` of the vtable: of what can be gone through, and is no mapping.
pub(crate) unsafe extern "C" fn items(
    object: *mut c_void,
    frame: NonNull<abi::Frame>,
) -> abi::Status {
    // SAFETY: whoever asks passes a live object and a complete frame.
    unsafe { answer(object, frame, give_items) }
}

/// `entries` of the vtable: of a mapping.
pub(crate) unsafe extern "C" fn entries(
    object: *mut c_void,
    frame: NonNull<abi::Frame>,
) -> abi::Status {
    // SAFETY: as in `items`.
    unsafe { answer(object, frame, give_entries) }
}

/// `method` of the vtable.
pub(crate) unsafe extern "C" fn method(
    object: *mut c_void,
    frame: NonNull<abi::Frame>,
) -> abi::Status {
    // SAFETY: as in `items`.
    unsafe { answer(object, frame, give_method) }
}

type Give = unsafe fn(Env, &JavaObject, &mut GuestFrame<'_>) -> Result<(), Error>;

/// # Safety
/// `object` is one of Java's that lives, and the frame is that of this call.
unsafe fn answer(object: *mut c_void, frame: NonNull<abi::Frame>, give: Give) -> abi::Status {
    let body = |frame: &mut GuestFrame<'_>| {
        let env = thread::enter()?;
        // SAFETY: only objects of ours have these functions.
        unsafe { give(env, &*object.cast::<JavaObject>(), frame) }
    };
    // SAFETY: the caller's promise.
    unsafe { GuestFrame::enter(frame, body) }
}

/// # Safety
/// The frame is that of a call for items.
unsafe fn give_items(
    env: Env,
    object: &JavaObject,
    frame: &mut GuestFrame<'_>,
) -> Result<(), Error> {
    let array = match api::get().asked.items(env, object)? {
        Some(items) => objects(env, &items, frame)?,
        None => NULL,
    };
    frame.set(0, array)
}

/// # Safety
/// The frame is that of a call for entries.
unsafe fn give_entries(
    env: Env,
    object: &JavaObject,
    frame: &mut GuestFrame<'_>,
) -> Result<(), Error> {
    let Some(pair) = api::get().asked.entries(env, object)? else {
        frame.set(0, NULL)?;
        return frame.set(1, NULL);
    };
    let half = |at| -> Result<Local, Error> {
        // SAFETY: an array of two arrays.
        let half = unsafe { env.element(pair.as_raw(), at) };
        half.ok_or_else(|| Error::new(ErrorKind::Internal, "a mapping without keys or values"))
    };
    let keys = objects(env, &half(0)?, frame)?;
    let values = half(1).and_then(|values| objects(env, &values, frame));
    match values {
        Ok(values) => {
            frame.set(0, keys)?;
            frame.set(1, values)
        }
        Err(error) => {
            // SAFETY: made just now, and nobody else's.
            unsafe { discard(&keys) };
            Err(error)
        }
    }
}

/// # Safety
/// The frame is that of a call for a method: its argument is a string.
unsafe fn give_method(
    env: Env,
    object: &JavaObject,
    frame: &mut GuestFrame<'_>,
) -> Result<(), Error> {
    let [name] = frame.args() else {
        return Err(Error::new(ErrorKind::Argument, "the name of a method is wanted"));
    };
    if name.ty != abi::STRING8 {
        return Err(Error::new(ErrorKind::Argument, "the name of a method is a string8"));
    }
    // SAFETY: a valid slot of that type.
    let name = new_string(env, unsafe { slot::text(name) })?;
    let function = match api::get().asked.method(env, object, &name)? {
        Some(function) => transferred(abi::CALLABLE, function.as_ptr()),
        None => NULL,
    };
    frame.set(0, function)
}
