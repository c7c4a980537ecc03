//! Typed arrays: contiguous at rank 1, nested above.

use crate::callable::Callable;
use crate::object::Handle;
use crate::types::Type;
use crate::value::Value;

macro_rules! arrays {
    ($($(#[$doc:meta])* $variant:ident($element:ty) = $ty:ident, $value:expr;)*) => {
        /// An array by the type of its elements.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Array {
            $($(#[$doc])* $variant(Vec<$element>),)*
            /// Rank 2 or more: rows of rank `dims - 1`, ragged or empty.
            Nested {
                /// Scalar type of the innermost elements.
                element: Type,
                /// Rank, at least 2.
                dims: u8,
                /// The rows.
                rows: Vec<Array>,
            },
        }

        impl Array {
            /// The scalar type of the innermost elements.
            #[must_use]
            pub fn element(&self) -> Type {
                match self {
                    $(Array::$variant(_) => Type::$ty,)*
                    Array::Nested { element, .. } => *element,
                }
            }

            /// The elements at the outermost level, each as a value.
            #[must_use]
            pub fn into_values(self) -> Vec<Value> {
                match self {
                    $(Array::$variant(items) => items.into_iter().map($value).collect(),)*
                    Array::Nested { rows, .. } => rows.into_iter().map(Value::Array).collect(),
                }
            }

            /// Elements at the outermost level.
            #[must_use]
            pub fn len(&self) -> usize {
                match self {
                    $(Array::$variant(items) => items.len(),)*
                    Array::Nested { rows, .. } => rows.len(),
                }
            }
        }
    };
}

arrays! {
    /// `float64`.
    Float64(f64) = FLOAT64, Value::Float64;
    /// `float32`.
    Float32(f32) = FLOAT32, Value::Float32;
    /// `int8`.
    Int8(i8) = INT8, Value::Int8;
    /// `int16`.
    Int16(i16) = INT16, Value::Int16;
    /// `int32`.
    Int32(i32) = INT32, Value::Int32;
    /// `int64`.
    Int64(i64) = INT64, Value::Int64;
    /// `uint8`.
    UInt8(u8) = UINT8, Value::UInt8;
    /// `uint16`.
    UInt16(u16) = UINT16, Value::UInt16;
    /// `uint32`.
    UInt32(u32) = UINT32, Value::UInt32;
    /// `uint64`.
    UInt64(u64) = UINT64, Value::UInt64;
    /// `size`.
    Size(u64) = SIZE, Value::Size;
    /// `bool`.
    Bool(bool) = BOOL, Value::Bool;
    /// `char8`.
    Char8(u8) = CHAR8, Value::Char8;
    /// `char16`: UTF-16 code units.
    Char16(u16) = CHAR16, Value::Char16;
    /// `char32`.
    Char32(char) = CHAR32, Value::Char32;
    /// `string8`.
    String8(String) = STRING8, Value::String8;
    /// `string16`.
    String16(String) = STRING16, Value::String16;
    /// `string32`.
    String32(String) = STRING32, Value::String32;
    /// `handle`; `None` is null.
    Handle(Option<Handle>) = HANDLE, Value::from;
    /// `callable`; `None` is null.
    Callable(Option<Callable>) = CALLABLE, Value::from;
    /// `any`: elements of mixed types.
    Any(Value) = ANY, |value| value;
}

impl Array {
    /// Whether the outermost level has no element.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The rank.
    #[must_use]
    pub fn dims(&self) -> u8 {
        match self {
            Array::Nested { dims, .. } => *dims,
            _ => 1,
        }
    }
}
