//! One value of any type.

use crate::array::Array;
use crate::callable::Callable;
use crate::object::Handle;
use crate::types::Type;

macro_rules! values {
    ($($(#[$doc:meta])* $variant:ident($inner:ty) = $ty:ident),* $(,)?) => {
        /// A value with its actual type.
        ///
        /// One that is nested more than [`MAX_DEPTH`](metaffi_abi::MAX_DEPTH) arrays deep can be
        /// made, and is refused by every call. To clone, compare or drop it takes some stack for
        /// each level, as for any Rust type that holds itself.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Value {
            /// `null`.
            Null,
            $($(#[$doc])* $variant($inner),)*
            /// An array of any element type and rank.
            Array(Array),
        }

        impl Value {
            /// The actual type.
            #[must_use]
            pub fn ty(&self) -> Type {
                match self {
                    Value::Null => Type::NULL,
                    $(Value::$variant(_) => Type::$ty,)*
                    Value::Array(array) => array.element().array(),
                }
            }
        }
    };
}
values! {
    /// `float64`.
    Float64(f64) = FLOAT64,
    /// `float32`.
    Float32(f32) = FLOAT32,
    /// `int8`.
    Int8(i8) = INT8,
    /// `int16`.
    Int16(i16) = INT16,
    /// `int32`.
    Int32(i32) = INT32,
    /// `int64`.
    Int64(i64) = INT64,
    /// `uint8`.
    UInt8(u8) = UINT8,
    /// `uint16`.
    UInt16(u16) = UINT16,
    /// `uint32`.
    UInt32(u32) = UINT32,
    /// `uint64`.
    UInt64(u64) = UINT64,
    /// `size`.
    Size(u64) = SIZE,
    /// `bool`.
    Bool(bool) = BOOL,
    /// `char8`.
    Char8(u8) = CHAR8,
    /// `char16`: one UTF-16 code unit.
    Char16(u16) = CHAR16,
    /// `char32`.
    Char32(char) = CHAR32,
    /// `string8`.
    String8(String) = STRING8,
    /// `string16`.
    String16(String) = STRING16,
    /// `string32`.
    String32(String) = STRING32,
    /// `handle`.
    Handle(Handle) = HANDLE,
    /// `callable`.
    Callable(Callable) = CALLABLE,
}

macro_rules! from {
    ($($rust:ty => $variant:ident),* $(,)?) => {
        $(impl From<$rust> for Value {
            fn from(value: $rust) -> Self {
                Value::$variant(value)
            }
        }
        impl From<Vec<$rust>> for Value {
            fn from(items: Vec<$rust>) -> Self {
                Value::Array(Array::$variant(items))
            }
        })*
    };
}
from!(
    f64 => Float64, f32 => Float32, i8 => Int8, i16 => Int16, i32 => Int32, i64 => Int64,
    u8 => UInt8, u16 => UInt16, u32 => UInt32, u64 => UInt64, bool => Bool, char => Char32,
    String => String8,
);

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::String8(text.to_owned())
    }
}
/// `None` is null.
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, Into::into)
    }
}
impl From<Vec<&str>> for Value {
    fn from(items: Vec<&str>) -> Self {
        items.into_iter().map(str::to_owned).collect::<Vec<_>>().into()
    }
}
impl<T, const N: usize> From<[T; N]> for Value
where
    Vec<T>: Into<Value>,
{
    fn from(items: [T; N]) -> Self {
        Vec::from(items).into()
    }
}
impl From<Handle> for Value {
    fn from(handle: Handle) -> Self {
        Value::Handle(handle)
    }
}
impl From<Callable> for Value {
    fn from(callable: Callable) -> Self {
        Value::Callable(callable)
    }
}
impl From<Vec<Value>> for Value {
    fn from(items: Vec<Value>) -> Self {
        Value::Array(Array::Any(items))
    }
}
impl From<Array> for Value {
    fn from(array: Array) -> Self {
        Value::Array(array)
    }
}
