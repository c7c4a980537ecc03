//! Large integers, decimals, dates and times, which are passed as objects with a text.

use metaffi_plugin::abi;
use metaffi_plugin::value::{Error, ErrorKind, ExactKind, Handle, new_exact};

use super::transferred;
use crate::jni::{Env, Local};
use crate::{api, object};

/// The slot of an object that is an exact value according to `metaffi.internal.Kinds`.
#[cold]
pub(super) fn lower(env: Env, local: Local) -> Result<abi::Value, Error> {
    let api = api::get();
    // SAFETY: a live object, of such a kind.
    let mut text = unsafe { api.values.describe_exact(env, local.as_raw()) }?;
    let digit = text.bytes().next().unwrap_or_default();
    let kind = ExactKind::from_raw(u32::from(digit.wrapping_sub(b'0')));
    let kind = kind.ok_or_else(|| Error::new(ErrorKind::Internal, "unknown kind of value"))?;
    text.remove(0);
    // SAFETY: `lower` gives us a reference.
    let plain = unsafe { Handle::take_raw(object::lower(env, local)?) };
    let made = new_exact(api.owner, plain, kind, text);
    Ok(transferred(abi::HANDLE, made.into_raw().as_ptr()))
}
