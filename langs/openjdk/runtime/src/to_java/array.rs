//! Arrays: primitive ones as a whole, others element by element.

use core::ffi::c_void;
use core::ptr::null_mut;

use std::sync::Arc;

use jni_sys::{jobject, jvalue};
use metaffi_plugin::abi;
use metaffi_plugin::value::{Error, ErrorKind, Exact, check_depth, check_room};

use super::{ArrayPlan, Boxing, Reference};
use crate::api;
use crate::class::JavaClass;
use crate::jni::{Env, Local, java_length, jni, new_array, read_array, write_array};
use crate::number::{bits, coerce, is_unsigned, mismatch};
use crate::object::JavaObject;
use crate::prim::Prim;
use crate::slot::{content, element, element_type, elements, object};

/// The Java array for a slot, by `plan` or by the type of its elements.
///
/// # Safety
/// `slot` must be a valid array.
pub(super) unsafe fn convert(
    env: Env,
    slot: &abi::Value,
    plan: Option<&ArrayPlan>,
) -> Result<Local, Error> {
    // SAFETY: the caller's promise.
    unsafe {
        match plan {
            Some(ArrayPlan::Primitive { prim, tag }) => primitives(env, slot, *prim, *tag),
            Some(ArrayPlan::Objects { element }) => planned(env, slot, element),
            Some(ArrayPlan::Collection { element, collected }) => {
                collected.collect(env, &planned(env, slot, element)?)
            }
            Some(ArrayPlan::Map { .. }) => Err(mismatch("a map", slot)),
            Some(ArrayPlan::Values { lists }) => natural(env, slot, Some(*lists)),
            None => natural(env, slot, None),
        }
    }
}

/// The array that takes the trailing arguments of a varargs method.
///
/// # Safety
/// `slots` must be valid.
pub(crate) unsafe fn spread(
    env: Env,
    slots: &[abi::Value],
    plan: &ArrayPlan,
) -> Result<Local, Error> {
    let array = abi::Value {
        ty: abi::ARRAY | abi::ANY,
        dims: 1,
        ownership: abi::BORROWED,
        flags: 0,
        length: slots.len() as u64,
        payload: abi::Payload { data: slots.as_ptr().cast() },
    };
    // SAFETY: an array of mixed elements is an array of slots.
    unsafe {
        check_depth(&array)?;
        convert(env, &array, Some(plan))
    }
}

/// Whether elements of type `tag` have the same memory layout as those of `prim[]`.
fn is_same_memory(tag: abi::Type, prim: Prim) -> bool {
    match tag {
        abi::CHAR8 => prim == Prim::Byte,
        _ => Prim::exactly(tag) == Some(prim),
    }
}

/// Whether all elements, whose memory layout is that of `prim[]`, are in range of `expected`. Bytes
/// are bytes, whatever their sign.
///
/// # Safety
/// `slot` must be a valid array.
unsafe fn are_in_range(slot: &abi::Value, prim: Prim, expected: abi::Type) -> bool {
    let (tag, length) = (element_type(slot.ty), slot.length as usize);
    if prim == Prim::Byte || tag == expected || is_unsigned(tag) == is_unsigned(expected) {
        return true;
    }
    // SAFETY: the caller's promise; the top bit is the sign of one of the two.
    unsafe {
        match prim {
            Prim::Short => elements::<i16>(slot, length).iter().all(|one| *one >= 0),
            Prim::Int => elements::<i32>(slot, length).iter().all(|one| *one >= 0),
            _ => elements::<i64>(slot, length).iter().all(|one| *one >= 0),
        }
    }
}

