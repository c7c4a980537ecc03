//! Rust types that correspond to one slot. Scalars and text are converted
//! without a [`Value`] in between.
//!
//! [`Lower`] and [`Lift`] convert one value, [`LowerAll`] and [`LiftAll`] all
//! values of a call. [`Callback`] is a Rust closure that guests can call. Must
//! not depend on a language. Any thread may enter.

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

/// A Rust type that can be an argument, or the result of a callback.
pub trait Lower {
    /// The same type with a borrow of any lifetime, so that one function
    /// accepts `&str`s of different lifetimes.
    type Arg<'a>: Lower;
    /// The declared type.
    fn type_info() -> TypeInfo;
    /// Lowers to a slot that borrows from `self`.
    ///
    /// # Errors
    /// `Internal` when out of memory.
    fn lower(&self, arena: &mut impl Arena) -> Result<abi::Value, Error>;
    /// Lowers to a slot that outlives `self`: text and arrays are copied into
    /// the arena, objects are transferred.
    ///
    /// # Errors
    /// As [`Lower::lower`].
    fn give(&self, arena: &mut impl Arena) -> Result<abi::Value, Error>;
}

/// A Rust type that can be a result, or an argument of a callback.
pub trait Lift: Sized {
    /// The declared type.
    fn type_info() -> TypeInfo;
    /// Converts a value.
    ///
    /// # Errors
    /// `Argument` when the value has another type.
    fn from_value(value: Value) -> Result<Self, Error>;
    /// Lifts a slot, and takes over what it owns.
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
    /// Lifts a slot by copying; the slot keeps what it owns.
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

/// The end of the error for a null where a value was expected.
const NULL: &str = "got null instead of a value";

impl Error {
    /// Whether it reports a null that a guest returned where a value was
    /// expected.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.kind == ErrorKind::Argument
            && self.language == "metaffi"
            && self.message.ends_with(NULL)
    }

    /// Whether it is an exception of this stub class or of a subclass.
    #[must_use]
    pub fn is<T: Instance>(&self) -> bool {
        T::is_raised(&self.type_name, self.original.as_ref())
    }

    /// The guest's exception, if it [is one](Self::is) of this class.
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

/// `None` is null. The declared type is that of `T`.
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

/// Any null is `None`.
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
