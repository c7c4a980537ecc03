//! Whether a Java result can be converted to its declared type, and by which plan.

use std::sync::Arc;

use metaffi_plugin::abi;
use metaffi_plugin::value::Type;

use super::ElementType;
use super::declared::Declared;
use crate::api;
use crate::class::{JavaClass, Shape};
use crate::from_java::{ArrayResult, FromJava, Leaf};
use crate::jni::Env;
use crate::number::{is_float, is_integer, is_primitive, is_unsigned};
use crate::prim::Prim;

/// The plan for a result; `None` if it cannot be converted to its declared type.
pub(crate) fn plan(
    env: Env,
    declared: Option<&Declared>,
    java: &Arc<JavaClass>,
    elements: Option<&ElementType>,
) -> Option<FromJava> {
    let Some(declared) = declared else { return Some(FromJava::Discard) };
    if declared.is(Type::NULL) {
        return Some(FromJava::Null);
    }
    match java.shape {
        Shape::Void => declared.is(Type::ANY).then_some(FromJava::Null),
        _ if declared.is_array() => array(env, declared, java, elements).map(FromJava::Array),
        Shape::Primitive(prim) => primitive(declared.element(), prim),
        _ => Some(match reference(env, declared.element(), java)? {
            FromJava::Function { .. } => FromJava::Function { declared: Some(java.clone()) },
            plan => plan,
        }),
    }
}

fn primitive(tag: abi::Type, prim: Prim) -> Option<FromJava> {
    match tag {
        abi::ANY => Some(FromJava::Exact { prim, tag: prim.facts().tag }),
        abi::HANDLE => Some(FromJava::Boxed { prim }),
        abi::CHAR8 if prim == Prim::Byte => Some(FromJava::Exact { prim, tag }),
        abi::CHAR8 if prim == Prim::Char => Some(FromJava::Number { prim, tag }),
        _ if Prim::exactly(tag) == Some(prim) => Some(FromJava::Exact { prim, tag }),
        _ => converts(prim, tag).then_some(FromJava::Number { prim, tag }),
    }
}

/// Whether a number of type `prim` can be converted to `tag`: by widening, or, because Java has no
/// unsigned types, by value to an unsigned one.
fn converts(prim: Prim, tag: abi::Type) -> bool {
    let is_number = is_integer(prim.facts().tag) || prim == Prim::Char;
    if is_unsigned(tag) {
        return is_number;
    }
    Prim::exactly(tag).is_some_and(|own| prim == own || prim.widens_to(own))
}

fn reference(env: Env, tag: abi::Type, java: &JavaClass) -> Option<FromJava> {
    let api = api::get();
    match tag {
        abi::ANY => Some(FromJava::Any),
        abi::HANDLE => {
            let foreign = java.takes(env, api.values.handle.as_raw());
            Some(FromJava::Handle { foreign })
        }
        abi::STRING8 | abi::STRING16 | abi::STRING32 if java.name == "java.lang.String" => {
            Some(FromJava::Text { tag })
        }
        abi::CALLABLE => {
            may_be_function(env, java).then_some(FromJava::Function { declared: None })
        }
        _ => may_be(env, tag, java).then_some(FromJava::Scalar { tag }),
    }
}

/// Anything may be an object of a functional interface, except strings and numbers.
fn may_be_function(env: Env, java: &JavaClass) -> bool {
    let jdk = &api::get().jdk;
    // SAFETY: both are classes.
    let is = |class: jni_sys::jobject| unsafe { env.is_assignable(java.as_raw(), class) };
    let is_boxed = jdk.boxes.iter().any(|boxed| is(boxed.class.as_raw()));
    !is_boxed && !is(jdk.char_sequence.as_raw()) && !is(jdk.big_integer.as_raw())
}

/// Whether an object declared as `java` may actually be a `tag`.
fn may_be(env: Env, tag: abi::Type, java: &JavaClass) -> bool {
    let jdk = &api::get().jdk;
    let related = |class: jni_sys::jobject| {
        // SAFETY: both are classes.
        java.takes(env, class) || unsafe { env.is_assignable(java.as_raw(), class) }
    };
    match tag {
        abi::STRING8 | abi::STRING16 | abi::STRING32 => {
            related(jdk.string.as_raw()) || related(jdk.char_sequence.as_raw())
        }
        _ if is_integer(tag) && related(jdk.big_integer.as_raw()) => true,
        _ if is_float(tag) && related(jdk.number.as_raw()) => true,
        _ if is_primitive(tag) => Prim::ALL.into_iter().any(|prim| {
            primitive(tag, prim).is_some() && related(jdk.boxes[prim as usize].class.as_raw())
        }),
        _ => false,
    }
}

fn array(
    env: Env,
    declared: &Declared,
    java: &JavaClass,
    elements: Option<&ElementType>,
) -> Option<ArrayResult> {
    let collection = api::get().jdk.collection.as_raw();
    // SAFETY: both are classes.
    let is_collection =
        |one: &ElementType| unsafe { env.is_assignable(one.class.as_raw(), collection) };
    let plan = ArrayResult {
        nested: elements.is_some_and(is_collection),
        open: declared.element() == abi::ANY,
        element: declared.element(),
        dims: declared.info.dims,
        packed: declared.info.ty.is_packed(),
        known: None,
    };
    let (rank, innermost) = java.innermost();
    if rank == 0 {
        return may_hold_elements(env, java).then_some(plan);
    }
    let leaf = leaf(innermost);
    let dims_fit = match plan.dims {
        -1 => true,
        1 if rank > 1 => matches!(plan.element, abi::ANY | abi::HANDLE),
        dims if dims > i32::from(rank) => leaf == Leaf::Mixed,
        dims => dims == i32::from(rank),
    };
    let fits =
        dims_fit && (plan.dims == 1 && rank > 1 || element_fits(env, plan.element, innermost));
    fits.then_some(ArrayResult { known: Some((rank, leaf)), ..plan })
}

fn leaf(innermost: &JavaClass) -> Leaf {
    match innermost.primitive() {
        Some(prim) => Leaf::Primitive(prim),
        None if innermost.name == "java.lang.String" => Leaf::String,
        None => Leaf::Mixed,
    }
}

/// Collections, and types whose objects may be collections or arrays.
fn may_hold_elements(env: Env, java: &JavaClass) -> bool {
    let jdk = &api::get().jdk;
    // SAFETY: both are classes.
    let is_collection = unsafe { env.is_assignable(java.as_raw(), jdk.collection.as_raw()) };
    is_collection || java.is_object() || java.takes(env, jdk.array_list.as_raw())
}

fn element_fits(env: Env, tag: abi::Type, innermost: &JavaClass) -> bool {
    match innermost.primitive() {
        Some(_) if tag == abi::HANDLE => false,
        Some(prim) => primitive(tag, prim).is_some(),
        None => reference(env, tag, innermost).is_some() || innermost.is_object(),
    }
}
