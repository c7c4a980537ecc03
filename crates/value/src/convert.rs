//! Rust types that have one slot: the typed way, without a [`Value`] between.

use core::mem::MaybeUninit;

use metaffi_abi as abi;

use crate::array::Array;
use crate::callable::Callable;
use crate::error::{Error, ErrorKind};
use crate::lift::lift_transferred;
use crate::lower::{Arena, lower_argument};
use crate::object::Handle;
use crate::types::{Type, TypeInfo};
use crate::value::Value;

/// A Rust type that can be an argument.
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
}

/// A Rust type that can be a result.
pub trait Lift: Sized {
    /// The type it is declared as.
    fn type_info() -> TypeInfo;
    /// Takes over what the slot owns.
    ///
    /// # Errors
    /// `Argument` when the slot holds another type.
    ///
    /// # Safety
    /// `raw` must be a valid slot that is not used again.
    unsafe fn lift(raw: &abi::Value) -> Result<Self, Error>;
}

fn mismatch<T>(expected: Type, value: &Value) -> Result<T, Error> {
    Err(Error::new(ErrorKind::Argument, format!("expected {expected}, got {}", value.ty())))
}

macro_rules! scalars {
    ($($rust:ty, $ty:ident, $field:ident, $variant:ident, $from:expr, $to:expr;)*) => {$(
        impl Lower for $rust {
            type Arg<'a> = $rust;
            fn type_info() -> TypeInfo {
                Type::$ty.into()
            }
            #[inline]
            fn lower(&self, _: &mut impl Arena) -> Result<abi::Value, Error> {
                let payload = abi::Payload { $field: $from(*self) };
                let ty = Type::$ty.raw();
                Ok(abi::Value { ty, dims: 0, ownership: 0, flags: 0, length: 0, payload })
            }
        }
        impl Lift for $rust {
            fn type_info() -> TypeInfo {
                Type::$ty.into()
            }
            #[inline]
            unsafe fn lift(raw: &abi::Value) -> Result<Self, Error> {
                if raw.ty == Type::$ty.raw() {
                    // SAFETY: the tag says that this member is meant.
                    return Ok($to(unsafe { raw.payload.$field }));
                }
                // SAFETY: the caller's promise.
                mismatch(Type::$ty, &unsafe { lift_transferred(raw) }?)
            }
        }
    )*};
}
scalars! {
    f64, FLOAT64, f64, Float64, |v| v, |v| v;
    f32, FLOAT32, f32, Float32, |v| v, |v| v;
    i8, INT8, i64, Int8, i64::from, |v| v as i8;
    i16, INT16, i64, Int16, i64::from, |v| v as i16;
    i32, INT32, i64, Int32, i64::from, |v| v as i32;
    i64, INT64, i64, Int64, |v| v, |v| v;
    u8, UINT8, u64, UInt8, u64::from, |v| v as u8;
    u16, UINT16, u64, UInt16, u64::from, |v| v as u16;
    u32, UINT32, u64, UInt32, u64::from, |v| v as u32;
    u64, UINT64, u64, UInt64, |v| v, |v| v;
    bool, BOOL, u64, Bool, u64::from, |v| v != 0;
}

fn slot(ty: Type, dims: u8, length: usize, payload: abi::Payload) -> abi::Value {
    let length = length as u64;
    abi::Value { ty: ty.raw(), dims, ownership: abi::BORROWED, flags: 0, length, payload }
}

impl Lower for &str {
    type Arg<'a> = &'a str;
    fn type_info() -> TypeInfo {
        Type::STRING8.into()
    }
    #[inline]
    fn lower(&self, _: &mut impl Arena) -> Result<abi::Value, Error> {
        Ok(slot(Type::STRING8, 0, self.len(), abi::Payload { data: self.as_ptr().cast() }))
    }
}