/// # Safety
/// `slot` must be a valid array.
unsafe fn primitives(
    env: Env,
    slot: &abi::Value,
    prim: Prim,
    expected: abi::Type,
) -> Result<Local, Error> {
    let (tag, length) = (element_type(slot.ty), slot.length as usize);
    if slot.dims > 1 {
        let message =
            format!("expected {}[], got an array of {} dimensions", prim.facts().name, slot.dims);
        return Err(Error::new(ErrorKind::Argument, message));
    }
    // SAFETY: the caller's promise.
    let is_copy = is_same_memory(tag, prim)
        && (prim != Prim::Boolean || unsafe { is_clean(slot, length) })
        && unsafe { are_in_range(slot, prim, expected) };
    if !is_copy {
        // SAFETY: as above.
        return unsafe { converted(env, slot, prim, expected) };
    }
    let array = new_array(env, prim, length)?;
    if length > 0 {
        // SAFETY: both have `length` elements of this type.
        unsafe { write_array(env, prim, array.as_raw(), length, content(slot)) };
    }
    Ok(array)
}

/// Copies the elements of `array`, which was made from `slot`, back into the slot's memory.
///
/// # Safety
/// `slot` must be a valid array that is fillable, and `array` one of
/// `prim` with as many elements.
pub(super) unsafe fn write_back(env: Env, slot: &abi::Value, prim: Prim, array: jobject) {
    let (tag, length) = (element_type(slot.ty), slot.length as usize);
    if length > 0 && slot.dims == 1 && is_same_memory(tag, prim) {
        // SAFETY: the caller's promise; the elements have the same layout.
        unsafe { read_array(env, prim, array, length, content(slot).cast_mut()) };
    }
}

/// Whether all booleans are 0 or 1, as Java requires.
///
/// # Safety
/// `slot` must be a valid array of `length` booleans.
unsafe fn is_clean(slot: &abi::Value, length: usize) -> bool {
    // SAFETY: the caller's promise.
    unsafe { elements::<u8>(slot, length) }.iter().all(|byte| *byte <= 1)
}

/// Converts the elements one by one, because the types differ.
///
/// # Safety
/// `slot` must be a valid array of rank 1.
unsafe fn converted(
    env: Env,
    slot: &abi::Value,
    prim: Prim,
    expected: abi::Type,
) -> Result<Local, Error> {
    let (length, size) = (slot.length as usize, prim.facts().size);
    let mut memory = vec![0_u64; (length * size).div_ceil(size_of::<u64>())];
    let start = memory.as_mut_ptr().cast::<u8>();
    for index in 0..length {
        // SAFETY: inside the array, and inside the memory made for it.
        unsafe {
            let one = element(slot, index);
            let value = match one.ty {
                abi::STRING8 | abi::HANDLE => super::primitive_of_other_type(&one, expected, prim),
                _ => coerce(&one, expected).map(|one| bits(&one, prim)),
            };
            let value = value.map_err(|error| at(index, error))?;
            store(value, prim, start.add(index * size));
        }
    }
    let array = new_array(env, prim, length)?;
    // SAFETY: both have `length` elements of this type.
    unsafe { write_array(env, prim, array.as_raw(), length, start.cast::<c_void>()) };
    Ok(array)
}

/// # Safety
/// `value` must hold a `prim`, and `to` have room for it and be aligned.
unsafe fn store(value: jvalue, prim: Prim, to: *mut u8) {
    // SAFETY: the caller's promise.
    unsafe {
        match prim {
            Prim::Boolean => to.write(u8::from(value.z)),
            Prim::Byte => to.cast::<i8>().write(value.b),
            Prim::Char => to.cast::<u16>().write(value.c),
            Prim::Short => to.cast::<i16>().write(value.s),
            Prim::Int => to.cast::<i32>().write(value.i),
            Prim::Long => to.cast::<i64>().write(value.j),
            Prim::Float => to.cast::<f32>().write(value.f),
            Prim::Double => to.cast::<f64>().write(value.d),
        }
    }
}

#[cold]
fn at(index: usize, error: Error) -> Error {
    error.in_element(index)
}

/// An array of all elements, converted by `plan`.
///
/// # Safety
/// `slot` must be a valid array.
pub(super) unsafe fn whole(env: Env, slot: &abi::Value, plan: &Reference) -> Result<Local, Error> {
    // SAFETY: the caller's promise.
    unsafe {
        check_depth(slot)?;
        planned(env, slot, plan)
    }
}

