//! Lowers Java values to slots, by a plan that was made when the entity was loaded.
//!
//! Used for the results of a Java guest. Strings and arrays go into the arena of the caller's
//! frame, packed arrays into buffers; objects are transferred.

mod any;
mod array;
mod error;
mod exact;
mod memory;
mod text;

use core::ptr::null_mut;
use std::sync::Arc;

use jni_sys::{jobject, jvalue};
use metaffi_plugin::abi;
use metaffi_plugin::value::{Arena, Error, ErrorKind};

use crate::class::JavaClass;
use crate::jni::{Env, Local, jni};
use crate::number::{self, NULL, coerce};
use crate::prim::Prim;
use crate::slot::element_type;
use crate::{api, foreign, object};
pub(crate) use array::{Leaf, copy_back, is_copied_whole};
pub(crate) use memory::element_size;

/// How to lower a result.
#[derive(Clone, Debug)]
pub(crate) enum FromJava {
    /// No result is declared.
    Discard,
    /// `null` is declared, or the method is void.
    Null,
    /// A primitive as the type with the same bits.
    Exact {
        prim: Prim,
        tag: abi::Type,
    },
    /// A primitive as another type, range-checked.
    Number {
        prim: Prim,
        tag: abi::Type,
    },
    /// A boxed primitive, as a handle.
    Boxed {
        prim: Prim,
    },
    /// A `String`.
    Text {
        tag: abi::Type,
    },
    /// An object; `foreign` when it may be a `MetaFFIHandle`.
    Handle {
        foreign: bool,
    },
    /// A function: a lambda, a method, or a wrapper of a foreign function.
    Function {
        /// The interface to prefer if an object implements several.
        declared: Option<Arc<JavaClass>>,
    },
    /// Any value, by its actual type.
    Any,
    /// An object that must become a scalar of this type.
    Scalar {
        tag: abi::Type,
    },
    Array(ArrayResult),
}

/// An object that must become an array.
#[derive(Clone, Debug)]
pub(crate) struct ArrayResult {
    /// The type of the elements.
    pub(crate) element: abi::Type,
    /// The declared rank; -1 for any.
    pub(crate) dims: i32,
    pub(crate) packed: bool,
    /// Whether elements that are collections become arrays too, as declared in Java.
    pub(crate) nested: bool,
    /// Whether it may become an array of any type if it contains nulls.
    pub(crate) open: bool,
    /// Rank and elements, if Java declares an array.
    pub(crate) known: Option<(u8, Leaf)>,
}

impl ArrayResult {
    /// An `Object[]` as an array of anything.
    const OF_OBJECTS: Self = Self {
        element: abi::ANY,
        dims: 1,
        packed: false,
        nested: false,
        open: true,
        known: Some((1, Leaf::Mixed)),
    };
}

impl FromJava {
    /// The plan for any object whose type another runtime declares.
    pub(crate) fn declared(info: &abi::TypeInfo) -> Self {
        let (tag, element) = (info.ty, element_type(info.ty));
        match tag {
            _ if tag & abi::ARRAY != 0 => Self::Array(ArrayResult {
                element,
                dims: info.dims,
                packed: tag & abi::PACKED != 0,
                nested: false,
                open: element == abi::ANY,
                known: None,
            }),
            abi::ANY => Self::Any,
            abi::HANDLE => Self::Handle { foreign: true },
            abi::CALLABLE => Self::Function { declared: None },
            abi::NULL => Self::Null,
            _ => Self::Scalar { tag },
        }
    }

    /// Whether the caller has a slot for it.
    pub(crate) const fn has_slot(&self) -> bool {
        !matches!(self, Self::Discard)
    }

    /// The slot of a primitive result.
    ///
    /// # Safety
    /// `value` must hold the primitive that the plan was made for.
    #[inline]
    pub(crate) unsafe fn primitive(&self, env: Env, value: jvalue) -> Result<abi::Value, Error> {
        // SAFETY: the caller's promise.
        unsafe {
            match self {
                Self::Exact { prim, tag } => Ok(number::slot(value, *prim, *tag)),
                Self::Number { prim, tag } => {
                    coerce(&number::slot(value, *prim, prim.facts().tag), *tag)
                        .map_err(result_mismatch)
                }
                Self::Boxed { prim } => boxed(env, *prim, value),
                _ => Ok(NULL),
            }
        }
    }

    /// Lowers an object result, of which it takes ownership.
    #[inline]
    pub(crate) fn reference(
        &self,
        env: Env,
        local: Option<Local>,
        arena: &mut impl Arena,
    ) -> Result<abi::Value, Error> {
        let Some(local) = local else { return Ok(NULL) };
        match self {
            // SAFETY: the plan was made for strings.
            Self::Text { tag: abi::STRING8 } => unsafe { text::utf8(env, local.as_raw(), arena) },
            Self::Handle { foreign: false } => handle(env, local),
            _ => self.other(env, local, arena),
        }
    }

