//! The type names of the IDL, parsed and printed.
//!
//! Independent of the ABI's numbers and memory layout.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

macro_rules! bases {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// A type without its array form.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Base {
            $(#[doc = concat!("`", $name, "`.")] $variant,)*
        }

        impl Base {
            /// Every base type, in the order of the type list.
            pub const ALL: &[Base] = &[$(Base::$variant),*];

            /// The name in the IDL.
            pub fn name(self) -> &'static str {
                match self { $(Base::$variant => $name),* }
            }
        }
    };
}
bases! {
    Float64 = "float64",
    Float32 = "float32",
    Int8 = "int8",
    Int16 = "int16",
    Int32 = "int32",
    Int64 = "int64",
    Uint8 = "uint8",
    Uint16 = "uint16",
    Uint32 = "uint32",
    Uint64 = "uint64",
    Bool = "bool",
    Size = "size",
    Char8 = "char8",
    Char16 = "char16",
    Char32 = "char32",
    String8 = "string8",
    String16 = "string16",
    String32 = "string32",
    Handle = "handle",
    Any = "any",
    Null = "null",
    Callable = "callable",
}

impl Base {
    /// The types of numbers, booleans, characters and sizes.
    pub const SCALARS: &[Base] = &[
        Base::Float64,
        Base::Float32,
        Base::Int8,
        Base::Int16,
        Base::Int32,
        Base::Int64,
        Base::Uint8,
        Base::Uint16,
        Base::Uint32,
        Base::Uint64,
        Base::Bool,
        Base::Size,
        Base::Char8,
        Base::Char16,
        Base::Char32,
    ];

    /// Whether it has an array type: all except `null` do.
    pub fn has_array(self) -> bool {
        self != Base::Null
    }

    /// Whether it has a packed array type.
    pub fn has_packed_array(self) -> bool {
        use Base::*;
        !matches!(self, Char8 | Char16 | Char32 | String16 | String32 | Any | Null)
    }

    fn from_name(name: &str) -> Option<Base> {
        Base::ALL.iter().copied().find(|base| base.name() == name)
    }
}

/// A type of the IDL: a scalar, an array, a packed array, or `array`.
///
/// ```
/// use metaffi_idl::{Base, Type};
///
/// let ty: Type = "int64_packed_array".parse()?;
/// assert_eq!((ty.base(), ty.is_array(), ty.is_packed()), (Some(Base::Int64), true, true));
/// assert_eq!(ty.to_string(), "int64_packed_array");
/// assert_eq!("array".parse::<Type>()?.base(), None);
/// # Ok::<(), metaffi_idl::UnknownType>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Type {
    base: Option<Base>,
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Form {
    Scalar,
    Array,
    Packed,
}

impl Type {
    /// `array`: the elements are mixed or unknown.
    pub const ARRAY: Type = Type { base: None, form: Form::Array };

    /// The scalar `base`.
    pub const fn scalar(base: Base) -> Type {
        Type { base: Some(base), form: Form::Scalar }
    }

    /// `<base>_array`; `None` for `null`.
    pub fn array(base: Base) -> Option<Type> {
        base.has_array().then_some(Type { base: Some(base), form: Form::Array })
    }

    /// `<base>_packed_array`, if it exists.
    pub fn packed(base: Base) -> Option<Type> {
        base.has_packed_array().then_some(Type { base: Some(base), form: Form::Packed })
    }

    /// The scalar, or the type of the elements; `None` for plain `array`.
    pub fn base(self) -> Option<Base> {
        self.base
    }

    /// Whether it is an array, packed or not.
    pub fn is_array(self) -> bool {
        self.form != Form::Scalar
    }

    /// Whether it is a packed array.
    pub fn is_packed(self) -> bool {
        self.form == Form::Packed
    }

    /// All types.
    pub fn all() -> impl Iterator<Item = Type> {
        let of = |base| [Some(Type::scalar(base)), Type::array(base), Type::packed(base)];
        Base::ALL.iter().copied().flat_map(of).flatten().chain([Type::ARRAY])
    }
}

impl From<Base> for Type {
    fn from(base: Base) -> Type {
        Type::scalar(base)
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(base) = self.base else { return f.write_str("array") };
        let suffix = match self.form {
            Form::Scalar => "",
            Form::Array => "_array",
            Form::Packed => "_packed_array",
        };
        write!(f, "{}{suffix}", base.name())
    }
}

/// A name that is not a type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown type '{0}': use a name like int64, string8, handle, any, int64_array or array")]
pub struct UnknownType(pub String);

impl FromStr for Type {
    type Err = UnknownType;

    fn from_str(name: &str) -> Result<Type, UnknownType> {
        let parsed = if name == "array" {
            Some(Type::ARRAY)
        } else if let Some(base) = name.strip_suffix("_packed_array") {
            Base::from_name(base).and_then(Type::packed)
        } else if let Some(base) = name.strip_suffix("_array") {
            Base::from_name(base).and_then(Type::array)
        } else {
            Base::from_name(name).map(Type::scalar)
        };
        parsed.ok_or_else(|| UnknownType(name.to_owned()))
    }
}

impl Serialize for Base {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl Serialize for Type {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
