//! Exact values: handles that contain their value as text.
//!
//! Large integers, decimals, dates and times have no MetaFFI type of their own,
//! so they cross as objects. A runtime that has such values makes its own from
//! the text; all others hold, pass on and release the object like any other.

use core::fmt;
use core::ptr::NonNull;

use metaffi_abi as abi;

use crate::counted::allocate;
use crate::object::{Handle, Owner};
use crate::text::{bytes, str_to_raw};

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $raw:ident, $word:literal;)*) => {
        /// The kind of an exact value, which determines how its text is parsed;
        /// see the header.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum ExactKind {
            $($(#[$doc])* $kind,)*
        }

        impl ExactKind {
            /// The number of the ABI.
            #[must_use]
            pub const fn raw(self) -> u32 {
                match self {
                    $(Self::$kind => abi::$raw,)*
                }
            }

            /// The kind for a number of the ABI.
            #[must_use]
            pub const fn from_raw(raw: u32) -> Option<Self> {
                match raw {
                    $(abi::$raw => Some(Self::$kind),)*
                    _ => None,
                }
            }

            const fn word(self) -> &'static str {
                match self {
                    $(Self::$kind => $word,)*
                }
            }
        }
    };
}
kinds! {
    /// An integer of more than 64 bits, in hexadecimal digits.
    Integer = EXACT_INTEGER, "integer";
    /// A decimal number.
    Decimal = EXACT_DECIMAL, "decimal";
    /// A date.
    Date = EXACT_DATE, "date";
    /// A time of day.
    Time = EXACT_TIME, "time";
    /// A date and a time without a time zone.
    DateTime = EXACT_DATETIME, "date and time";
    /// A date and a time with an offset, and optionally a time zone.
    Instant = EXACT_INSTANT, "date and time";
    /// A number of seconds.
    Duration = EXACT_DURATION, "duration";
    /// A UUID.
    Uuid = EXACT_UUID, "UUID";
    /// An error, whose text is its message; see [`Handle::error`].
    Error = EXACT_ERROR, "error";
}

/// The exact value of an object. Its `Display` is how messages name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exact<'a> {
    /// The kind.
    pub kind: ExactKind,
    /// The value, in the form that the header specifies.
    pub text: &'a str,
    /// The underlying object, which its owner recognises; borrowed.
    pub object: NonNull<abi::Object>,
}

impl<'a> Exact<'a> {
    /// The exact value of an object; `None` for most objects.
    ///
    /// # Safety
    /// `object` must live as long as `'a`. It is a pointer because memory after
    /// the `metaffi_object` is read, too.
    #[inline]
    #[must_use]
    pub unsafe fn of(object: NonNull<abi::Object>) -> Option<Self> {
        // SAFETY: the caller's promise.
        let table = unsafe { object.as_ref() }.vtable;
        let has_field = abi::covers!(table, abi::ObjectVtable, exact);
        // SAFETY: the caller's promise; the vtable determines the struct.
        if has_field && table.exact != 0 { unsafe { Self::read(object.cast()) } } else { None }
    }

    /// # Safety
    /// As [`Exact::of`].
    #[cold]
    unsafe fn read(object: NonNull<abi::ExactObject>) -> Option<Self> {
        // SAFETY: the caller's promise.
        let exact: &'a abi::ExactObject = unsafe { object.as_ref() };
        // SAFETY: borrowed from the object, which lives as long as `'a`.
        let text = unsafe { bytes(exact.text.data.cast(), exact.text.length) };
        let text = core::str::from_utf8(text).ok()?;
        Some(Self { kind: ExactKind::from_raw(exact.kind)?, text, object: exact.object })
    }

    /// The nearest `f64` to a number; `None` if there is none.
    #[must_use]
    pub fn to_f64(&self) -> Option<f64> {
        // NaN and infinities have no digits.
        let (value, has_digits) = match self.kind {
            ExactKind::Integer => (f64_from_hex(self.text), true),
            ExactKind::Decimal => {
                (self.text.parse().ok()?, self.text.contains(|c: char| c.is_ascii_digit()))
            }
            _ => return None,
        };
        (f64::is_finite(value) || !has_digits).then_some(value)
    }
}

/// The `f64` nearest to a number in hexadecimal digits.
fn f64_from_hex(text: &str) -> f64 {
    let digits = text.trim_start_matches('-').trim_start_matches('0');
    let (head, tail) = digits.split_at_checked(16).unwrap_or((digits, ""));
    let head = u64::from_str_radix(head, 16).unwrap_or(0);
    // The first digits already exceed the precision of an `f64`; the rest
    // matters only if they are half-way between two.
    let inexact = tail.bytes().any(|digit| digit != b'0');
    let exponent = i32::try_from(4 * tail.len()).unwrap_or(i32::MAX);
    let value = (head | u64::from(inexact)) as f64 * 2_f64.powi(exponent);
    if text.starts_with('-') { -value } else { value }
}

