//! Arguments passed to a member without declared types: how they affect the choice of an overload.
//!
//! Java's own rules decide, by the classes of objects and the types of numbers. For languages that
//! have only one integer type and one floating-point type, the narrower Java types match, too, if
//! the value is in their range.

use core::fmt;
use std::sync::Arc;

use metaffi_plugin::abi;
use metaffi_plugin::value::{Error, Exact, ExactKind, Type, TypeInfo, is_mapping};

use super::declared::Declared;
use super::fit::{Fit, Rank, fit};
use super::overload::Argument;
use crate::api;
use crate::class::JavaClass;
use crate::jni::Env;
use crate::number::{integer, is_float, is_integer};
use crate::object::JavaObject;
use crate::prim::Prim;
use crate::slot;
use crate::to_java::Boxing;

/// The properties of an argument that decide which overload is chosen. Arguments with equal shapes
/// choose the same overload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    ty: abi::Type,
    /// For an integer the number of bytes that it needs; for a string or character whether it is a
    /// single `char`; for an array its rank; for a foreign object its kind.
    detail: u32,
    /// The class number, for an object of ours.
    class: u64,
}

const MAPPING: u32 = 1;
const EXACT_SHIFT: u32 = 8;

impl Shape {
    /// The shape of an argument.
    ///
    /// # Safety
    /// `slot` must be valid.
    #[inline]
    pub(crate) unsafe fn of(env: Env, slot: &abi::Value) -> Result<Self, Error> {
        // SAFETY: the caller's promise; the tag gives the type of the slot.
        let (detail, class) = unsafe {
            match slot.ty {
                abi::HANDLE => return Self::of_object(env, slot),
                abi::STRING8 => (u32::from(is_character(slot::text(slot))), 0),
                ty if is_integer(ty) && ty & abi::ARRAY == 0 => (bytes(integer(slot)), 0),
                abi::CHAR8 | abi::CHAR16 | abi::CHAR32 => {
                    (u32::from(slot.payload.u64 <= 0xFFFF), 0)
                }
                _ => (slot.dims.into(), 0),
            }
        };
        Ok(Self { ty: slot.ty, detail, class })
    }

    /// # Safety
    /// `slot` must be a valid handle.
    unsafe fn of_object(env: Env, slot: &abi::Value) -> Result<Self, Error> {
        // SAFETY: the caller's promise; an argument lives as long as the call.
        unsafe {
            let Some(object) = slot::object(slot) else {
                return Ok(Self { ty: abi::NULL, detail: 0, class: 0 });
            };
            if let Some(own) = JavaObject::of(object) {
                return Ok(Self { ty: abi::HANDLE, detail: 0, class: own.type_number(env)? });
            }
            let exact = Exact::of(object).map_or(0, |exact| exact.kind.raw());
            let mapping = if is_mapping(object.as_ref()) { MAPPING } else { 0 };
            Ok(Self { ty: abi::HANDLE, detail: exact << EXACT_SHIFT | mapping, class: 0 })
        }
    }
}

/// The number of bytes that an integer needs in Java; more than eight if none is wide enough.
fn bytes(value: i128) -> u32 {
    match value {
        _ if i8::try_from(value).is_ok() => 1,
        _ if i16::try_from(value).is_ok() => 2,
        _ if i32::try_from(value).is_ok() => 4,
        _ if i64::try_from(value).is_ok() => 8,
        _ => 16,
    }
}

/// Whether a string is one Java character.
fn is_character(text: &[u8]) -> bool {
    let is_short = text.len() <= 3;
    is_short && str::from_utf8(text).is_ok_and(|text| text.encode_utf16().count() == 1)
}

/// An argument that was passed.
pub(super) struct PassedValue {
    shape: Shape,
    /// Its type, and the class of an object of ours.
    declared: Declared,
}

impl PassedValue {
    /// # Safety
    /// `slot` must be valid, and `shape` must be its shape.
    pub(super) unsafe fn new(env: Env, shape: Shape, slot: &abi::Value) -> Result<Self, Error> {
        let info = TypeInfo::new(Type::from_raw(shape.ty)).with_dims(slot.dims.into());
        // SAFETY: the caller's promise: slots with a class are handles, which live as long as the
        // call.
        let own = unsafe {
            let object = if shape.class == 0 { None } else { slot::object(slot) };
            object.and_then(|object| JavaObject::of(object))
        };
        let alias = own.map(|own| own.class(env)).transpose()?;
        Ok(Self { shape, declared: Declared { info, alias } })
    }

