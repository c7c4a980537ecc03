//! Java's primitive types.

use metaffi_plugin::abi;

/// A primitive type, numbered as in `metaffi.internal.Kinds`, less one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Prim {
    Boolean,
    Byte,
    Char,
    Short,
    Int,
    Long,
    Float,
    Double,
}

/// One `T` for each primitive type.
pub(crate) type PerPrim<T> = [T; 8];

/// The properties of a [`Prim`].
pub(crate) struct Facts {
    pub(crate) prim: Prim,
    /// The name in Java source.
    pub(crate) name: &'static str,
    /// The letter in class files.
    pub(crate) code: u8,
    /// The MetaFFI type with the same values.
    pub(crate) tag: abi::Type,
    /// The size of an array element in bytes.
    pub(crate) size: usize,
}

const fn facts(prim: Prim, name: &'static str, code: u8, tag: abi::Type, size: usize) -> Facts {
    Facts { prim, name, code, tag, size }
}

const FACTS: PerPrim<Facts> = [
    facts(Prim::Boolean, "boolean", b'Z', abi::BOOL, 1),
    facts(Prim::Byte, "byte", b'B', abi::INT8, 1),
    facts(Prim::Char, "char", b'C', abi::CHAR16, 2),
    facts(Prim::Short, "short", b'S', abi::INT16, 2),
    facts(Prim::Int, "int", b'I', abi::INT32, 4),
    facts(Prim::Long, "long", b'J', abi::INT64, 8),
    facts(Prim::Float, "float", b'F', abi::FLOAT32, 4),
    facts(Prim::Double, "double", b'D', abi::FLOAT64, 8),
];

impl Prim {
    pub(crate) const ALL: PerPrim<Self> = [
        Self::Boolean,
        Self::Byte,
        Self::Char,
        Self::Short,
        Self::Int,
        Self::Long,
        Self::Float,
        Self::Double,
    ];

    pub(crate) const fn facts(self) -> &'static Facts {
        &FACTS[self as usize]
    }

    /// The primitive type of this name in Java source.
    pub(crate) fn named(name: &str) -> Option<Self> {
        FACTS.iter().find(|facts| facts.name == name).map(|facts| facts.prim)
    }

    /// The primitive type of this letter in a descriptor.
    pub(crate) fn coded(code: u8) -> Option<Self> {
        FACTS.iter().find(|facts| facts.code == code).map(|facts| facts.prim)
    }

    /// The type with the same bits as `tag`.
    pub(crate) const fn exactly(tag: abi::Type) -> Option<Self> {
        Some(match tag {
            abi::BOOL => Self::Boolean,
            abi::INT8 | abi::UINT8 => Self::Byte,
            abi::CHAR8 | abi::CHAR16 => Self::Char,
            abi::INT16 | abi::UINT16 => Self::Short,
            abi::INT32 | abi::UINT32 | abi::CHAR32 => Self::Int,
            abi::INT64 | abi::UINT64 | abi::SIZE => Self::Long,
            abi::FLOAT32 => Self::Float,
            abi::FLOAT64 => Self::Double,
            _ => return None,
        })
    }

    /// Whether Java widens this type to `to` implicitly (JLS 5.1.2).
    pub(crate) const fn widens_to(self, to: Self) -> bool {
        match self {
            Self::Boolean | Self::Double => false,
            Self::Char => to as u8 >= Self::Int as u8,
            Self::Byte => to as u8 >= Self::Short as u8,
            _ => to as u8 > self as u8,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_indexed_by_their_type() {
        for prim in Prim::ALL {
            assert_eq!(prim.facts().prim, prim);
            assert_eq!(Prim::named(prim.facts().name), Some(prim));
            assert_eq!(Prim::coded(prim.facts().code), Some(prim));
        }
    }

    #[test]
    fn widening_is_that_of_the_language() {
        let to = |prim: Prim| -> Vec<&str> {
            Prim::ALL.into_iter().filter(|to| prim.widens_to(*to)).map(|p| p.facts().name).collect()
        };
        assert_eq!(to(Prim::Byte), ["short", "int", "long", "float", "double"]);
        assert_eq!(to(Prim::Char), ["int", "long", "float", "double"]);
        assert_eq!(to(Prim::Long), ["float", "double"]);
        assert!(to(Prim::Boolean).is_empty() && to(Prim::Double).is_empty());
    }
}
