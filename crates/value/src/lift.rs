//! Raw to ours: copies what is borrowed, and takes what is transferred.

use core::ffi::c_void;
use core::ptr::NonNull;

use metaffi_abi as abi;

use crate::array::Array;
use crate::callable::Callable;
use crate::depth::Depth;
use crate::discard::discard;
use crate::error::{Error, ErrorKind};
use crate::object::Handle;
use crate::text::{bytes, elements, text};
use crate::types::Type;
use crate::value::Value;

/// Whether objects are retained or taken over.
#[derive(Clone, Copy, PartialEq)]
enum Take {
    Retain,
    Take,
}

impl Take {
    /// # Safety
    /// A non-null object must be live. With `Take`, one reference is given up.
    unsafe fn object(self, object: *mut abi::Object) -> Option<Handle> {
        let object = NonNull::new(object)?;
        // SAFETY: the caller's promise.
        Some(unsafe {
            match self {
                Take::Retain => Handle::retain_raw(object),
                Take::Take => Handle::take_raw(object),
            }
        })
    }
}

/// Lifts an argument. The slot keeps what it owns.
///
/// # Errors
/// `Argument` when the tag is not one of the ABI's.
///
/// # Safety
/// `raw` must be a valid slot.
pub unsafe fn lift_borrowed(raw: &abi::Value) -> Result<Value, Error> {
    // SAFETY: the caller's promise.
    unsafe { lift(raw, Take::Retain, Depth::default()) }
}

/// Lifts a result and takes over everything it owns. The slot must not be used
/// again.
///
/// # Errors
/// As [`lift_borrowed`].
///
/// # Safety
/// `raw` must be a valid slot that is not used again.
pub unsafe fn lift_transferred(raw: &abi::Value) -> Result<Value, Error> {
    // SAFETY: the caller's promise.
    unsafe { lift(raw, Take::Take, Depth::default()) }
}

unsafe fn lift(raw: &abi::Value, take: Take, depth: Depth) -> Result<Value, Error> {
    let ty = Type::from_raw(raw.ty);
    // SAFETY: the tag selects the union's member.
    unsafe {
        if ty.is_array() {
            return lift_content(raw, ty, take, inside(raw, take, depth)?);
        }
        if matches!(ty, Type::STRING8 | Type::STRING16 | Type::STRING32) {
            return lift_content(raw, ty, take, depth);
        }
        let (int, uint) = (raw.payload.i64, raw.payload.u64);
        Ok(match ty {
            Type::NULL => Value::Null,
            Type::FLOAT64 => Value::Float64(raw.payload.f64),
            Type::FLOAT32 => Value::Float32(raw.payload.f32),
            Type::INT8 => Value::Int8(int as i8),
            Type::INT16 => Value::Int16(int as i16),
            Type::INT32 => Value::Int32(int as i32),
            Type::INT64 => Value::Int64(int),
            Type::UINT8 => Value::UInt8(uint as u8),
            Type::UINT16 => Value::UInt16(uint as u16),
            Type::UINT32 => Value::UInt32(uint as u32),
            Type::UINT64 => Value::UInt64(uint),
            Type::SIZE => Value::Size(uint),
            Type::BOOL => Value::Bool(uint != 0),
            Type::CHAR8 => Value::Char8(uint as u8),
            Type::CHAR16 => Value::Char16(uint as u16),
            Type::CHAR32 => Value::Char32(character(uint as u32)),
            Type::HANDLE => take.object(raw.payload.object).map_or(Value::Null, Value::Handle),
            Type::CALLABLE => take
                .object(raw.payload.object)
                .map_or(Value::Null, |handle| Value::Callable(Callable::from_handle(handle))),
            _ => return Err(unknown(ty)),
        })
    }
}

fn unknown(ty: Type) -> Error {
    Error::new(ErrorKind::Argument, format!("{ty} is not the type of a value"))
}