    const fn exact(&self) -> Option<ExactKind> {
        ExactKind::from_raw(self.shape.detail >> EXACT_SHIFT)
    }

    const fn is_mapping(&self) -> bool {
        self.shape.detail & MAPPING != 0
    }

    fn is_foreign(&self) -> bool {
        self.shape.ty == abi::HANDLE && self.declared.alias.is_none()
    }

    fn fit_integer(&self, env: Env, java: &Arc<JavaClass>) -> Option<Fit> {
        let (prim, is_box) = primitive(env, java).unzip();
        let Some(width) = prim.and_then(bytes_of) else { return fit(env, &self.declared, java) };
        if self.shape.detail > width {
            return None;
        }
        let rank = match (prim == Prim::exactly(self.shape.ty), is_box, width) {
            (true, Some(false), _) => return fit(env, &self.declared, java),
            (true, ..) | (_, Some(true), 4 | 8) => Rank::Boxing,
            (_, _, 4 | 8) => Rank::Widening,
            _ => Rank::Checked,
        };
        checked(env, java, rank)
    }

    fn fit_float(&self, env: Env, java: &Arc<JavaClass>) -> Option<Fit> {
        let is_narrower = primitive(env, java).is_some_and(|(prim, _)| prim == Prim::Float);
        match is_narrower && self.shape.ty == abi::FLOAT64 {
            true => checked(env, java, Rank::Checked),
            false => fit(env, &self.declared, java),
        }
    }

    fn fit_character(&self, env: Env, java: &Arc<JavaClass>) -> Option<Fit> {
        match primitive(env, java) {
            Some((Prim::Char, _)) if self.shape.detail == 0 => None,
            Some((Prim::Char, true)) => checked(env, java, Rank::Boxing),
            Some((Prim::Char, false)) => checked(env, java, Rank::Exact),
            _ => fit(env, &self.declared, java)
                .map(|fit| Fit { rank: fit.rank.max(Rank::Widening), ..fit }),
        }
    }

    fn fit_text(&self, env: Env, java: &Arc<JavaClass>) -> Option<Fit> {
        let is_character = primitive(env, java).is_some_and(|(prim, _)| prim == Prim::Char);
        match is_character && self.shape.detail == 1 {
            true => checked(env, java, Rank::Checked),
            false => fit(env, &self.declared, java),
        }
    }

    /// A list matches collections before arrays, and both before `Object`.
    fn fit_array(&self, env: Env, java: &Arc<JavaClass>) -> Option<Fit> {
        if java.is_object() {
            return checked(env, java, Rank::Checked);
        }
        if let Some(collected) = java.collected(env) {
            return if collected.is_map() { None } else { checked(env, java, made(java)) };
        }
        let as_any = || {
            let info = TypeInfo::new(Type::ARRAY).with_dims(self.declared.info.dims);
            fit(env, &Declared { info, alias: None }, java)
        };
        fit(env, &self.declared, java).or_else(as_any)
    }

    fn fit_own(&self, env: Env, java: &Arc<JavaClass>) -> Option<Fit> {
        fit(env, &self.declared, java).filter(|fit| fit.rank < Rank::Checked)
    }

    /// A foreign object matches whatever Java can make from it.
    fn fit_foreign(&self, env: Env, java: &Arc<JavaClass>) -> Option<Fit> {
        let is_fit = match (self.exact(), java.collected(env)) {
            _ if java.is_object() => true,
            (Some(kind), _) => is_class_of(env, kind, java),
            (None, Some(collected)) => collected.is_map() == self.is_mapping(),
            (None, None) => self.can_be(env, java),
        };
        let rank = if self.is_mapping() { made(java) } else { Rank::Checked };
        if is_fit { checked(env, java, rank) } else { None }
    }

    fn can_be(&self, env: Env, java: &JavaClass) -> bool {
        let is_handle = java.takes(env, api::get().values.handle.as_raw());
        let is_array = java.innermost().0 > 0 && !self.is_mapping();
        is_handle || is_array || api::get().functions.required_methods(env, java).is_some()
    }
}

