//! Typed arrays: contiguous at rank 1, nested above.

use crate::callable::Callable;
use crate::object::Handle;
use crate::types::Type;
use crate::value::Value;

macro_rules! arrays {
    ($($(#[$doc:meta])* $variant:ident($element:ty) = $ty:ident),* $(,)?) => {
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
    /// `char16`: UTF-16 code units.
    Char16(u16) = CHAR16,
    /// `char32`.
    Char32(char) = CHAR32,
    /// `string8`.
    String8(String) = STRING8,
    /// `string16`.
    String16(String) = STRING16,
    /// `string32`.
    String32(String) = STRING32,
    /// `handle`; `None` is null.
    Handle(Option<Handle>) = HANDLE,
    /// `callable`; `None` is null.
    Callable(Option<Callable>) = CALLABLE,
    /// `any`: elements of mixed types.
    Any(Value) = ANY,
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