impl Lower for String {
    type Arg<'a> = String;
    fn type_info() -> TypeInfo {
        Type::STRING8.into()
    }
    #[inline]
    fn lower(&self, arena: &mut impl Arena) -> Result<abi::Value, Error> {
        self.as_str().lower(arena)
    }
}

impl Lower for Handle {
    type Arg<'a> = Handle;
    fn type_info() -> TypeInfo {
        Type::HANDLE.into()
    }
    fn lower(&self, _: &mut impl Arena) -> Result<abi::Value, Error> {
        Ok(slot(Type::HANDLE, 0, 0, abi::Payload { object: self.as_raw().as_ptr() }))
    }
}

impl Lower for Callable {
    type Arg<'a> = Callable;
    fn type_info() -> TypeInfo {
        Type::CALLABLE.into()
    }
    fn lower(&self, _: &mut impl Arena) -> Result<abi::Value, Error> {
        let object = self.handle().as_raw().as_ptr();
        Ok(slot(Type::CALLABLE, 0, 0, abi::Payload { object }))
    }
}

impl Lower for Value {
    type Arg<'a> = Value;
    fn type_info() -> TypeInfo {
        Type::ANY.into()
    }
    fn lower(&self, arena: &mut impl Arena) -> Result<abi::Value, Error> {
        lower_argument(self, arena)
    }
}

impl Lift for Value {
    fn type_info() -> TypeInfo {
        Type::ANY.into()
    }
    unsafe fn lift(raw: &abi::Value) -> Result<Self, Error> {
        // SAFETY: the caller's promise.
        unsafe { lift_transferred(raw) }
    }
}

macro_rules! lift_through_value {
    ($($rust:ty, $ty:expr, $($value:pat => $out:expr),+;)*) => {$(
        impl Lift for $rust {
            fn type_info() -> TypeInfo {
                $ty.into()
            }
            unsafe fn lift(raw: &abi::Value) -> Result<Self, Error> {
                // SAFETY: the caller's promise.
                match unsafe { lift_transferred(raw) }? {
                    $($value => Ok($out),)+
                    other => mismatch($ty, &other),
                }
            }
        }
    )*};
}
lift_through_value! {
    String, Type::STRING8, Value::String8(text) => text;
    Handle, Type::HANDLE, Value::Handle(handle) => handle;
    Option<Handle>, Type::HANDLE, Value::Handle(handle) => Some(handle), Value::Null => None;
    Callable, Type::CALLABLE, Value::Callable(callable) => callable;
    Array, Type::ARRAY, Value::Array(array) => array;
}

macro_rules! vectors {
    ($($rust:ty, $ty:ident, $variant:ident;)*) => {$(
        impl Lower for &[$rust] {
            type Arg<'a> = &'a [$rust];
            fn type_info() -> TypeInfo {
                Type::$ty.array().into()
            }
            fn lower(&self, _: &mut impl Arena) -> Result<abi::Value, Error> {
                let payload = abi::Payload { data: self.as_ptr().cast() };
                Ok(slot(Type::$ty.array(), 1, self.len(), payload))
            }
        }
        impl Lower for Vec<$rust> {
            type Arg<'a> = Vec<$rust>;
            fn type_info() -> TypeInfo {
                Type::$ty.array().into()
            }
            fn lower(&self, arena: &mut impl Arena) -> Result<abi::Value, Error> {
                self.as_slice().lower(arena)
            }
        }
    )*
    lift_through_value! {
        $(Vec<$rust>, Type::$ty.array(), Value::Array(Array::$variant(items)) => items;)*
        Vec<String>, Type::STRING8.array(), Value::Array(Array::String8(items)) => items;
    }};
}
vectors! {
    f64, FLOAT64, Float64;
    f32, FLOAT32, Float32;
    i8, INT8, Int8;
    i16, INT16, Int16;
    i32, INT32, Int32;
    i64, INT64, Int64;
    u8, UINT8, UInt8;
    u16, UINT16, UInt16;
    u32, UINT32, UInt32;
    u64, UINT64, UInt64;
}