    #[cold]
    fn other(&self, env: Env, local: Local, arena: &mut impl Arena) -> Result<abi::Value, Error> {
        match self {
            // SAFETY: the plan was made for strings.
            Self::Text { tag } => unsafe { text::text(env, local.as_raw(), *tag, arena) },
            Self::Handle { .. } => maybe_foreign(env, local),
            Self::Function { declared } => function(env, &local, declared.as_deref()),
            Self::Any => any::any(env, local, arena),
            Self::Scalar { tag } => any::scalar(env, local, *tag, arena),
            Self::Array(plan) => array::array(env, &local, plan, arena),
            _ => Ok(NULL),
        }
    }
}

/// The slot of an argument that was checked and prepared for type `tag` and rank `dims`.
///
/// # Safety
/// See `metaffi.internal.Arguments.prepare`.
pub(crate) unsafe fn argument(
    env: Env,
    object: Local,
    tag: abi::Type,
    dims: u8,
    arena: &mut impl Arena,
) -> Result<abi::Value, Error> {
    match tag {
        // SAFETY: Java passes a string.
        abi::STRING8 => unsafe { text::utf8(env, object.as_raw(), arena) },
        // SAFETY: as above.
        abi::STRING16 | abi::STRING32 => unsafe { text::text(env, object.as_raw(), tag, arena) },
        abi::HANDLE => maybe_foreign(env, object),
        abi::CALLABLE => function(env, &object, None),
        tag if tag & abi::ARRAY != 0 => array::argument(env, &object, tag, dims, arena),
        _ => any::any(env, object, arena),
    }
}

/// The error of a result that its declared type cannot hold.
fn result_mismatch(error: Error) -> Error {
    let message = format!("the result does not fit its declared type: {}", error.message);
    error.with_kind(ErrorKind::Signature).with_message(message)
}

/// # Safety
/// `value` must hold a `prim`.
#[cold]
unsafe fn boxed(env: Env, prim: Prim, value: jvalue) -> Result<abi::Value, Error> {
    // SAFETY: `valueOf` takes a `prim`.
    let boxed = unsafe { api::get().jdk.boxes[prim as usize].value_of.object(env, &[value]) }?;
    boxed.map_or(Ok(NULL), |boxed| handle(env, boxed))
}

pub(crate) fn transferred(ty: abi::Type, object: *mut abi::Object) -> abi::Value {
    let slot = number::scalar(ty, abi::Payload { object });
    abi::Value { ownership: abi::TRANSFERRED, ..slot }
}

#[inline]
fn handle(env: Env, local: Local) -> Result<abi::Value, Error> {
    if let Some(object) = api::get().functions.implementing(env, &local)? {
        return Ok(transferred(abi::HANDLE, object.as_ptr()));
    }
    Ok(transferred(abi::HANDLE, object::lower(env, local)?.as_ptr()))
}

/// The slot of a string; the caller keeps its reference.
///
/// # Safety
/// `string` must be a string.
#[inline]
pub(crate) unsafe fn string(
    env: Env,
    string: jobject,
    arena: &mut impl Arena,
) -> Result<abi::Value, Error> {
    // SAFETY: the caller's promise.
    unsafe { text::utf8(env, string, arena) }
}

/// The slot of an object array: an array of any values.
pub(crate) fn objects(
    env: Env,
    array: &Local,
    arena: &mut impl Arena,
) -> Result<abi::Value, Error> {
    array::array(env, array, &ArrayResult::OF_OBJECTS, arena)
}

/// A function; a foreign one is passed back as itself.
fn function(env: Env, local: &Local, declared: Option<&JavaClass>) -> Result<abi::Value, Error> {
    let declared = declared.map_or(null_mut(), JavaClass::as_raw);
    let function = api::get().functions.lower(env, local, declared)?;
    Ok(transferred(abi::CALLABLE, function.as_ptr()))
}

/// An object; a foreign one is passed back as itself.
fn maybe_foreign(env: Env, local: Local) -> Result<abi::Value, Error> {
    // SAFETY: a live object.
    if unsafe { foreign::is_handle(env, local.as_raw()) } {
        // SAFETY: it is a `MetaFFIHandle`.
        let object = unsafe { foreign::from_java(env, local.as_raw()) }?;
        return Ok(transferred(abi::HANDLE, object.as_ptr()));
    }
    if let Some(function) = api::get().functions.foreign(env, &local)? {
        return Ok(transferred(abi::HANDLE, function.as_ptr()));
    }
    // SAFETY: a live object and a class.
    if unsafe { jni!(env, IsInstanceOf, local.as_raw(), api::get().values.view.as_raw()) } {
        // SAFETY: it is an `ObjectView`.
        let value = unsafe { api::get().values.value_of(env, &local) }?;
        return value.map_or(Ok(NULL), |value| maybe_foreign(env, value));
    }
    handle(env, local)
}
