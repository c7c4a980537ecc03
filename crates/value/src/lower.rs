//! Ours to raw: scalars into the slot, text and arrays into an arena.

use core::ffi::c_void;
use core::ptr::NonNull;

use metaffi_abi as abi;

use crate::array::Array;
use crate::depth::Depth;
use crate::discard::discard;
use crate::error::Error;
use crate::object::Handle;
use crate::text::str_to_raw;
use crate::types::Type;
use crate::value::Value;

/// Memory that lives as long as a call's frame.
pub trait Arena {
    /// Allocates `size` bytes, aligned to `align` (at most 16).
    ///
    /// # Errors
    /// `Internal` when the host is out of memory.
    fn alloc(&mut self, size: usize, align: usize) -> Result<NonNull<u8>, Error>;

    /// The current nesting depth of the arrays being lowered.
    fn depth(&mut self) -> &mut Depth;

    /// Lowers the content of an array.
    ///
    /// # Errors
    /// `Argument` when arrays are nested too deeply, and whatever `lower`
    /// returns.
    #[inline]
    fn inside<T, E: From<Error>>(
        &mut self,
        lower: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E>
    where
        Self: Sized,
    {
        *self.depth() = self.depth().inside()?;
        let lowered = lower(self);
        *self.depth() = self.depth().outside();
        lowered
    }

    /// Copies `items` into the arena.
    ///
    /// # Errors
    /// As [`Arena::alloc`].
    fn copy<T: Copy>(&mut self, items: &[T]) -> Result<NonNull<T>, Error>
    where
        Self: Sized,
    {
        let target = self.alloc(size_of_val(items), align_of::<T>())?.cast::<T>();
        // SAFETY: `alloc` returned that many fresh bytes, suitably aligned.
        unsafe { target.as_ptr().copy_from_nonoverlapping(items.as_ptr(), items.len()) };
        Ok(target)
    }
}

/// Whether a lowered object is borrowed or transferred.
#[derive(Clone, Copy, PartialEq)]
enum Passing {
    Borrow,
    Transfer,
}

impl Passing {
    fn object(self, handle: &Handle) -> *mut abi::Object {
        match self {
            Passing::Borrow => handle.as_raw().as_ptr(),
            Passing::Transfer => handle.clone().into_raw().as_ptr(),
        }
    }

