//! Exceptions that are passed as values, with their contents.

use metaffi_plugin::abi;
use metaffi_plugin::value::{Error, Handle, new_error_object};

use super::transferred;
use crate::jni::{Env, Local};
use crate::{api, object, throwable};

/// The slot of a `Throwable`. One that wraps an exception of another runtime is passed as that
/// exception.
#[cold]
pub(super) fn lower(env: Env, local: Local) -> Result<abi::Value, Error> {
    let owner = api::get().owner;
    let mut error = throwable::to_error(env, &local);
    let foreign = error.original.take().filter(|original| original.owner() != owner.id());
    let original = match foreign {
        Some(original) => original,
        // The throwable itself, even if it only wraps its contents.
        // SAFETY: `lower` gives us a reference.
        None => unsafe { Handle::take_raw(object::lower(env, local)?) },
    };
    error.original = Some(original.clone());
    let made = new_error_object(owner, error).unwrap_or(original);
    Ok(transferred(abi::HANDLE, made.into_raw().as_ptr()))
}