impl fmt::Display for Exact<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MAX_LENGTH: usize = 60;
        let text = match (self.kind, i128::from_str_radix(self.text, 16)) {
            (ExactKind::Integer, Ok(small)) => small.to_string(),
            (ExactKind::Integer, Err(_)) => hexadecimal(self.text),
            _ => self.text.to_owned(),
        };
        write!(f, "the {} {text:.MAX_LENGTH$}", self.kind.word())?;
        if text.len() > MAX_LENGTH { f.write_str("…") } else { Ok(()) }
    }
}

/// Digits in the notation that most languages use.
fn hexadecimal(text: &str) -> String {
    text.strip_prefix('-').map_or_else(|| format!("0x{text}"), |digits| format!("-0x{digits}"))
}

/// What an exact object owns: the underlying object, and the text.
struct Payload {
    #[allow(dead_code, reason = "kept for its drop")]
    object: Handle,
    text: Box<str>,
}

/// Makes an object that stands for `object` and contains its exact value; the
/// caller gets one reference.
#[must_use]
pub fn new_exact(owner: Owner, object: Handle, kind: ExactKind, text: String) -> Handle {
    let (data, plain) = (object.data(), object.as_raw());
    let raw = |base| abi::ExactObject {
        base,
        kind: kind.raw(),
        reserved: 0,
        text: str_to_raw(""),
        object: plain,
    };
    let finish = |raw: &mut abi::ExactObject, kept: &mut Payload| raw.text = str_to_raw(&kept.text);
    let kept = Payload { object, text: text.into() };
    let made = allocate(owner, data, kept, raw, finish);
    // SAFETY: `allocate` returns one reference.
    unsafe { Handle::take_raw(made) }
}

impl Handle {
    /// The exact value of the object, if it has one: a large integer, a
    /// decimal, a date, ….
    #[must_use]
    pub fn exact(&self) -> Option<Exact<'_>> {
        // SAFETY: the handle keeps the object alive while it is borrowed.
        unsafe { Exact::of(self.as_raw()) }
    }
}

#[cfg(test)]
mod tests {
    use core::sync::atomic::AtomicI64;

    use super::*;
    use crate::object::{ObjectData, new_object};

    struct Thing;
    impl ObjectData for Thing {
        fn data(&self) -> *mut core::ffi::c_void {
            core::ptr::dangling_mut()
        }
    }

    fn exact(kind: ExactKind, text: &str, check: impl FnOnce(Exact<'_>)) {
        static LIVE: AtomicI64 = AtomicI64::new(0);
        let owner = Owner::unregistered(7, &LIVE);
        let plain = new_object(owner, Thing);
        assert_eq!(plain.exact(), None);
        let made = new_exact(owner, plain.clone(), kind, text.into());
        assert_eq!(made, plain, "both are the same object");
        check(made.exact().unwrap());
        assert_eq!(made.exact().unwrap().object, plain.as_raw());
    }

    #[test]
    fn exact_objects_have_a_kind_and_a_text() {
        exact(ExactKind::Date, "2024-02-29", |date| {
            assert_eq!(
                (date.kind, date.text, date.to_f64()),
                (ExactKind::Date, "2024-02-29", None)
            );
            assert_eq!(date.to_string(), "the date 2024-02-29");
        });
    }

    #[test]
    fn messages_show_short_integers_in_decimal() {
        let named = |text: &str, name: &str| {
            exact(ExactKind::Integer, text, |integer| assert_eq!(integer.to_string(), name));
        };
        named("-10000000000000000", "the integer -18446744073709551616");
        let (zeros, shown) = ("0".repeat(80), "0".repeat(56));
        named(&format!("-1{zeros}"), &format!("the integer -0x1{shown}…"));
    }

    #[test]
    fn numbers_become_the_nearest_float() {
        let float = |kind, text: &str, expected: Option<f64>| {
            exact(kind, text, |number| assert_eq!(number.to_f64(), expected, "{text}"));
        };
        float(ExactKind::Integer, &format!("1{:025}", 0), Some(2_f64.powi(100)));
        // Half-way between two floats goes to the even one, above it up.
        float(ExactKind::Integer, "-100000000000008000000", Some(-(2_f64.powi(80))));
        float(ExactKind::Integer, "100000000000008000001", Some(2_f64.powi(80) + 2_f64.powi(28)));
        float(ExactKind::Integer, &"f".repeat(256), None);
        float(ExactKind::Decimal, "0.10", Some(0.1));
        float(ExactKind::Decimal, "1E+400", None);
        float(ExactKind::Decimal, "-Infinity", Some(f64::NEG_INFINITY));
    }
}