/// # Safety
/// `slot` must be a valid array.
unsafe fn planned(env: Env, slot: &abi::Value, plan: &Reference) -> Result<Local, Error> {
    // SAFETY: the caller's promise; each element is of the class.
    unsafe { objects(env, slot, plan.class.as_raw(), |element| plan.local(env, element)) }
}

/// An array of `class`, whose elements `make` makes.
///
/// # Safety
/// `slot` must be a valid array, `class` a class, and `make` make objects of it.
unsafe fn objects(
    env: Env,
    slot: &abi::Value,
    class: jobject,
    mut make: impl FnMut(&abi::Value) -> Result<Option<Local>, Error>,
) -> Result<Local, Error> {
    check_room()?; // each element may be an array
    env.reserve_locals()?;
    let length = java_length(slot.length as usize, "an array")?;
    // SAFETY: the caller's promise; every index is inside.
    unsafe {
        let array = env.made(jni!(env, NewObjectArray, length, class, null_mut()))?;
        for index in 0..length {
            let made = make(&element(slot, index as usize));
            let Some(object) = made.map_err(|error| at(index as usize, error))? else { continue };
            jni!(env, SetObjectArrayElement, array.as_raw(), index, object.as_raw());
        }
        Ok(array)
    }
}

/// The natural Java array for these elements; unsigned ones bit for bit, unless they are `values`.
///
/// # Safety
/// `slot` must be a valid array.
unsafe fn natural(env: Env, slot: &abi::Value, values: Option<bool>) -> Result<Local, Error> {
    let (tag, jdk) = (element_type(slot.ty), &api::get().jdk);
    // SAFETY: the caller's promise.
    unsafe {
        if values == Some(true) && !is_block(slot) {
            let element = Reference::listed(env)?;
            return jdk.list_of(env, &planned(env, slot, element)?);
        }
        if slot.dims > 1 {
            return rows(env, slot, tag, values.is_some());
        }
        if let Some(prim) = Prim::exactly(tag) {
            let expected = if values.is_some() { prim.facts().tag } else { tag };
            return primitives(env, slot, prim, expected);
        }
        let class = match tag {
            tag if is_text(tag) => &jdk.string,
            abi::HANDLE if are_foreign(slot) => &api::get().values.handle,
            _ => &jdk.object,
        };
        let element = if values.is_some() { Reference::value(env)? } else { Reference::any(env)? };
        objects(env, slot, class.as_raw(), |slot| element.local(env, slot))
    }
}

/// Whether an array is a block of memory rather than a list of values.
fn is_block(slot: &abi::Value) -> bool {
    slot.ty & abi::PACKED != 0 || element_type(slot.ty) == abi::UINT8 && slot.dims == 1
}

/// Whether every element is null or an object without a Java value.
///
/// # Safety
/// `slot` must be a valid array of handles.
unsafe fn are_foreign(slot: &abi::Value) -> bool {
    (0..slot.length as usize).all(|index| {
        // SAFETY: the caller's promise; the index is inside.
        let Some(object) = (unsafe { object(&element(slot, index)) }) else { return true };
        // SAFETY: as above; the array holds it.
        unsafe { JavaObject::of(object).is_none() && Exact::of(object).is_none() }
    })
}

const fn is_text(tag: abi::Type) -> bool {
    tag & (abi::STRING8 | abi::STRING16 | abi::STRING32) != 0
}

/// # Safety
/// `slot` must be a valid array of rank 2 or more.
unsafe fn rows(
    env: Env,
    slot: &abi::Value,
    tag: abi::Type,
    are_values: bool,
) -> Result<Local, Error> {
    let element = match Prim::exactly(tag) {
        Some(prim) => char::from(prim.facts().code).to_string(),
        None if is_text(tag) => "Ljava.lang.String;".into(),
        None => "Ljava.lang.Object;".into(),
    };
    let row = Reference {
        class: JavaClass::array(env, &("[".repeat(usize::from(slot.dims) - 1) + &element))?,
        is_object: false,
        takes_string: false,
        boxing: Boxing::Natural,
        array: are_values.then(|| Arc::new(ArrayPlan::Values { lists: false })),
        interface: None,
    };
    // SAFETY: the caller's promise.
    unsafe { planned(env, slot, &row) }
}
