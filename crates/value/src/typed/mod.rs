//! Rust types that have one slot: the typed way, without a [`Value`] between
//! for scalars and text.
//!
//! [`Lower`] and [`Lift`] are one value; [`LowerAll`] and [`LiftAll`] all of a
//! call's; [`Callback`] a Rust closure that guests call. Must not know a
//! language; any thread may enter.

mod all;
mod callback;
mod declared;
mod functions;
mod instance;
mod items;
mod object;
mod scalar;
mod text;

pub use all::{GiveAll, LiftAll, LowerAll};
pub use callback::{Callback, Outcome};
pub use declared::{Char8, Char16, Converted};
pub use instance::Instance;
pub use items::Item;

use metaffi_abi as abi;

use crate::array::Array;
use crate::error::{Error, ErrorKind};
use crate::lift::{lift_borrowed, lift_transferred};
use crate::lower::{Arena, lower_argument, lower_result};
use crate::types::{Type, TypeInfo};
use crate::value::Value;

/// A Rust type that can be an argument, and the result of a callback.
pub trait Lower {
    /// The same type for a borrow of any length, so that one function takes
    /// `&str`s that live differently long.
    type Arg<'a>: Lower;
    /// The type it is declared as.
    fn type_info() -> TypeInfo;
    /// One slot that borrows from `self`.
    ///
    /// # Errors
    /// `Internal` when memory is out.
    fn lower(&self, arena: &mut impl Arena) -> Result<abi::Value, Error>;
    /// One slot that outlives `self`: text and arrays are copied into the
    /// arena, objects transferred.
    ///
    /// # Errors
    /// As [`Lower::lower`].
    fn give(&self, arena: &mut impl Arena) -> Result<abi::Value, Error>;
}

/// A Rust type that can be a result, and an argument of a callback.
pub trait Lift: Sized {
    /// The type it is declared as.
    fn type_info() -> TypeInfo;
    /// The same out of a value.
    ///
    /// # Errors
    /// `Argument` when it is another type.
    fn from_value(value: Value) -> Result<Self, Error>;
    /// Takes over what the slot owns.
    ///
    /// # Errors
    /// `Argument` when the slot holds another type.
    ///
    /// # Safety
    /// `raw` must be a valid slot that is not used again.
    #[inline]
    unsafe fn lift(raw: &abi::Value) -> Result<Self, Error> {
        // SAFETY: the caller's promise.
        Self::from_value(unsafe { lift_transferred(raw) }?)
    }
    /// Copies, and leaves the slot what it owns.
    ///
    /// # Errors
    /// As [`Lift::lift`].
    ///
    /// # Safety
    /// `raw` must be a valid slot.
    #[inline]
    unsafe fn lift_argument(raw: &abi::Value) -> Result<Self, Error> {
        // SAFETY: the caller's promise.
        Self::from_value(unsafe { lift_borrowed(raw) }?)
    }
}

#[cold]
fn mismatch<T>(expected: &TypeInfo, value: &Value) -> Result<T, Error> {
    let got = if *value == Value::Null { NULL.to_owned() } else { format!("got {}", value.ty()) };
    Err(Error::new(ErrorKind::Argument, format!("expected {expected}, {got}")))
}

/// How the error for a null ends where a value was expected.
const NULL: &str = "got null, which is none";

impl Error {
    /// Whether it says that a guest gave null where a value was expected.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.kind == ErrorKind::Argument
            && self.language == "metaffi"
            && self.message.ends_with(NULL)
    }

    /// Whether it is an exception of a class of stubs, or of one that derives
    /// from that.
    #[must_use]
    pub fn is<T: Instance>(&self) -> bool {
        T::is_raised(&self.type_name, self.original.as_ref())
    }

    /// The exception of the guest, where it [is one](Self::is) of this class.
    #[must_use]
    pub fn exception<T: Instance>(&self) -> Option<T> {
        let object = self.original.as_ref().filter(|_| self.is::<T>());
        object.cloned().map(T::from_handle)
    }
}

fn slot(ty: Type, length: usize, payload: abi::Payload) -> abi::Value {
    let (dims, length) = (u8::from(ty.is_array()), length as u64);
    abi::Value { ty: ty.raw(), dims, ownership: abi::BORROWED, flags: 0, length, payload }
}

impl Lower for Value {
    type Arg<'a> = Value;
    fn type_info() -> TypeInfo {
        Type::ANY.into()
    }
    fn lower(&self, arena: &mut impl Arena) -> Result<abi::Value, Error> {
        lower_argument(self, arena)
    }
    fn give(&self, arena: &mut impl Arena) -> Result<abi::Value, Error> {
        lower_result(self, arena)
    }
}

impl Lift for Value {
    fn type_info() -> TypeInfo {
        Type::ANY.into()
    }
    fn from_value(value: Value) -> Result<Self, Error> {
        Ok(value)
    }
}

impl Lift for Array {
    fn type_info() -> TypeInfo {
        Type::ARRAY.into()
    }
    fn from_value(value: Value) -> Result<Self, Error> {
        match value {
            Value::Array(array) => Ok(array),
            other => mismatch(&Type::ARRAY.into(), &other),
        }
    }
}

/// `None` is null; it is declared as `T`.
impl<T: Lower> Lower for Option<T> {
    type Arg<'a> = Option<T::Arg<'a>>;
    fn type_info() -> TypeInfo {
        T::type_info()
    }
    #[inline]
    fn lower(&self, arena: &mut impl Arena) -> Result<abi::Value, Error> {
        self.as_ref().map_or(Ok(null()), |value| value.lower(arena))
    }
    #[inline]
    fn give(&self, arena: &mut impl Arena) -> Result<abi::Value, Error> {
        self.as_ref().map_or(Ok(null()), |value| value.give(arena))
    }
}

fn null() -> abi::Value {
    slot(Type::NULL, 0, abi::Payload { u64: 0 })
}

/// Null is `None`, of whatever type it is.
impl<T: Lift> Lift for Option<T> {
    fn type_info() -> TypeInfo {
        T::type_info()
    }
    fn from_value(value: Value) -> Result<Self, Error> {
        match value {
            Value::Null => Ok(None),
            value => T::from_value(value).map(Some),
        }
    }
}