fn character(code: u32) -> char {
    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Lifts strings and arrays, from the slot or from a transferred buffer.
unsafe fn lift_content(
    raw: &abi::Value,
    ty: Type,
    take: Take,
    depth: Depth,
) -> Result<Value, Error> {
    // SAFETY: the ownership selects the union's member; `_buffer` releases a
    // transferred buffer after its content was copied.
    unsafe {
        if raw.ownership != abi::TRANSFERRED {
            return lift_data(raw, ty, raw.payload.data, take, depth);
        }
        let Some(_buffer) = take.object(raw.payload.object) else { return Ok(Value::Null) };
        let data = (*raw.payload.object.cast::<abi::Buffer>()).data;
        lift_data(raw, ty, data, take, depth)
    }
}

unsafe fn lift_data(
    raw: &abi::Value,
    ty: Type,
    data: *const c_void,
    take: Take,
    depth: Depth,
) -> Result<Value, Error> {
    // SAFETY: the caller's promise about the slot.
    unsafe {
        Ok(match ty {
            Type::STRING8 => Value::String8(decode(ty, data, raw.length)),
            Type::STRING16 => Value::String16(decode(ty, data, raw.length)),
            Type::STRING32 => Value::String32(decode(ty, data, raw.length)),
            _ => Value::Array(lift_array(raw, ty, data, take, depth)?),
        })
    }
}

unsafe fn decode(ty: Type, data: *const c_void, length: u64) -> String {
    // SAFETY: the caller's promise; lengths are bytes in every encoding.
    unsafe {
        match ty {
            Type::STRING16 => String::from_utf16_lossy(elements(data, length / 2)),
            Type::STRING32 => elements(data, length / 4).iter().map(|c| character(*c)).collect(),
            _ => text(bytes(data, length)),
        }
    }
}

unsafe fn lift_array(
    raw: &abi::Value,
    ty: Type,
    data: *const c_void,
    take: Take,
    depth: Depth,
) -> Result<Array, Error> {
    let (count, element) = (raw.length, ty.element());
    // SAFETY: the tag determines the type of the elements.
    unsafe {
        if raw.dims > 1 {
            let rows = lift_each(elements(data, count), take, |row| lift_row(row, take, depth))?;
            return Ok(Array::Nested { element, dims: raw.dims, rows });
        }
        Ok(match element {
            Type::FLOAT64 => Array::Float64(elements(data, count).to_vec()),
            Type::FLOAT32 => Array::Float32(elements(data, count).to_vec()),
            Type::INT8 => Array::Int8(elements(data, count).to_vec()),
            Type::INT16 => Array::Int16(elements(data, count).to_vec()),
            Type::INT32 => Array::Int32(elements(data, count).to_vec()),
            Type::INT64 => Array::Int64(elements(data, count).to_vec()),
            Type::UINT8 => Array::UInt8(elements(data, count).to_vec()),
            Type::UINT16 => Array::UInt16(elements(data, count).to_vec()),
            Type::UINT32 => Array::UInt32(elements(data, count).to_vec()),
            Type::UINT64 => Array::UInt64(elements(data, count).to_vec()),
            Type::SIZE => Array::Size(elements(data, count).to_vec()),
            Type::BOOL => Array::Bool(bytes(data, count).iter().map(|b| *b != 0).collect()),
            Type::CHAR8 => Array::Char8(elements(data, count).to_vec()),
            Type::CHAR16 => Array::Char16(elements(data, count).to_vec()),
            Type::CHAR32 => {
                Array::Char32(elements(data, count).iter().map(|c| character(*c)).collect())
            }
            Type::STRING8 => Array::String8(decode_each(element, data, count)),
            Type::STRING16 => Array::String16(decode_each(element, data, count)),
            Type::STRING32 => Array::String32(decode_each(element, data, count)),
            Type::HANDLE => Array::Handle(objects(data, count, take)),
            Type::CALLABLE => Array::Callable(
                objects(data, count, take)
                    .into_iter()
                    .map(|o| o.map(Callable::from_handle))
                    .collect(),
            ),
            Type::ANY => {
                Array::Any(lift_each(elements(data, count), take, |item| lift(item, take, depth))?)
            }
            _ => return Err(unknown(ty)),
        })
    }
}

/// The depth inside an array. If it is too deep, the array is released anyway.
///
/// # Safety
/// As [`lift_borrowed`] or [`lift_transferred`].
unsafe fn inside(array: &abi::Value, take: Take, depth: Depth) -> Result<Depth, Error> {
    depth.inside().inspect_err(|_| {
        if take == Take::Take {
            // SAFETY: the caller's promise; it is not lifted.
            unsafe { discard(array) };
        }
    })
}

/// Lifts elements that are slots. If one fails, the remaining ones are released anyway.
///
/// # Safety
/// As [`lift_borrowed`] or [`lift_transferred`].
unsafe fn lift_each<T>(
    slots: &[abi::Value],
    take: Take,
    mut lift_one: impl FnMut(&abi::Value) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    let mut lifted = Vec::with_capacity(slots.len());
    for (index, slot) in slots.iter().enumerate() {
        match lift_one(slot) {
            Ok(one) => lifted.push(one),
            Err(error) => {
                if take == Take::Take {
                    // SAFETY: the caller's promise; they are not lifted.
                    slots[index + 1..].iter().for_each(|slot| unsafe { discard(slot) });
                }
                return Err(error);
            }
        }
    }
    Ok(lifted)
}

unsafe fn lift_row(row: &abi::Value, take: Take, depth: Depth) -> Result<Array, Error> {
    // SAFETY: rows are valid slots.
    match unsafe { lift(row, take, depth)? } {
        Value::Array(array) => Ok(array),
        other => Err(Error::new(
            ErrorKind::Argument,
            format!("a row of an array must be an array, not {}", other.ty()),
        )),
    }
}

unsafe fn decode_each(element: Type, data: *const c_void, count: u64) -> Vec<String> {
    // SAFETY: elements of string arrays are raw strings.
    let texts = unsafe { elements::<abi::Str>(data, count) };
    // SAFETY: each is valid.
    texts.iter().map(|text| unsafe { decode(element, text.data.cast(), text.length) }).collect()
}

unsafe fn objects(data: *const c_void, count: u64, take: Take) -> Vec<Option<Handle>> {
    // SAFETY: elements of handle arrays are object pointers.
    let objects = unsafe { elements::<*mut abi::Object>(data, count) };
    // SAFETY: each is live or null.
    objects.iter().map(|object| unsafe { take.object(*object) }).collect()
}
