//! What a stub is made for: how it reads each argument, and how it writes the result.
//!
//! The codes are those of `metaffi.internal.UpcallCode`.

use metaffi_plugin::abi;

use crate::call::{Call, First};
use crate::from_java::FromJava;
use crate::number::{is_float, is_integer};
use crate::prim::Prim;
use crate::target::Ty;
use crate::to_java::ToJava;

/// How an argument is read.
const NUMBER: u8 = 0;
const FLOAT: u8 = 1;

/// How the result is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    Nothing = 0,
    Null = 1,
    Truth = 2,
    Signed = 3,
    Unsigned8 = 4,
    Unsigned16 = 5,
    Unsigned32 = 6,
    Float32 = 7,
    Float64 = 8,
}

/// What is looked at before an argument is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Check {
    /// A scalar of this type.
    Number(abi::Type),
}

impl Check {
    /// Whether the stub can read this argument.
    ///
    /// # Safety
    /// `slot` must be valid.
    #[inline]
    pub(super) unsafe fn takes(self, slot: &abi::Value) -> bool {
        match self {
            Self::Number(tag) => slot.ty == tag,
        }
    }
}

/// What a stub is made for.
pub(super) struct Shape {
    pub(super) params: Box<[u8]>,
    pub(super) checks: Box<[Check]>,
    pub(super) written: Written,
    /// The type of the result, where it is a number.
    pub(super) tag: abi::Type,
}

impl Shape {
    /// The shape of a call; `None` when stubs are not for it.
    pub(super) fn of(call: &Call) -> Option<Self> {
        if call.spread.is_some() || !matches!(call.first, First::Param) {
            return None;
        }
        let (params, checks): (Vec<u8>, Vec<Check>) =
            call.params.iter().map(param).collect::<Option<Vec<_>>>()?.into_iter().unzip();
        let (written, tag) = written(&call.result, call.target.ty())?;
        Some(Self { params: params.into(), checks: checks.into(), written, tag })
    }

    /// Whether the stub writes a result.
    pub(super) fn has_result(&self) -> bool {
        self.written != Written::Nothing
    }
}

fn param(plan: &ToJava) -> Option<(u8, Check)> {
    match plan {
        ToJava::Primitive { tag, prim } => Some((number(*tag, *prim)?, Check::Number(*tag))),
        ToJava::Reference(_) => None,
    }
}

/// How a number of type `tag` is read as `prim`: by its bits, whose sort has to be the same.
fn number(tag: abi::Type, prim: Prim) -> Option<u8> {
    match prim {
        Prim::Float | Prim::Double if tag == abi::FLOAT32 => Some(FLOAT),
        Prim::Double if tag == abi::FLOAT64 => Some(NUMBER),
        Prim::Float | Prim::Double => None,
        _ => (tag != abi::ANY && !is_float(tag)).then_some(NUMBER),
    }
}

fn written(plan: &FromJava, ty: Ty) -> Option<(Written, abi::Type)> {
    let number = |written: Option<Written>, tag| Some((written?, tag));
    match (plan, ty) {
        (FromJava::Discard, _) => Some((Written::Nothing, 0)),
        (FromJava::Null, _) | (_, Ty::Void) => Some((Written::Null, 0)),
        (FromJava::Exact { prim, tag }, Ty::Primitive(_)) => number(Some(exact(*prim, *tag)), *tag),
        (FromJava::Number { prim, tag }, Ty::Primitive(_)) => number(wider(*prim, *tag), *tag),
        _ => None,
    }
}

/// The bits of a primitive as a number that is as wide.
fn exact(prim: Prim, tag: abi::Type) -> Written {
    match (prim, tag) {
        (Prim::Boolean, _) => Written::Truth,
        (Prim::Float, _) => Written::Float32,
        (Prim::Double, _) => Written::Float64,
        (Prim::Byte, tag) if tag != abi::INT8 => Written::Unsigned8,
        (Prim::Short, tag) if tag != abi::INT16 => Written::Unsigned16,
        (Prim::Int, tag) if tag != abi::INT32 => Written::Unsigned32,
        _ => Written::Signed,
    }
}

/// A primitive as a number that holds every value of its type.
fn wider(prim: Prim, tag: abi::Type) -> Option<Written> {
    const WIDE: abi::Type = abi::INT32 | abi::INT64;
    match prim {
        Prim::Byte if tag & (WIDE | abi::INT16) != 0 => Some(Written::Signed),
        Prim::Short if tag & WIDE != 0 => Some(Written::Signed),
        Prim::Int if tag == abi::INT64 => Some(Written::Signed),
        Prim::Char if is_integer(tag) && tag & (WIDE | abi::UINT32 | abi::UINT64) != 0 => {
            Some(Written::Signed)
        }
        Prim::Boolean | Prim::Char => None,
        _ => (tag == abi::FLOAT64).then_some(Written::Float64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_by_their_bits_where_these_are_of_one_sort() {
        assert_eq!(number(abi::UINT8, Prim::Byte), Some(NUMBER));
        assert_eq!(number(abi::INT32, Prim::Long), Some(NUMBER));
        assert_eq!(number(abi::FLOAT32, Prim::Double), Some(FLOAT));
        assert_eq!(number(abi::INT32, Prim::Double), None);
        assert_eq!(number(abi::ANY, Prim::Int), None);
    }

    #[test]
    fn a_result_is_written_as_wide_as_it_is_declared_and_not_where_it_may_not_fit() {
        assert_eq!(exact(Prim::Byte, abi::UINT8), Written::Unsigned8);
        assert_eq!(exact(Prim::Int, abi::INT32), Written::Signed);
        assert_eq!(wider(Prim::Int, abi::INT64), Some(Written::Signed));
        assert_eq!(wider(Prim::Int, abi::FLOAT64), Some(Written::Float64));
        assert_eq!(wider(Prim::Int, abi::UINT64), None);
        assert_eq!(wider(Prim::Long, abi::INT32), None);
        assert_eq!(wider(Prim::Char, abi::CHAR8), None);
        assert_eq!(wider(Prim::Boolean, abi::INT32), None);
    }
}
