//! One value of any type.

use core::fmt;

use crate::array::Array;
use crate::callable::Callable;
use crate::error::Error;
use crate::object::Handle;
use crate::typed::{Item, Lift};
use crate::types::Type;

macro_rules! values {
    ($($(#[$doc:meta])* $variant:ident($inner:ty) = $ty:ident),* $(,)?) => {
        /// A value with its actual type.
        ///
        /// A value that is nested more than [`MAX_DEPTH`](metaffi_abi::MAX_DEPTH) arrays deep
        /// can be created, but every call refuses it. Cloning, comparing and dropping use some
        /// stack for each level, as for any recursive Rust type.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Value {
            /// `null`.
            Null,
            $($(#[$doc])* $variant($inner),)*
            /// An array of any element type and rank.
            Array(Array),
        }

        impl Value {
            /// Converts it to a Rust type.
            ///
            /// # Errors
            /// As [`Lift::from_value`].
            pub fn lift<T: Lift>(self) -> Result<T, Error> {
                T::from_value(self)
            }

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

/// Text is shown unchanged, and numbers as in Rust. Objects are not shown in detail.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Null => f.pad("null"),
            Value::Float64(number) => number.fmt(f),
            Value::Float32(number) => number.fmt(f),
            Value::Int8(number) => number.fmt(f),
            Value::Int16(number) => number.fmt(f),
            Value::Int32(number) => number.fmt(f),
            Value::Int64(number) => number.fmt(f),
            Value::UInt8(number) | Value::Char8(number) => number.fmt(f),
            Value::UInt16(number) | Value::Char16(number) => number.fmt(f),
            Value::UInt32(number) => number.fmt(f),
            Value::UInt64(number) | Value::Size(number) => number.fmt(f),
            Value::Bool(truth) => truth.fmt(f),
            Value::Char32(letter) => letter.fmt(f),
            Value::String8(text) | Value::String16(text) | Value::String32(text) => f.pad(text),
            Value::Handle(_) => f.pad("an object"),
            Value::Callable(_) => f.pad("a function"),
            Value::Array(array) => {
                let values = array.clone().into_values();
                let texts: Vec<String> = values.iter().map(ToString::to_string).collect();
                write!(f, "[{}]", texts.join(", "))
            }
        }
    }
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
/// `None` becomes null.
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
/// A matrix, or more dimensions.
impl<T: Item> From<Vec<Vec<T>>> for Value {
    fn from(rows: Vec<Vec<T>>) -> Self {
        Item::into_array(rows).into()
    }
}
impl<T: Item, const N: usize> From<Vec<[T; N]>> for Value {
    fn from(rows: Vec<[T; N]>) -> Self {
        rows.into_iter().map(Vec::from).collect::<Vec<_>>().into()
    }
}
impl<const N: usize> From<Vec<[&str; N]>> for Value {
    fn from(rows: Vec<[&str; N]>) -> Self {
        rows.into_iter().map(|row| row.map(str::to_owned)).collect::<Vec<_>>().into()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_printed_and_lifted() {
        let matrix = Value::from([[1.5, 2.0], [3.0, 4.0]]);
        assert_eq!(matrix.to_string(), "[[1.5, 2], [3, 4]]");
        assert_eq!(matrix.lift::<Vec<Vec<f64>>>().unwrap(), [[1.5, 2.0], [3.0, 4.0]]);
        assert_eq!(Value::from([["a", "b"]]).to_string(), "[[a, b]]");
        let pair = Value::from(vec![Value::from("a"), Value::Null]);
        let [first, second] = pair.clone().lift::<[Value; 2]>().unwrap();
        assert_eq!(format!("{first:>3} {second}"), "  a null");
        let error = pair.lift::<[Value; 3]>().unwrap_err();
        assert_eq!(error.message, "expected 3 element(s), got 2");
        assert!(Value::from(1_i64).lift::<[i64; 1]>().is_err());
    }
}