impl Argument for PassedValue {
    fn fit(&self, env: Env, java: &Arc<JavaClass>) -> Option<Fit> {
        match self.shape.ty {
            ty if ty & abi::ARRAY != 0 => self.fit_array(env, java),
            abi::HANDLE if self.is_foreign() => self.fit_foreign(env, java),
            abi::HANDLE => self.fit_own(env, java),
            abi::STRING8 => self.fit_text(env, java),
            abi::CHAR8 | abi::CHAR16 | abi::CHAR32 => self.fit_character(env, java),
            ty if is_integer(ty) => self.fit_integer(env, java),
            ty if is_float(ty) => self.fit_float(env, java),
            _ => fit(env, &self.declared, java),
        }
    }

    fn is_unknown(&self) -> bool {
        self.is_foreign() && self.shape.detail == 0
    }

    fn advice(&self, _: Env, _: &JavaClass) -> String {
        String::new()
    }
}

impl fmt::Display for PassedValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.declared.alias, self.exact()) {
            (Some(class), _) => f.write_str(&class.source_name()),
            (None, Some(kind)) => write!(f, "{kind:?}"),
            (None, None) if self.is_foreign() && self.is_mapping() => f.write_str("a mapping"),
            (None, None) if self.is_foreign() => f.write_str("an object of another runtime"),
            _ => self.declared.info.fmt(f),
        }
    }
}

/// A match by the plan for a value of any type.
fn checked(env: Env, java: &Arc<JavaClass>, rank: Rank) -> Option<Fit> {
    let plan = fit(env, &Declared::any(), java)?.plan;
    Some(Fit { rank, plan })
}

/// How well a collection made from a list or a map matches: between `copyOf(Iterable)` and
/// `copyOf(Iterator)` a list chooses the first, and between `TreeMap(Map)` and `TreeMap(SortedMap)`
/// a map does.
fn made(java: &JavaClass) -> Rank {
    match &*java.name {
        "java.util.List" | "java.util.Collection" => Rank::Widening,
        "java.lang.Iterable" | "java.util.Map" => Rank::Boxing,
        _ => Rank::Checked,
    }
}

/// The primitive type that a class is or boxes, and whether it is a box.
fn primitive(env: Env, java: &JavaClass) -> Option<(Prim, bool)> {
    match (java.primitive(), super::fit::boxing_for(env, java)) {
        (Some(prim), _) => Some((prim, false)),
        (None, Boxing::As { prim, .. }) => Some((prim, true)),
        _ => None,
    }
}

/// The size of an integer type in bytes.
const fn bytes_of(prim: Prim) -> Option<u32> {
    match prim {
        Prim::Byte => Some(1),
        Prim::Short => Some(2),
        Prim::Int => Some(4),
        Prim::Long => Some(8),
        _ => None,
    }
}

/// Whether values of a kind can be instances of a class or interface.
fn is_class_of(env: Env, kind: ExactKind, java: &JavaClass) -> bool {
    let names: &[&str] = match kind {
        ExactKind::Integer => &["java.math.BigInteger", "java.lang.Number"],
        ExactKind::Decimal => &["java.math.BigDecimal", "java.lang.Number"],
        ExactKind::Date => &["java.time.LocalDate", "java.time.chrono.ChronoLocalDate"],
        ExactKind::Time => &["java.time.LocalTime"],
        ExactKind::DateTime => &["java.time.LocalDateTime", "java.time.chrono.ChronoLocalDateTime"],
        ExactKind::Instant => &[
            "java.time.Instant",
            "java.time.OffsetDateTime",
            "java.time.ZonedDateTime",
            "java.time.chrono.ChronoZonedDateTime",
        ],
        ExactKind::Duration => &["java.time.Duration"],
        ExactKind::Uuid => &["java.util.UUID"],
        ExactKind::Error => return java.takes(env, api::get().host.exception.as_raw()),
    };
    names.contains(&&*java.name) || java.name.starts_with("java.time.temporal.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_as_wide_as_their_value() {
        assert_eq!([-128, 128, -32769, 1 << 31, 1 << 63].map(bytes), [1, 2, 4, 8, 16]);
    }

    #[test]
    fn a_character_is_one_unit_of_utf_16() {
        assert!(is_character("x".as_bytes()) && is_character("€".as_bytes()));
        assert!(!is_character(b"") && !is_character("😀".as_bytes()) && !is_character(b"xy"));
    }
}
