//! Lowers the contiguous elements of arrays of rank 1.

use core::ffi::c_void;
use core::ptr::NonNull;

use metaffi_abi as abi;
use metaffi_value::{Arena, Handle, Type};
use pyo3::ffi;

use super::items::{Items, at};
use super::{LowerError, Lowering, Mode, any, buffer, mismatch, object, scalar, text};

/// Elements in memory: their address and number.
pub(super) type Elements = (*const c_void, usize);

/// Lowers the elements of a list, a tuple, a buffer or another sequence.
///
/// # Safety
/// `object` is live and stays so until the call ends; the GIL is held.
pub(super) unsafe fn lower<A: Arena>(
    element: Type,
    object: *mut ffi::PyObject,
    out: &mut Lowering<'_, A>,
) -> Result<Elements, LowerError> {
    // SAFETY: the caller's promises.
    unsafe {
        if let Some(items) = Items::of(object) {
            return lower_items(element, object, items, out);
        }
        if let Some(elements) = buffer::elements(element, object, out)? {
            return Ok(elements);
        }
        let items = Items::keeping(object, element.array(), out.keep_alive)?;
        lower_items(element, object, items, out)
    }
}

/// # Safety
/// As [`lower`].
unsafe fn lower_items<A: Arena>(
    element: Type,
    sequence: *mut ffi::PyObject,
    items: Items,
    out: &mut Lowering<'_, A>,
) -> Result<Elements, LowerError> {
    macro_rules! int {
        ($ty:ty) => {
            integers(items, out, |item| {
                let (least, most) = (<$ty>::MIN as i64, <$ty>::MAX as i64);
                scalar::signed(item, element, least, most).map(|value| value as $ty)
            })
        };
    }
    // SAFETY: the caller's promises.
    unsafe {
        match element {
            Type::INT8 => int!(i8),
            Type::INT16 => int!(i16),
            Type::INT32 => int!(i32),
            Type::INT64 => int!(i64),
            Type::UINT8 => int!(u8),
            Type::UINT16 => int!(u16),
            Type::UINT32 => int!(u32),
            Type::UINT64 | Type::SIZE => plain(items, out, |item| scalar::unsigned(item, element)),
            Type::FLOAT64 => plain(items, out, |item| scalar::float(item, element)),
            Type::FLOAT32 => plain(items, out, |item| scalar::float32(item)),
            Type::BOOL => plain(items, out, |item| scalar::boolean(item).map(u8::from)),
            Type::CHAR8 => {
                plain(items, out, |item| text::character(item, element).map(|c| c as u8))
            }
            Type::CHAR16 => {
                plain(items, out, |item| text::character(item, element).map(|c| c as u16))
            }
            Type::CHAR32 => plain(items, out, |item| text::character(item, element)),
            _ => lower_references(element, sequence, out),
        }
    }
}

/// Lowers items that the slots will point into, and keeps them alive.
///
/// # Safety
/// As [`lower`].
unsafe fn lower_references<A: Arena>(
    element: Type,
    sequence: *mut ffi::PyObject,
    out: &mut Lowering<'_, A>,
) -> Result<Elements, LowerError> {
    // SAFETY: the caller's promises.
    unsafe {
        let items = Items::keeping(sequence, element.array(), out.keep_alive)?;
        match element {
            Type::STRING8 | Type::STRING16 | Type::STRING32 => {
                each(items, out, |item, out| text::raw_text(item, element, out))
            }
            Type::HANDLE => each(items, out, |item, out| object::raw_handle(item, out)),
            Type::CALLABLE => each(items, out, |item, out| object::raw_callable(item, out)),
            Type::ANY => each::<A, abi::Value>(items, out, |item, out| any::lower(item, out)),
            _ => Err(mismatch(element.array(), sequence)),
        }
    }
}

/// Copies numbers, truth values or characters.
unsafe fn plain<A: Arena, T: Element>(
    items: Items,
    out: &mut Lowering<'_, A>,
    read: impl Fn(*mut ffi::PyObject) -> Result<T, LowerError>,
) -> Result<Elements, LowerError> {
    // SAFETY: the items' owner is live, under the GIL.
    unsafe { each(items, out, |item, _| read_guarded(item, &read)) }
}

