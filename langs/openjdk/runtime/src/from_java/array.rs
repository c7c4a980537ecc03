//! Arrays: primitive ones as a whole, others element by element.

use core::ffi::c_void;

use jni_sys::jobject;
use metaffi_plugin::abi;
use metaffi_plugin::value::{Arena, Error, ErrorKind, Type};

use super::any::{self, Kind};
use super::memory::{self, collect, slot};
use super::text;
use super::{ArrayResult, function, maybe_foreign, result_mismatch};
use crate::api;
use crate::jni::{Env, Local, jni, read_array, write_array};
use crate::number::{NULL, coerce};
use crate::prim::Prim;
use crate::slot::{content, element, element_type};

/// The innermost elements of a Java array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leaf {
    Primitive(Prim),
    String,
    /// Objects of any class.
    Mixed,
}

impl Leaf {
    /// The element type where none was declared. Bytes are bytes.
    pub(crate) const fn natural(self) -> abi::Type {
        match self {
            Self::Primitive(Prim::Byte) => abi::UINT8,
            Self::Primitive(prim) => prim.facts().tag,
            Self::String => abi::STRING8,
            Self::Mixed => abi::ANY,
        }
    }
}

/// Lowers an object to an array.
pub(super) fn array(
    env: Env,
    local: &Local,
    plan: &ArrayResult,
    arena: &mut impl Arena,
) -> Result<abi::Value, Error> {
    env.reserve_locals()?;
    let known = match plan.known {
        Some(known) => known,
        None => match any::kind(env, local)? {
            Kind::Array(rank, leaf) => (rank, leaf),
            _ => return collection(env, local, plan, arena),
        },
    };
    let (rank, leaf) = known;
    match plan.dims {
        -1 | 1 if rank == 1 => flat(env, local, leaf, plan, arena),
        1 => flat(env, local, Leaf::Mixed, plan, arena),
        dims if dims == i32::from(rank) || dims == -1 || leaf == Leaf::Mixed => {
            rows(env, local, known, plan, arena)
        }
        dims => {
            let message =
                format!("the result is an array of rank {rank}, but is declared with rank {dims}");
            Err(Error::new(ErrorKind::Signature, message))
        }
    }
}

/// The slot of an array argument that `metaffi.internal.Elements` prepared.
pub(super) fn argument(
    env: Env,
    local: &Local,
    tag: abi::Type,
    dims: u8,
    arena: &mut impl Arena,
) -> Result<abi::Value, Error> {
    let element = element_type(tag);
    let known = known_leaf(element).map(|leaf| (dims, leaf));
    let (packed, nested, open) = (false, false, element == abi::ANY);
    let plan = ArrayResult { element, dims: dims.into(), packed, nested, open, known };
    let slot = array(env, local, &plan, arena)?;
    Ok(abi::Value { ty: slot.ty | tag & abi::PACKED, ..slot })
}

/// The memory layout of the elements in a Java array that was prepared for this type; `None` for
/// `any`, which accepts every array.
const fn known_leaf(element: abi::Type) -> Option<Leaf> {
    match element {
        abi::ANY => None,
        abi::CHAR8 => Some(Leaf::Primitive(Prim::Byte)),
        abi::STRING8 | abi::STRING16 | abi::STRING32 => Some(Leaf::String),
        _ => match Prim::exactly(element) {
            Some(prim) => Some(Leaf::Primitive(prim)),
            None => Some(Leaf::Mixed),
        },
    }
}

/// The element type of a slot of [`argument`] that is a copy of a whole Java array of numbers.
fn copied_whole(slot: &abi::Value) -> Option<Prim> {
    let is_array = slot.ty & abi::ARRAY != 0 && slot.dims == 1 && slot.length > 0;
    match known_leaf(element_type(slot.ty)).filter(|_| is_array) {
        Some(Leaf::Primitive(Prim::Boolean)) => None,
        Some(Leaf::Primitive(prim)) => {
            Some(prim).filter(|prim| is_same_memory(*prim, element_type(slot.ty)))
        }
        _ => None,
    }
}

/// Whether an argument is a copy of a whole Java array of numbers.
pub(crate) fn is_copied_whole(slot: &abi::Value) -> bool {
    copied_whole(slot).is_some()
}

