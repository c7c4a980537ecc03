//! Converts results to their declared types. Go gives a value the type that the guest's code has: a
//! rune is a number, a list of `any` may be a list of objects. If the caller declares another type,
//! the value is converted here, after the call. Other entities do not pass through here. Any thread
//! may enter.

use core::mem::MaybeUninit;

use metaffi_plugin::value::{
    Array, Error, ErrorKind, GuestFrame, Type, TypeInfo, Value, discard, lift_transferred,
    lower_result,
};
use metaffi_plugin::{Callee, abi};

use crate::check::{has_description, is_integer};
use crate::guest::{Guest, context};

/// An entry of a guest with results that its caller declares differently.
pub(crate) struct Results {
    call: abi::CallFn,
    entry: usize,
    conversions: Vec<(usize, Conversion)>,
}

/// How one result is converted to its declared type.
enum Conversion {
    /// The same bits, with another type.
    Tag(Type),
    /// Another value, of this type or with elements of it.
    Value(Type),
    /// The value that the object describes, where any type is declared.
    Described(abi::CallFn),
}

impl Results {
    /// `None` if every result is what the entry of the guest returns.
    pub(crate) fn among(
        declared: &[TypeInfo],
        own: &[TypeInfo],
        guest: &Guest,
        entry: usize,
    ) -> Option<Results> {
        let conversion = |(declared, own)| {
            described(declared, own, guest).or_else(|| conversion(declared.ty, own.ty))
        };
        let conversions = declared.iter().zip(own).map(conversion);
        let conversions: Vec<_> = conversions
            .enumerate()
            .filter_map(|(index, conversion)| Some((index, conversion?)))
            .collect();
        (!conversions.is_empty()).then_some(Results { call: guest.call, entry, conversions })
    }
}

/// For an object with a description, or a value of a plain type with a name of its own, where no
/// object is declared.
fn described(declared: &TypeInfo, own: &TypeInfo, guest: &Guest) -> Option<Conversion> {
    let object = own.ty.element() == Type::HANDLE;
    let wanted = match declared.ty.element() {
        Type::HANDLE => false,
        Type::ANY => has_description(own),
        _ => true,
    };
    guest.value.filter(|_| object && wanted).map(Conversion::Described)
}

fn conversion(declared: Type, own: Type) -> Option<Conversion> {
    let element = declared.element();
    if own == Type::ANY || element == Type::ANY || element == own.element() {
        return None;
    }
    let scalars = is_integer(own) && is_integer(declared);
    Some(if scalars { Conversion::Tag(declared) } else { Conversion::Value(element) })
}

impl Callee for Results {
    fn call(&self, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
        let raw = frame.as_raw();
        // SAFETY: the guest's function takes the number of one of its entries, and
        // lives as long as the process; the frame is this call's.
        let status = unsafe { (self.call)(context(self.entry), raw) };
        if status != abi::OK {
            // SAFETY: a callee that fails transfers its error.
            return Err(unsafe { Error::take_failure(status, (*raw.as_ptr()).error.take()) });
        }
        // SAFETY: one that succeeds has written every result.
        let slots = unsafe {
            let raw = &*raw.as_ptr();
            core::slice::from_raw_parts_mut(raw.rets, raw.nrets as usize)
        };
        let conversions = &mut self.conversions.iter();
        let outcome = conversions.try_for_each(|(index, conversion)| match conversion {
            Conversion::Tag(ty) => {
                slots[*index].ty = ty.raw();
                Ok(())
            }
            Conversion::Value(ty) => become_value(frame, &mut slots[*index], *ty),
            Conversion::Described(value) => become_described(frame, &mut slots[*index], *value),
        });
        if outcome.is_err() {
            slots.iter_mut().for_each(|slot| drop(take(slot)));
        }
        outcome
    }
}

/// The value of a slot, which owns nothing afterwards.
fn take(slot: &mut abi::Value) -> Result<Value, Error> {
    // SAFETY: the callee wrote the slot, and what it owns is taken once.
    let given = unsafe { lift_transferred(slot) };
    slot.ty = abi::NULL;
    given
}