/// Copies integers, those at the start of a list in one go.
unsafe fn integers<A: Arena, T: Element + TryFrom<i64>>(
    items: Items,
    out: &mut Lowering<'_, A>,
    read: impl Fn(*mut ffi::PyObject) -> Result<T, LowerError>,
) -> Result<Elements, LowerError> {
    let room = room(items, out)?;
    // SAFETY: there is room for all items, whose owner is live, under the GIL.
    unsafe {
        let done = items.small_ints(room.as_ptr());
        rest(room, done, items, out, |item, _| read_guarded(item, &read))
    }
}

/// Reads an item. If reading runs the item's own code, that could free the item, so
/// it is held meanwhile.
#[inline]
unsafe fn read_guarded<T>(
    item: *mut ffi::PyObject,
    read: impl Fn(*mut ffi::PyObject) -> Result<T, LowerError>,
) -> Result<T, LowerError> {
    // SAFETY: a live item, under the GIL.
    unsafe {
        if scalar::is_int(item) || scalar::is_float(item) {
            return read(item);
        }
        ffi::Py_INCREF(item);
        let outcome = read(item);
        ffi::Py_DECREF(item);
        outcome
    }
}

/// An element in memory.
pub(super) trait Element: Copy {
    /// Releases what it owns as part of a result.
    ///
    /// # Safety
    /// It is valid, owns its references, and is not used again.
    unsafe fn discard(self) {}
}

macro_rules! plain_elements {
    ($($ty:ty)*) => {$(impl Element for $ty {})*};
}
plain_elements!(i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 abi::Str);

impl Element for *mut abi::Object {
    unsafe fn discard(self) {
        // SAFETY: the caller's promise.
        drop(NonNull::new(self).map(|object| unsafe { Handle::take_raw(object) }));
    }
}

impl Element for abi::Value {
    unsafe fn discard(self) {
        // SAFETY: the caller's promise.
        unsafe { metaffi_value::discard(&self) };
    }
}

/// Lowers every item into the arena. If one fails, those before it are released.
///
/// # Safety
/// The items' owner is live and the GIL is held.
pub(super) unsafe fn each<A: Arena, T: Element>(
    items: Items,
    out: &mut Lowering<'_, A>,
    lower_one: impl FnMut(*mut ffi::PyObject, &mut Lowering<'_, A>) -> Result<T, LowerError>,
) -> Result<Elements, LowerError> {
    let room = room(items, out)?;
    // SAFETY: the caller's promises.
    unsafe { rest(room, 0, items, out, lower_one) }
}

fn room<A: Arena, T>(items: Items, out: &mut Lowering<'_, A>) -> Result<NonNull<T>, LowerError> {
    Ok(out.arena.alloc(size_of::<T>() * items.length, align_of::<T>())?.cast())
}

/// As [`each`], from the item `first`, into memory that is already allocated.
///
/// # Safety
/// As [`each`]; there is room for all items, and those before `first` were lowered.
unsafe fn rest<A: Arena, T: Element>(
    start: NonNull<T>,
    first: usize,
    items: Items,
    out: &mut Lowering<'_, A>,
    mut lower_one: impl FnMut(*mut ffi::PyObject, &mut Lowering<'_, A>) -> Result<T, LowerError>,
) -> Result<Elements, LowerError> {
    for index in first..items.length {
        // SAFETY: the caller's promises.
        let item = unsafe { items.get(index) };
        match item.and_then(|item| lower_one(item, out)) {
            // SAFETY: there is room for all items.
            Ok(lowered) => unsafe { start.as_ptr().add(index).write(lowered) },
            Err(error) => {
                if out.mode == Mode::Give {
                    // SAFETY: `index` elements were written, and nothing else uses them.
                    (0..index)
                        .for_each(|done| unsafe { start.as_ptr().add(done).read().discard() });
                }
                return Err(at(index, error));
            }
        }
    }
    Ok((start.as_ptr().cast_const().cast(), items.length))
}