/// Copies the contents of such a slot back into the Java array.
///
/// # Safety
/// [`argument`] made the slot of `array`.
pub(crate) unsafe fn copy_back(env: Env, slot: &abi::Value, array: jobject) {
    if let Some(prim) = copied_whole(slot) {
        // SAFETY: the caller's promise: as many elements, with the same layout.
        unsafe { write_array(env, prim, array, slot.length as usize, content(slot)) };
    }
}

fn collection(
    env: Env,
    local: &Local,
    plan: &ArrayResult,
    arena: &mut impl Arena,
) -> Result<abi::Value, Error> {
    let jdk = &api::get().jdk;
    if !is_collection(env, local) {
        return Err(any::not_a(env, local, plan.element | abi::ARRAY));
    }
    // SAFETY: a collection, and the method takes nothing.
    let Some(array) = (unsafe { jdk.to_array.object(env, local.as_raw(), &[]) })? else {
        return Ok(NULL);
    };
    let plan = ArrayResult { known: Some((1, Leaf::Mixed)), ..plan.clone() };
    self::array(env, &array, &plan, arena)
}

fn is_collection(env: Env, local: &Local) -> bool {
    let class = api::get().jdk.collection.as_raw();
    // SAFETY: a live object and a class.
    unsafe { jni!(env, IsInstanceOf, local.as_raw(), class) }
}

/// An array of rank 1.
fn flat(
    env: Env,
    local: &Local,
    leaf: Leaf,
    plan: &ArrayResult,
    arena: &mut impl Arena,
) -> Result<abi::Value, Error> {
    let element = plan.element;
    // SAFETY: an array of `leaf`.
    unsafe {
        match leaf {
            Leaf::Primitive(prim) if is_same_memory(prim, element) => {
                arena.inside(|arena| region(env, local, prim, plan, arena))
            }
            Leaf::Primitive(prim) => converted(env, local, prim, plan, arena),
            Leaf::String if plan.element & TEXTS != 0 => texts(env, local, plan, arena),
            _ => objects(env, local, plan, arena),
        }
    }
}

const TEXTS: abi::Type = abi::STRING8 | abi::STRING16 | abi::STRING32;

/// # Safety
/// `local` must be an array of strings.
unsafe fn texts(
    env: Env,
    local: &Local,
    plan: &ArrayResult,
    arena: &mut impl Arena,
) -> Result<abi::Value, Error> {
    // SAFETY: the caller's promise.
    let length = unsafe { env.length(local.as_raw()) };
    let mut has_null = false;
    let made = collect(length, plan, arena, |index, arena| {
        // SAFETY: as above; the index is inside.
        match unsafe { env.element(local.as_raw(), index) } {
            // SAFETY: a string.
            Some(string) => unsafe { text::text(env, string.as_raw(), plan.element, arena) },
            None => {
                has_null = true;
                null_element(plan.element, index)
            }
        }
    });
    if !(has_null && plan.open) {
        return made;
    }
    // SAFETY: as above; strings are objects.
    unsafe { objects(env, local, &ArrayResult { element: abi::ANY, ..plan.clone() }, arena) }
}

/// Whether the elements of `prim[]` have the same memory layout as those of type `tag`.
pub(super) fn is_same_memory(prim: Prim, tag: abi::Type) -> bool {
    match tag {
        abi::CHAR8 => prim == Prim::Byte,
        _ => Prim::exactly(tag) == Some(prim),
    }
}

/// # Safety
/// `local` must be an array of `prim`.
unsafe fn region(
    env: Env,
    local: &Local,
    prim: Prim,
    plan: &ArrayResult,
    arena: &mut impl Arena,
) -> Result<abi::Value, Error> {
    // SAFETY: the caller's promise; the memory is as large as the array.
    unsafe {
        let length = env.length(local.as_raw());
        if plan.packed {
            return Ok(memory::packed(env, local, prim, length, plan.element));
        }
        let size = prim.facts().size;
        let data: *mut c_void = arena.alloc(length * size, size)?.as_ptr().cast();
        read_array(env, prim, local.as_raw(), length, data);
        Ok(slot(plan, 1, length, data))
    }
}

