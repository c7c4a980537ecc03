//! Rust errors that cross guests: Rust gets back the same error.

use core::ffi::c_void;
use std::error::Error as StdError;

use crate::error::{Error, ErrorKind};
use crate::object::{ObjectData, Owner, new_object, object_payload};

type Boxed = Box<dyn StdError + Send + Sync>;

/// The language name of errors from Rust closures.
const LANGUAGE: &str = "rust";

/// A Rust error that guests hold.
struct Thrown(Boxed);

impl ObjectData for Thrown {
    fn data(&self) -> *mut c_void {
        core::ptr::from_ref(&*self.0).cast_mut().cast()
    }
}

/// Converts the error that a closure returned. An error of MetaFFI, such as a
/// guest's, is passed on unchanged.
#[cold]
pub(crate) fn lower<E: Into<Boxed>>(owner: Owner, error: E) -> Error {
    match error.into().downcast::<Error>() {
        Ok(ours) => *ours,
        Err(boxed) => wrap(owner, boxed, type_name::<E>()),
    }
}

/// Not generic, like [`lift`]: both must identify the objects by the one
/// release function that this crate has for them.
#[inline(never)]
fn wrap(owner: Owner, error: Boxed, type_name: &'static str) -> Error {
    let mut plain = Error::new(ErrorKind::Guest, error.to_string());
    plain.cause = error.source().map(describe);
    let original = new_object(owner, Thrown(error));
    plain.in_language(LANGUAGE).with_type(type_name).with_original(original)
}

/// The name of an error's type; empty for text and for types that hide the
/// error's type.
fn type_name<E>() -> &'static str {
    let name = core::any::type_name::<E>();
    let hides = ["alloc::", "&", "anyhow::Error"].iter().any(|start| name.starts_with(start));
    if hides { "" } else { name }
}

/// A cause: a copy, since only its owner could pass on the original.
fn describe(error: &(dyn StdError + 'static)) -> Error {
    if let Some(ours) = error.downcast_ref::<Error>() {
        return ours.clone();
    }
    let mut described = Error::new(ErrorKind::Guest, error.to_string()).in_language(LANGUAGE);
    described.cause = error.source().map(describe);
    described
}

/// The original Rust error behind an error, if this program raised it.
#[inline(never)]
pub(crate) fn lift(error: &Error) -> Option<&(dyn StdError + Send + Sync + 'static)> {
    let original = error.original.as_ref()?;
    object_payload::<Thrown>(original).map(|thrown| &*thrown.0)
}