fn become_described(
    frame: &mut GuestFrame<'_>,
    slot: &mut abi::Value,
    value: abi::CallFn,
) -> Result<(), Error> {
    let object = *slot;
    let mut described = [MaybeUninit::new(null())];
    // SAFETY: the guest's function takes one value of any type, and writes one result
    // when it succeeds.
    unsafe {
        frame.forward((value, core::ptr::null_mut()), &[object], Some(&mut described))?;
        discard(&object);
        *slot = described[0].assume_init();
    }
    Ok(())
}

const fn null() -> abi::Value {
    abi::Value {
        ty: abi::NULL,
        dims: 0,
        ownership: abi::BORROWED,
        flags: 0,
        length: 0,
        payload: abi::Payload { u64: 0 },
    }
}

fn become_value(frame: &mut GuestFrame<'_>, slot: &mut abi::Value, ty: Type) -> Result<(), Error> {
    *slot = lower_result(&value_as(take(slot)?, ty)?, frame)?;
    Ok(())
}

fn value_as(value: Value, ty: Type) -> Result<Value, Error> {
    Ok(match (value, ty) {
        (Value::String8(text), Type::STRING16) => Value::String16(text),
        (Value::String8(text), Type::STRING32) => Value::String32(text),
        (Value::Float32(number), Type::FLOAT64) => Value::Float64(number.into()),
        (Value::Array(array), ty) => Value::Array(array_as(array, ty)?),
        (other, _) => other,
    })
}

fn array_as(array: Array, ty: Type) -> Result<Array, Error> {
    Ok(match (array, ty) {
        (Array::Nested { dims, rows, .. }, element) => {
            let rows = rows.into_iter().map(|row| array_as(row, element)).collect::<Result<_, _>>();
            Array::Nested { element, dims, rows: rows? }
        }
        (Array::String8(texts), Type::STRING16) => Array::String16(texts),
        (Array::String8(texts), Type::STRING32) => Array::String32(texts),
        (Array::UInt8(units), Type::CHAR8) => Array::Char8(units),
        (Array::UInt16(units), Type::CHAR16) => Array::Char16(units),
        (Array::Int32(runes), Type::CHAR32) => {
            Array::Char32(runes.into_iter().map(character).collect::<Result<_, _>>()?)
        }
        (Array::Float32(numbers), Type::FLOAT64) => {
            Array::Float64(numbers.into_iter().map(f64::from).collect())
        }
        (Array::Any(items), Type::HANDLE) if items.iter().all(is_object) => {
            Array::Handle(items.into_iter().map(object).collect())
        }
        (numbers, ty) => wider(numbers, ty),
    })
}

fn character(rune: i32) -> Result<char, Error> {
    u32::try_from(rune).ok().and_then(char::from_u32).ok_or_else(|| {
        let message =
            format!("the result is declared as characters, and {rune} is not a character");
        Error::new(ErrorKind::Argument, message)
    })
}

fn is_object(item: &Value) -> bool {
    matches!(item, Value::Handle(_) | Value::Null)
}

fn object(item: Value) -> Option<metaffi_plugin::value::Handle> {
    match item {
        Value::Handle(handle) => Some(handle),
        _ => None,
    }
}

/// Converts integers to a wider type, which `check` found to hold them all.
fn wider(array: Array, ty: Type) -> Array {
    macro_rules! from {
        ($($from:ident),*) => {
            match array {
                $(Array::$from(items) => items.into_iter().map(i128::from).collect::<Vec<_>>(),)*
                other => return other,
            }
        };
    }
    let items = from!(Int8, Int16, Int32, Int64, UInt8, UInt16, UInt32, UInt64, Size);
    macro_rules! to {
        ($($ty:ident $to:ident),*) => {
            match ty {
                $(Type::$ty => Array::$to(items.into_iter().map(|item| item as _).collect()),)*
                _ => Array::Int64(items.into_iter().map(|item| item as _).collect()),
            }
        };
    }
    to!(INT16 Int16, INT32 Int32, UINT16 UInt16, UINT32 UInt32, UINT64 UInt64, SIZE Size)
}
