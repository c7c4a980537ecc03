//! The signature of a stub: how it reads each argument, and how it writes the result.
//!
//! The codes are those of `metaffi.internal.UpcallCode`.

use metaffi_plugin::abi;

use crate::call::{Call, First};
use crate::class::Shape as ClassShape;
use crate::from_java::FromJava;
use crate::jni::Env;
use crate::number::{is_float, is_integer};
use crate::object::JavaObject;
use crate::prim::Prim;
use crate::slot;
use crate::target::Ty;
use crate::to_java::{ArrayPlan, Reference, ToJava};

/// How an argument is read.
const NUMBER: u8 = 0;
const FLOAT: u8 = 1;
const TEXT: u8 = 2;
const OBJECT: u8 = 3;
const TEXT_OR_OBJECT: u8 = 4;
/// An array of `Prim::Byte`; the codes that follow are for arrays of the primitives that follow.
const BYTES: u8 = 5;

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
    Text = 9,
    /// By [`FromJava`], which the stub calls back.
    Other = 10,
}

/// What is checked before an argument is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Check {
    /// A scalar of this type.
    Number(abi::Type),
    /// A signed integer in this range.
    Integer(i64, i64),
    /// A string.
    Text,
    /// An instance of the class with this number; 0 for any.
    Object(usize),
    /// A string or an object.
    TextOrObject(usize),
    /// An array of rank 1, of this type.
    Array(abi::Type),
}

/// The types of scalars whose payload can be read as `i64`.
const SIGNED: abi::Type = abi::INT8 | abi::INT16 | abi::INT32 | abi::INT64;

/// The longest array in Java.
const LONGEST: u64 = i32::MAX as u64 - 8;

impl Check {
    /// Whether the stub can read this argument.
    ///
    /// # Safety
    /// `slot` must be valid.
    #[inline]
    pub(super) unsafe fn takes(self, env: Env, slot: &abi::Value) -> bool {
        // SAFETY: the caller's promise.
        unsafe {
            match self {
                Self::Number(tag) => slot.ty == tag,
                Self::Integer(least, most) => {
                    slot.ty & SIGNED == slot.ty && (least..=most).contains(&slot.payload.i64)
                }
                Self::Text => is_text(slot),
                Self::Object(class) => is_object(env, slot, class),
                Self::TextOrObject(_) if slot.ty == abi::STRING8 => is_text(slot),
                Self::TextOrObject(class) => is_object(env, slot, class),
                Self::Array(tag) => is_array(slot, tag),
            }
        }
    }
}

/// Whether it is a string of valid UTF-8; Java and Rust convert invalid bytes differently.
///
/// # Safety
/// `slot` must be valid.
#[inline]
unsafe fn is_text(slot: &abi::Value) -> bool {
    let is_here = slot.ty == abi::STRING8 && slot.ownership != abi::TRANSFERRED;
    // SAFETY: a string; see the caller's promise.
    is_here && slot.length <= LONGEST && is_valid(unsafe { slot::text(slot) })
}

#[inline]
fn is_valid(text: &[u8]) -> bool {
    text.is_ascii() || simdutf8::basic::from_utf8(text).is_ok()
}

/// Whether it is a Java object that is known to be of this class, and has a number.
///
/// # Safety
/// `slot` must be valid.
#[inline]
unsafe fn is_object(env: Env, slot: &abi::Value, class: usize) -> bool {
    if slot.ty != abi::HANDLE {
        return false;
    }
    // SAFETY: a handle, which lives as long as the call.
    let own = unsafe { slot::object(slot).and_then(|object| JavaObject::of_plain(object)) };
    own.is_some_and(|own| own.is_known_as(class) && own.has_number(env))
}

/// Whether it is a plain array of this type that is not fillable.
#[inline]
fn is_array(slot: &abi::Value, tag: abi::Type) -> bool {
    slot.ty & !abi::PACKED == abi::ARRAY | tag
        && (slot.dims, slot.flags) == (1, 0)
        && slot.ownership != abi::TRANSFERRED
        && slot.length <= LONGEST
}

/// The signature of a stub.
pub(super) struct Shape {
    pub(super) params: Box<[u8]>,
    pub(super) checks: Box<[Check]>,
    pub(super) written: Written,
    /// The type of the result, if it is a number.
    pub(super) tag: abi::Type,
    /// The plan for a result that the stub cannot write.
    pub(super) result: FromJava,
    /// The signature, for error messages.
    pub(super) signature: String,
}

impl Shape {
    /// The shape of a call; `None` if it cannot have a stub.
    pub(super) fn of(call: &Call) -> Option<Self> {
        if call.spread.is_some() {
            return None;
        }
        let receiver = match &call.first {
            First::Param => None,
            First::Receiver(plan) => Some((OBJECT, Check::Object(number_of(plan)))),
            First::Ignored => return None,
        };
        let params = call.params.iter().map(param).collect::<Option<Vec<_>>>()?;
        let (params, checks): (Vec<u8>, Vec<Check>) = receiver.into_iter().chain(params).unzip();
        let (written, tag) = written(&call.result, call.target.ty())?;
        let (result, signature) = (call.result.clone(), call.signature.clone());
        let (params, checks) = (params.into(), checks.into());
        Some(Self { params, checks, written, tag, result, signature })
    }

