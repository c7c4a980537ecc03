//! Values with a declared type that differs from their own.

use metaffi_abi as abi;

use super::{Lift, Lower};
use crate::error::{Error, ErrorKind};
use crate::lower::Arena;
use crate::types::{Type, TypeInfo};
use crate::value::Value;

/// A value that is declared as `any`, so that the guest converts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Converted<T>(pub T);

impl<T: Lower> Lower for Converted<T> {
    type Arg<'a> = Converted<T::Arg<'a>>;
    fn type_info() -> TypeInfo {
        Type::ANY.into()
    }
    #[inline]
    fn lower(&self, arena: &mut impl Arena) -> Result<abi::Value, Error> {
        self.0.lower(arena)
    }
    #[inline]
    fn give(&self, arena: &mut impl Arena) -> Result<abi::Value, Error> {
        self.0.give(arena)
    }
}

impl<T: Lift> Lift for Converted<T> {
    fn type_info() -> TypeInfo {
        Type::ANY.into()
    }
    fn from_value(value: Value) -> Result<Self, Error> {
        T::from_value(value).map(Converted)
    }
}

macro_rules! units {
    ($($(#[$doc:meta])* $name:ident($unit:ty) = $ty:ident, $variant:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub struct $name(pub $unit);

        impl Lower for $name {
            type Arg<'a> = $name;
            fn type_info() -> TypeInfo {
                Type::$ty.into()
            }
            #[inline]
            fn lower(&self, _: &mut impl Arena) -> Result<abi::Value, Error> {
                let payload = abi::Payload { u64: self.0.into() };
                Ok(super::slot(Type::$ty, 0, payload))
            }
            #[inline]
            fn give(&self, arena: &mut impl Arena) -> Result<abi::Value, Error> {
                self.lower(arena)
            }
        }

        impl Lift for $name {
            fn type_info() -> TypeInfo {
                Type::$ty.into()
            }
            fn from_value(value: Value) -> Result<Self, Error> {
                match value {
                    Value::$variant(unit) => Ok(Self(unit)),
                    other => super::mismatch(&Type::$ty.into(), &other),
                }
            }
        }

        impl TryFrom<char> for $name {
            type Error = Error;
            fn try_from(letter: char) -> Result<Self, Error> {
                <$unit>::try_from(u32::from(letter)).map(Self).map_err(|_| {
                    let message = format!("{letter:?} is out of the range of {}", Type::$ty);
                    Error::new(ErrorKind::Argument, message)
                })
            }
        }

        /// A surrogate is not a character by itself, and becomes U+FFFD.
        impl From<$name> for char {
            fn from(unit: $name) -> char {
                char::from_u32(unit.0.into()).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
        }
    )*};
}
units! {
    /// A character of one byte.
    Char8(u8) = CHAR8, Char8;
    /// A UTF-16 code unit.
    Char16(u16) = CHAR16, Char16;
}