    const fn ownership(self) -> u8 {
        match self {
            Passing::Borrow => abi::BORROWED,
            Passing::Transfer => abi::TRANSFERRED,
        }
    }
}

/// Lowers an argument. Objects are borrowed from `value`, and so is text if its
/// encoding allows it.
///
/// # Errors
/// As [`Arena::alloc`].
pub fn lower_argument(value: &Value, arena: &mut impl Arena) -> Result<abi::Value, Error> {
    lower(value, Passing::Borrow, arena)
}

/// Lowers a result. Each object's reference is transferred; everything else is
/// copied into the arena.
///
/// # Errors
/// As [`Arena::alloc`].
pub fn lower_result(value: &Value, arena: &mut impl Arena) -> Result<abi::Value, Error> {
    lower(value, Passing::Transfer, arena)
}

fn lower(value: &Value, passing: Passing, arena: &mut impl Arena) -> Result<abi::Value, Error> {
    let int = |v: i64| abi::Payload { i64: v };
    let payload = match value {
        Value::Null => int(0),
        Value::Float64(v) => abi::Payload { f64: *v },
        Value::Float32(v) => abi::Payload { u64: u64::from(v.to_bits()) },
        Value::Int8(v) => int((*v).into()),
        Value::Int16(v) => int((*v).into()),
        Value::Int32(v) => int((*v).into()),
        Value::Int64(v) => int(*v),
        Value::UInt8(v) | Value::Char8(v) => int((*v).into()),
        Value::UInt16(v) | Value::Char16(v) => int((*v).into()),
        Value::UInt32(v) => int((*v).into()),
        Value::UInt64(v) | Value::Size(v) => abi::Payload { u64: *v },
        Value::Bool(v) => int((*v).into()),
        Value::Char32(v) => int(i64::from(u32::from(*v))),
        Value::String8(text) | Value::String16(text) | Value::String32(text) => {
            return lower_text(value.ty(), text, passing, arena);
        }
        Value::Handle(handle) => return Ok(object_slot(Type::HANDLE, handle, passing)),
        Value::Callable(callable) => {
            return Ok(object_slot(Type::CALLABLE, callable.handle(), passing));
        }
        Value::Array(array) => {
            return arena.inside(|arena| lower_array(array, passing, arena));
        }
    };
    let ty = value.ty().raw();
    Ok(abi::Value { ty, dims: 0, ownership: abi::BORROWED, flags: 0, length: 0, payload })
}

fn object_slot(ty: Type, handle: &Handle, passing: Passing) -> abi::Value {
    let payload = abi::Payload { object: passing.object(handle) };
    abi::Value {
        ty: ty.raw(),
        dims: 0,
        ownership: passing.ownership(),
        flags: 0,
        length: 0,
        payload,
    }
}

fn lower_text(
    ty: Type,
    text: &str,
    passing: Passing,
    arena: &mut impl Arena,
) -> Result<abi::Value, Error> {
    let raw = encode(ty, text, passing == Passing::Borrow, arena)?;
    Ok(abi::Value {
        ty: ty.raw(),
        dims: 0,
        ownership: if passing == Passing::Borrow { abi::BORROWED } else { abi::ARENA },
        flags: 0,
        length: raw.length,
        payload: abi::Payload { data: raw.data.cast() },
    })
}

/// Encodes `text` for `ty`.
fn encode(ty: Type, text: &str, borrow: bool, arena: &mut impl Arena) -> Result<abi::Str, Error> {
    let (data, length) = match ty {
        Type::STRING16 => {
            let units: Vec<u16> = text.encode_utf16().collect();
            (arena.copy(&units)?.cast(), size_of_val(&*units))
        }
        Type::STRING32 => {
            let units: Vec<char> = text.chars().collect();
            (arena.copy(&units)?.cast(), size_of_val(&*units))
        }
        _ if borrow => return Ok(str_to_raw(text)),
        _ => (arena.copy(text.as_bytes())?, text.len()),
    };
    Ok(abi::Str { data: data.as_ptr(), length: length as u64 })
}

fn lower_array(
    array: &Array,
    passing: Passing,
    arena: &mut impl Arena,
) -> Result<abi::Value, Error> {
    let borrow = passing == Passing::Borrow;
    let data: *const c_void = match array {
        Array::Float64(v) => plain(v, borrow, arena)?,
        Array::Float32(v) => plain(v, borrow, arena)?,
        Array::Int8(v) => plain(v, borrow, arena)?,
        Array::Int16(v) => plain(v, borrow, arena)?,
        Array::Int32(v) => plain(v, borrow, arena)?,
        Array::Int64(v) => plain(v, borrow, arena)?,
        Array::UInt8(v) | Array::Char8(v) => plain(v, borrow, arena)?,
        Array::UInt16(v) | Array::Char16(v) => plain(v, borrow, arena)?,
        Array::UInt32(v) => plain(v, borrow, arena)?,
        Array::UInt64(v) | Array::Size(v) => plain(v, borrow, arena)?,
        Array::Bool(v) => plain(v, borrow, arena)?,
        Array::Char32(v) => plain(v, borrow, arena)?,
        Array::String8(v) | Array::String16(v) | Array::String32(v) => {
            each(v, arena, |text, arena| encode(array.element(), text, borrow, arena))?
        }
        Array::Handle(v) => each(v, arena, |handle, _| Ok(nullable(handle.as_ref(), passing)))?,
        Array::Callable(v) => {
            each(v, arena, |c, _| Ok(nullable(c.as_ref().map(|c| c.handle()), passing)))?
        }
        Array::Any(v) => slots(v, passing, arena, |value, arena| lower(value, passing, arena))?,
        Array::Nested { rows, .. } => slots(rows, passing, arena, |row, arena| {
            arena.inside(|arena| lower_array(row, passing, arena))
        })?,
    };
    Ok(abi::Value {
        ty: array.element().array().raw(),
        dims: array.dims(),
        ownership: if borrow { abi::BORROWED } else { abi::ARENA },
        flags: 0,
        length: array.len() as u64,
        payload: abi::Payload { data },
    })
}

fn nullable(handle: Option<&Handle>, passing: Passing) -> *mut abi::Object {
    handle.map_or(core::ptr::null_mut(), |handle| passing.object(handle))
}

fn plain<T: Copy>(
    items: &[T],
    borrow: bool,
    arena: &mut impl Arena,
) -> Result<*const c_void, Error> {
    if borrow {
        return Ok(items.as_ptr().cast());
    }
    Ok(arena.copy(items)?.as_ptr().cast())
}

fn each<T, R: Copy, A: Arena>(
    items: &[T],
    arena: &mut A,
    mut lower_one: impl FnMut(&T, &mut A) -> Result<R, Error>,
) -> Result<*const c_void, Error> {
    let target = arena.alloc(size_of::<R>() * items.len(), align_of::<R>())?.cast::<R>();
    for (index, item) in items.iter().enumerate() {
        let lowered = lower_one(item, arena)?;
        // SAFETY: `alloc` reserved room for all items.
        unsafe { target.as_ptr().add(index).write(lowered) };
    }
    Ok(target.as_ptr().cast())
}

/// Lowers elements to slots. If one fails, the ones before it are released.
fn slots<T, A: Arena>(
    items: &[T],
    passing: Passing,
    arena: &mut A,
    mut lower_one: impl FnMut(&T, &mut A) -> Result<abi::Value, Error>,
) -> Result<*const c_void, Error> {
    let size = size_of::<abi::Value>() * items.len();
    let target = arena.alloc(size, align_of::<abi::Value>())?.cast::<abi::Value>().as_ptr();
    for (index, item) in items.iter().enumerate() {
        match lower_one(item, arena) {
            // SAFETY: `alloc` reserved room for all items.
            Ok(slot) => unsafe { target.add(index).write(slot) },
            Err(error) => {
                if passing == Passing::Transfer {
                    // SAFETY: this many were written, and not seen by anyone else.
                    (0..index).for_each(|done| unsafe { discard(&*target.add(done)) });
                }
                return Err(error);
            }
        }
    }
    Ok(target.cast_const().cast())
}
