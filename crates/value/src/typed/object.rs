//! Handles and callables: borrowed as arguments, transferred as results.

use metaffi_abi as abi;

use super::{Lift, Lower, mismatch, slot};
use crate::callable::Callable;
use crate::error::Error;
use crate::lower::Arena;
use crate::object::Handle;
use crate::types::{Type, TypeInfo};
use crate::value::Value;

pub(super) fn borrow(ty: Type, handle: &Handle) -> abi::Value {
    slot(ty, 0, abi::Payload { object: handle.as_raw().as_ptr() })
}

pub(super) fn transfer(ty: Type, handle: &Handle) -> abi::Value {
    let object = handle.clone().into_raw().as_ptr();
    abi::Value { ownership: abi::TRANSFERRED, ..slot(ty, 0, abi::Payload { object }) }
}

/// A type with a reference behind it.
trait Counted {
    fn counted(&self) -> &Handle;
}

impl Counted for Handle {
    fn counted(&self) -> &Handle {
        self
    }
}

impl Counted for Callable {
    fn counted(&self) -> &Handle {
        self.handle()
    }
}

macro_rules! objects {
    ($($rust:ty, $arg:ty, $ty:ident;)*) => {$(
        impl Lower for $rust {
            type Arg<'a> = $arg;
            fn type_info() -> TypeInfo {
                Type::$ty.into()
            }
            #[inline]
            fn lower(&self, _: &mut impl Arena) -> Result<abi::Value, Error> {
                Ok(borrow(Type::$ty, self.counted()))
            }
            #[inline]
            fn give(&self, _: &mut impl Arena) -> Result<abi::Value, Error> {
                Ok(transfer(Type::$ty, self.counted()))
            }
        }
    )*};
}
objects! {
    Handle, Handle, HANDLE;
    &Handle, &'a Handle, HANDLE;
    Callable, Callable, CALLABLE;
    &Callable, &'a Callable, CALLABLE;
}

impl Lift for Handle {
    fn type_info() -> TypeInfo {
        Type::HANDLE.into()
    }
    fn from_value(value: Value) -> Result<Self, Error> {
        match value {
            Value::Handle(handle) => Ok(handle),
            other => mismatch(&Type::HANDLE.into(), &other),
        }
    }
}

impl Lift for Callable {
    fn type_info() -> TypeInfo {
        Type::CALLABLE.into()
    }
    fn from_value(value: Value) -> Result<Self, Error> {
        match value {
            Value::Callable(callable) => Ok(callable),
            other => mismatch(&Type::CALLABLE.into(), &other),
        }
    }
}
