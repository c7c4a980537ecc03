//! Rust types that stand for guest objects: the classes of stubs.

use metaffi_abi as abi;

use super::items::{each, pointer};
use super::object::{borrow, transfer};
use super::{Item, Lift, Lower, mismatch};
use crate::array::Array;
use crate::error::Error;
use crate::lower::Arena;
use crate::object::Handle;
use crate::types::{Type, TypeInfo};
use crate::value::Value;

/// A type whose values are guest objects. Like a [`Handle`], it can be an
/// argument and a result.
pub trait Instance: Clone + 'static {
    /// Wraps the object. Its type is not checked.
    fn from_handle(handle: Handle) -> Self;

    /// The object.
    ///
    /// # Errors
    /// Any error from creating the object, if it does not exist yet.
    fn lend(&self) -> Result<&Handle, Error>;

    /// Whether an exception is of this type, judging by the guest's name of its
    /// type and by the object itself.
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
        Ok(borrow(Type::HANDLE, self.lend()?))
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
            // A callable object is lifted as a function if its class is not declared.
            Value::Callable(callable) => Ok(T::from_handle(callable.handle().clone())),
            other => mismatch(&Type::HANDLE.into(), &other),
        }
    }
}

/// Elements cannot be null.
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