/// Converts the elements one by one, because the types differ.
///
/// # Safety
/// `local` must be an array of `prim`.
unsafe fn converted(
    env: Env,
    local: &Local,
    prim: Prim,
    plan: &ArrayResult,
    arena: &mut impl Arena,
) -> Result<abi::Value, Error> {
    let natural = ArrayResult {
        element: prim.facts().tag,
        dims: 1,
        packed: false,
        nested: false,
        open: false,
        known: Some((1, Leaf::Primitive(prim))),
    };
    // SAFETY: the caller's promise.
    let raw = unsafe { region(env, local, prim, &natural, arena) }?;
    let one = |index: usize| {
        // SAFETY: inside the array that was just read.
        let one = unsafe { element(&raw, index) };
        if plan.element == abi::ANY {
            Ok(one)
        } else {
            coerce(&one, plan.element).map_err(result_mismatch)
        }
    };
    collect(raw.length as usize, plan, arena, |index, _| one(index))
}

/// # Safety
/// `local` must be an array of objects.
unsafe fn objects(
    env: Env,
    local: &Local,
    plan: &ArrayResult,
    arena: &mut impl Arena,
) -> Result<abi::Value, Error> {
    // SAFETY: the caller's promise.
    let length = unsafe { env.length(local.as_raw()) };
    collect(length, plan, arena, |index, arena| {
        // SAFETY: as above; the index is inside.
        match unsafe { env.element(local.as_raw(), index) } {
            Some(object) => one(env, object, plan, arena),
            None => null_element(plan.element, index),
        }
    })
}

fn one(
    env: Env,
    object: Local,
    plan: &ArrayResult,
    arena: &mut impl Arena,
) -> Result<abi::Value, Error> {
    let tag = plan.element;
    match tag {
        abi::ANY if plan.nested && is_collection(env, &object) => {
            let plan = ArrayResult { dims: 1, packed: false, known: None, ..plan.clone() };
            collection(env, &object, &plan, arena)
        }
        abi::ANY => any::any(env, object, arena),
        abi::HANDLE => maybe_foreign(env, object),
        abi::CALLABLE => function(env, &object, None),
        _ => any::scalar(env, object, tag, arena),
    }
}

fn null_element(tag: abi::Type, index: usize) -> Result<abi::Value, Error> {
    if tag & (abi::ANY | abi::HANDLE | abi::CALLABLE) != 0 {
        return Ok(NULL);
    }
    let declared = Type::from_raw(tag);
    let message = format!(
        "element {index} of the array is null, which {declared}_array cannot hold: declare \
         any_array"
    );
    Err(Error::new(ErrorKind::Signature, message))
}

/// An array of rank 2 or more, whose rows are arrays. If it is open, and a row is null or an array
/// of another type, it becomes an array of any type.
fn rows(
    env: Env,
    local: &Local,
    (rank, leaf): (u8, Leaf),
    plan: &ArrayResult,
    arena: &mut impl Arena,
) -> Result<abi::Value, Error> {
    let row_plan = ArrayResult {
        dims: if plan.dims == -1 { -1 } else { plan.dims - 1 },
        known: (rank > 1).then_some((rank - 1, leaf)),
        packed: false,
        ..plan.clone()
    };
    // SAFETY: an array of objects.
    let length = unsafe { env.length(local.as_raw()) };
    let table = ArrayResult { element: abi::ANY, ..plan.clone() };
    let dims = if rank > 1 { rank } else { u8::try_from(plan.dims).unwrap_or(rank) };
    let ty = plan.element | abi::ARRAY;
    let mut are_alike = true;
    let rows = collect(length, &table, arena, |index, arena| {
        // SAFETY: as above; the index is inside.
        let row = match unsafe { env.element(local.as_raw(), index) } {
            Some(row) => array(env, &row, &row_plan, arena)?,
            None if plan.open => NULL,
            None => return Err(null_row(index)),
        };
        are_alike &= row.ty == ty && row.dims + 1 == dims;
        Ok(row)
    })?;
    // The rows of a table have the same layout as the elements of an array of any type.
    let is_table = are_alike || !plan.open;
    Ok(if is_table { abi::Value { ty, dims, ..rows } } else { rows })
}

fn null_row(index: usize) -> Error {
    let message = format!(
        "row {index} of the array is null, which an array of arrays cannot hold: use an empty \
         row, or declare the array as any"
    );
    Error::new(ErrorKind::Signature, message)
}