    /// Whether the stub writes a result.
    pub(super) fn has_result(&self) -> bool {
        self.written != Written::Nothing
    }
}

/// The class number that an object must be known by.
fn number_of(plan: &Reference) -> usize {
    if plan.is_object { 0 } else { plan.class.number }
}

fn param(plan: &ToJava) -> Option<(u8, Check)> {
    match plan {
        ToJava::Primitive { tag: abi::ANY, prim } => Some((NUMBER, any(*prim))),
        ToJava::Primitive { tag, prim } => Some((number(*tag, *prim)?, Check::Number(*tag))),
        ToJava::Reference(plan) => Some(reference(plan)),
    }
}

/// The check for an undeclared parameter: its own type, or, since some languages have only one
/// integer type, any integer in its range.
fn any(prim: Prim) -> Check {
    match prim {
        Prim::Byte => Check::Integer(i8::MIN.into(), i8::MAX.into()),
        Prim::Short => Check::Integer(i16::MIN.into(), i16::MAX.into()),
        Prim::Int => Check::Integer(i32::MIN.into(), i32::MAX.into()),
        _ => Check::Number(prim.facts().tag),
    }
}

fn reference(plan: &Reference) -> (u8, Check) {
    let number = number_of(plan);
    match (&plan.class.shape, plan.array.as_deref()) {
        (ClassShape::Array(component), Some(ArrayPlan::Primitive { prim, tag }))
            if component.primitive() == Some(*prim) && is_copied(*prim, *tag) =>
        {
            (BYTES + *prim as u8 - Prim::Byte as u8, Check::Array(*tag))
        }
        _ if plan.class.name == "java.lang.String" => (TEXT, Check::Text),
        _ if plan.takes_string => (TEXT_OR_OBJECT, Check::TextOrObject(number)),
        _ => (OBJECT, Check::Object(number)),
    }
}

/// Whether elements of type `tag` have the same memory layout as those of `prim[]`, for any bits.
fn is_copied(prim: Prim, tag: abi::Type) -> bool {
    prim != Prim::Boolean && (prim != Prim::Char || tag == abi::CHAR16)
}

/// How a number of type `tag` is read as `prim`: by its bits, whose kind must be the same.
fn number(tag: abi::Type, prim: Prim) -> Option<u8> {
    match prim {
        Prim::Float | Prim::Double if tag == abi::FLOAT32 => Some(FLOAT),
        Prim::Double if tag == abi::FLOAT64 => Some(NUMBER),
        Prim::Float | Prim::Double => None,
        _ => (!is_float(tag)).then_some(NUMBER),
    }
}

fn written(plan: &FromJava, ty: Ty) -> Option<(Written, abi::Type)> {
    let number = |written: Option<Written>, tag| Some((written?, tag));
    match (plan, ty) {
        (FromJava::Discard, _) => Some((Written::Nothing, 0)),
        (FromJava::Null, _) | (_, Ty::Void) => Some((Written::Null, 0)),
        (FromJava::Exact { prim, tag }, Ty::Primitive(_)) => number(Some(exact(*prim, *tag)), *tag),
        (FromJava::Number { prim, tag }, Ty::Primitive(_)) => number(wider(*prim, *tag), *tag),
        (FromJava::Text { tag: abi::STRING8 }, Ty::Reference) => Some((Written::Text, 0)),
        (_, Ty::Reference) => Some((Written::Other, 0)),
        _ => None,
    }
}

/// The bits of a primitive as a number of the same width.
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

/// A primitive as a number of a type that holds all of its values.
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
    fn numbers_are_read_by_their_bits_if_these_are_of_one_kind() {
        assert_eq!(number(abi::UINT8, Prim::Byte), Some(NUMBER));
        assert_eq!(number(abi::INT32, Prim::Long), Some(NUMBER));
        assert_eq!(number(abi::FLOAT32, Prim::Double), Some(FLOAT));
        assert_eq!(number(abi::INT32, Prim::Double), None);
        assert_eq!(any(Prim::Long), Check::Number(abi::INT64));
        assert_eq!(any(Prim::Byte), Check::Integer(-128, 127));
    }

    #[test]
    fn arrays_are_copied_if_their_elements_have_the_same_width() {
        assert!(is_copied(Prim::Byte, abi::UINT8) && is_copied(Prim::Char, abi::CHAR16));
        assert!(!is_copied(Prim::Char, abi::CHAR8) && !is_copied(Prim::Boolean, abi::BOOL));
    }

    #[test]
    fn strings_are_read_if_both_languages_agree_about_them() {
        assert!(is_valid(b"") && is_valid(b"a\0b") && is_valid("ß🦀".as_bytes()));
        assert!(!is_valid(b"\xFF") && !is_valid(b"\xED\xA0\x80"));
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