/// Arguments of a typed function: a tuple of [`Lower`] types.
pub trait LowerAll {
    /// The same types for borrows of any length.
    type Args<'a>: LowerAll;
    /// The declared parameters.
    fn type_infos() -> Vec<TypeInfo>;
    /// Lowers every argument into a slot of the array it passes to `then`.
    ///
    /// # Errors
    /// As [`Lower::lower`], and what `then` returns.
    fn lower_all<A: Arena, R>(
        &self,
        arena: &mut A,
        then: impl FnOnce(&mut A, &[abi::Value]) -> Result<R, Error>,
    ) -> Result<R, Error>;
}

/// Results of a typed function: `()`, one [`Lift`] type, or a tuple of them.
pub trait LiftAll: Sized {
    /// The declared results.
    fn type_infos() -> Vec<TypeInfo>;
    /// Gives `fill` the result slots and lifts what it wrote.
    ///
    /// # Errors
    /// What `fill` returns, and as [`Lift::lift`].
    ///
    /// # Safety
    /// `fill` must write every slot when it succeeds.
    unsafe fn lift_all(
        fill: impl FnOnce(&mut [MaybeUninit<abi::Value>]) -> Result<(), Error>,
    ) -> Result<Self, Error>;
}

impl<T: Lift> LiftAll for T {
    fn type_infos() -> Vec<TypeInfo> {
        vec![T::type_info()]
    }
    #[inline]
    unsafe fn lift_all(
        fill: impl FnOnce(&mut [MaybeUninit<abi::Value>]) -> Result<(), Error>,
    ) -> Result<Self, Error> {
        let mut slots = [MaybeUninit::uninit(); 1];
        fill(&mut slots)?;
        // SAFETY: the caller says that the slot is written; it is used once.
        unsafe { T::lift(slots[0].assume_init_ref()) }
    }
}

macro_rules! count {
    () => { 0 };
    ($head:ident $($tail:ident)*) => { 1 + count!($($tail)*) };
}

macro_rules! tuples {
    ($(($($name:ident)*))*) => {$(
        impl<$($name: Lower),*> LowerAll for ($($name,)*) {
            type Args<'a> = ($($name::Arg<'a>,)*);
            fn type_infos() -> Vec<TypeInfo> {
                vec![$($name::type_info()),*]
            }
            #[inline]
            #[allow(non_snake_case, unused_variables, reason = "the macro also makes ()")]
            fn lower_all<Arn: Arena, Out>(
                &self,
                arena: &mut Arn,
                then: impl FnOnce(&mut Arn, &[abi::Value]) -> Result<Out, Error>,
            ) -> Result<Out, Error> {
                let ($($name,)*) = self;
                let slots: [abi::Value; count!($($name)*)] = [$($name.lower(arena)?),*];
                then(arena, &slots)
            }
        }
        impl<$($name: Lift),*> LiftAll for ($($name,)*) {
            fn type_infos() -> Vec<TypeInfo> {
                vec![$($name::type_info()),*]
            }
            #[inline]
            #[allow(non_snake_case, reason = "the macro names a variable as its type")]
            unsafe fn lift_all(
                fill: impl FnOnce(&mut [MaybeUninit<abi::Value>]) -> Result<(), Error>,
            ) -> Result<Self, Error> {
                let mut slots = [MaybeUninit::uninit(); count!($($name)*)];
                fill(&mut slots)?;
                let [$($name),*] = &slots;
                // Every slot is lifted before an error is reported: each may
                // own something.
                // SAFETY: the caller says that the slots are written.
                $(let $name = unsafe { $name::lift($name.assume_init_ref()) };)*
                Ok(($($name?,)*))
            }
        }
    )*};
}
tuples! { () (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) (A B C D E F G) (A B C D E F G H) }
