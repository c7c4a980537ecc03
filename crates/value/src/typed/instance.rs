//! Types of Rust that stand for objects of guests: the classes of stubs.

use metaffi_abi as abi;

use super::items::{each, pointer};
use super::object::{lend, transfer};
use super::{Item, Lift, Lower, mismatch};
use crate::array::Array;
use crate::error::Error;
use crate::lower::Arena;
use crate::object::Handle;
use crate::types::{Type, TypeInfo};
use crate::value::Value;

/// A type whose values are objects of a guest. It is an argument and a result as
/// a [`Handle`] is one.
pub trait Instance: Clone + 'static {
    /// The object as one of this type; nobody asks whether it is.
    fn from_handle(handle: Handle) -> Self;

    /// The object.
    ///
    /// # Errors
    /// Where it is not there yet, what getting it reports.
    fn lend(&self) -> Result<&Handle, Error>;

    /// Whether an exception is of this type, by what its guest calls its type,
    /// and by the object itself.
    #[must_use]
    fn is_raised(_type_name: &str, _object: Option<&Handle>) -> bool {
        false
    }
}

impl<T: Instance> Lower for T {
    type Arg<'a> = T;
    fn type_info() -> TypeInfo {
        Type::HANDLE.into()
    }
    #[inline]
    fn lower(&self, _: &mut impl Arena) -> Result<abi::Value, Error> {
        Ok(lend(Type::HANDLE, self.lend()?))
    }
    #[inline]
    fn give(&self, _: &mut impl Arena) -> Result<abi::Value, Error> {
        Ok(transfer(Type::HANDLE, self.lend()?))
    }
}

impl<T: Instance> Lift for T {
    fn type_info() -> TypeInfo {
        Type::HANDLE.into()
    }
    fn from_value(value: Value) -> Result<Self, Error> {
        match value {
            Value::Handle(handle) => Ok(T::from_handle(handle)),
            // An object that can be called comes as a function where nothing says its class.
            Value::Callable(callable) => Ok(T::from_handle(callable.handle().clone())),
            other => mismatch(&Type::HANDLE.into(), &other),
        }
    }
}

/// No element is null.
impl<T: Instance> Item for T {
    const ELEMENT: Type = Type::HANDLE;
    const DIMS: u8 = 1;
    fn lower_items(items: &[Self], arena: &mut impl Arena) -> Result<abi::Value, Error> {
        each(items, arena, |item, _| Ok(pointer(Some(item.lend()?))))
    }
    fn into_array(items: Vec<Self>) -> Array {
        Array::Handle(items.iter().map(|item| item.lend().ok().cloned()).collect())
    }
    fn from_array(array: Array) -> Result<Vec<Self>, Array> {
        let handles = Handle::from_array(array)?;
        Ok(handles.into_iter().map(T::from_handle).collect())
    }
}
