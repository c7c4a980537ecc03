//! Exceptions that are passed as values, which cross with what they say.

use metaffi_plugin::abi;
use metaffi_plugin::value::{Error, Handle, new_error_object};

use super::transferred;
use crate::jni::{Env, Local};
use crate::{api, object, throwable};

/// The slot of a `Throwable`. One that stands for an exception of another runtime
/// leaves as that.
#[cold]
pub(super) fn lower(env: Env, local: Local) -> Result<abi::Value, Error> {
    let owner = api::get().owner;
    let mut error = throwable::say(env, &local);
    let foreign = error.original.take().filter(|original| original.owner() != owner.id());
    let original = match foreign {
        Some(original) => original,
        // The throwable itself, even where it only wraps what it says.
        // SAFETY: `lower` gives us a reference.
        None => unsafe { Handle::take_raw(object::lower(env, local)?) },
    };
    error.original = Some(original.clone());
    let made = new_error_object(owner, error).unwrap_or(original);
    Ok(transferred(abi::HANDLE, made.into_raw().as_ptr()))
}
