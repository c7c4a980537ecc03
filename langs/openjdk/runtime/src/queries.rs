//! Answers other runtimes' questions about Java objects: their items, entries and methods, their
//! type, and its description. Nothing is computed before it is requested.

use core::ffi::c_void;
use core::ptr::NonNull;

use metaffi_plugin::abi;
use metaffi_plugin::value::{Error, ErrorKind, GuestFrame, discard};

use crate::api;
use crate::from_java::{argument, objects, transferred};
use crate::jni::{Env, Local, new_string};
use crate::number::{NULL, coerce, scalar};
use crate::object::JavaObject;
use crate::slot;
use crate::vm::thread;

metaffi_plugin::value::vtable_functions!(answer);

type Answer = unsafe fn(Env, &JavaObject, &mut GuestFrame<'_>) -> Result<(), Error>;

/// # Safety
/// `object` is a live Java object, and the frame is that of this call.
unsafe fn answer(object: *mut c_void, frame: NonNull<abi::Frame>, body: Answer) -> abi::Status {
    let run = |frame: &mut GuestFrame<'_>| {
        let env = thread::enter()?;
        // SAFETY: only our objects have these functions.
        unsafe { body(env, &*object.cast::<JavaObject>(), frame) }
    };
    // SAFETY: the caller's promise.
    unsafe { GuestFrame::enter(frame, run) }
}

/// Answers with the items of an iterable that is not a mapping.
///
/// # Safety
/// The frame is that of a call for items.
unsafe fn give_items(
    env: Env,
    object: &JavaObject,
    frame: &mut GuestFrame<'_>,
) -> Result<(), Error> {
    let array = match api::get().queries.items(env, object)? {
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
    let Some(pair) = api::get().queries.entries(env, object)? else {
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
            // SAFETY: just made, and not shared.
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
        return Err(Error::new(ErrorKind::Argument, "expected the name of a method"));
    };
    let name = text(env, name)?;
    let function = api::get().queries.method(env, object, &name)?;
    give(frame, function)
}

/// # Safety
/// The frame is that of a call for a type.
unsafe fn give_type(
    env: Env,
    object: &JavaObject,
    frame: &mut GuestFrame<'_>,
) -> Result<(), Error> {
    let number = |value| scalar(abi::UINT64, abi::Payload { u64: value });
    let of_instances = api::get().queries.type_of_instances(env, object)?;
    if of_instances == u64::MAX {
        // An implementation of a guest's interface has the interface's methods, and no Java
        // members.
        frame.set(0, NULL)?;
        return frame.set(1, NULL);
    }
    frame.set(0, number(object.type_number(env)?))?;
    frame.set(1, number(of_instances))
}

/// # Safety
/// The frame is that of a call for a member: its arguments are a number and a string.
unsafe fn give_member(
    env: Env,
    object: &JavaObject,
    frame: &mut GuestFrame<'_>,
) -> Result<(), Error> {
    let [kind, name] = frame.args() else {
        return Err(Error::new(ErrorKind::Argument, "expected the kind and name of a member"));
    };
    let kind = coerce(kind, abi::INT64)?;
    let name = text(env, name)?;
    // SAFETY: a number of that type.
    let kind = unsafe { kind.payload.i64 };
    let function = api::get().queries.member(env, object, kind, &name).map_err(not_found)?;
    give(frame, function)
}

/// For a name with dots, which cannot be a member of anything else.
fn not_found(error: Error) -> Error {
    match &*error.type_name {
        "java.lang.ClassNotFoundException" => {
            Error::new(ErrorKind::NotFound, error.into_parts().message)
        }
        _ => error,
    }
}

/// # Safety
/// The frame is that of a call for a description.
unsafe fn give_description(
    env: Env,
    object: &JavaObject,
    frame: &mut GuestFrame<'_>,
) -> Result<(), Error> {
    const TEXTS: abi::Type = abi::STRING8 | abi::ARRAY;
    let parts = api::get().queries.describe(env, object)?;
    let types = [(abi::STRING8, 0), (abi::STRING8, 0), (TEXTS, 1), (TEXTS, 1), (TEXTS, 1)];
    for (at, (ty, dims)) in (0..).zip(types) {
        // SAFETY: an array of two strings, and three arrays of strings.
        unsafe {
            let part = env.element(parts.as_raw(), at);
            let part =
                part.ok_or_else(|| Error::new(ErrorKind::Internal, "an incomplete description"))?;
            let slot = argument(env, part, ty, dims, frame)?;
            frame.set(at, slot)?;
        }
    }
    Ok(())
}

fn give(frame: &mut GuestFrame<'_>, function: Option<NonNull<abi::Object>>) -> Result<(), Error> {
    let function = function.map(|function| transferred(abi::CALLABLE, function.as_ptr()));
    frame.set(0, function.unwrap_or(NULL))
}

/// A name that was passed as an argument.
fn text(env: Env, name: &abi::Value) -> Result<Local, Error> {
    if name.ty != abi::STRING8 {
        return Err(Error::new(ErrorKind::Argument, "a name must be a string8"));
    }
    // SAFETY: a valid slot of that type.
    new_string(env, unsafe { slot::text(name) })
}
