//! Whether a declared type matches a Java parameter, how well, and by which plan.
//!
//! One function decides all three, so that every match can be marshalled. The ranks are the phases
//! of JLS 15.12.2, with exact types before them, and matches that only the call can check after
//! them.

use std::sync::Arc;

use metaffi_plugin::abi;
use metaffi_plugin::value::Type;

use super::ElementType;
use super::declared::Declared;
use crate::api;
use crate::class::{JavaClass, Shape};
use crate::jni::Env;
use crate::number::{is_integer, is_primitive};
use crate::prim::Prim;
use crate::to_java::{ArrayPlan, Boxing, Collected, Reference, ToJava, natural_box};

/// How well a declared type matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    /// The type itself.
    Exact,
    /// By widening a primitive or a reference.
    Widening,
    /// By boxing.
    Boxing,
    /// Only the call can check it.
    Checked,
}

/// A declared type that matches.
pub(crate) struct Fit {
    pub(crate) rank: Rank,
    pub(crate) plan: ToJava,
}

/// Whether `declared` matches the Java type `java`.
pub(crate) fn fit(env: Env, declared: &Declared, java: &Arc<JavaClass>) -> Option<Fit> {
    let natural = || reference(env, java, Boxing::Natural, declared.element());
    let (rank, plan) = match declared.element() {
        _ if declared.is_array() => (array(env, declared, java)?, natural()?),
        abi::ANY => any(env, java)?,
        abi::NULL => (Rank::Widening, natural()?),
        abi::HANDLE => (handle(env, declared, java)?, natural()?),
        abi::STRING8 | abi::STRING16 | abi::STRING32 => (string(env, java)?, natural()?),
        abi::CALLABLE => return function(env, declared, java),
        tag if is_primitive(tag) => primitive(env, tag, java)?,
        _ => return None,
    };
    let rank = match &declared.alias {
        Some(alias) if alias.number == java.number => Rank::Exact,
        // The alias of an array names its element class.
        Some(alias) if declared.is_array() && is_array_of(java, alias) => Rank::Exact,
        // The alias names the exact type.
        Some(_) if !declared.is_array() => rank.max(Rank::Widening),
        _ => rank,
    };
    Some(Fit { rank, plan })
}

/// Whether `java` is an array of any rank with elements of a class.
fn is_array_of(java: &JavaClass, element: &JavaClass) -> bool {
    match &java.shape {
        Shape::Array(component) => {
            component.number == element.number || is_array_of(component, element)
        }
        _ => false,
    }
}

/// The plan for a reference; `None` if `java` is not a reference type.
fn reference(
    env: Env,
    java: &Arc<JavaClass>,
    boxing: Boxing,
    declared: abi::Type,
) -> Option<ToJava> {
    let array = array_plan(env, java, declared).map(Arc::new);
    java.is_reference().then(|| ToJava::Reference(plain(env, java, boxing, array)))
}

fn plain(
    env: Env,
    java: &Arc<JavaClass>,
    boxing: Boxing,
    array: Option<Arc<ArrayPlan>>,
) -> Reference {
    Reference {
        class: java.clone(),
        is_object: java.is_object(),
        takes_string: java.takes(env, api::get().jdk.string.as_raw()),
        boxing,
        array,
        interface: None,
    }
}

/// The plan for the object that a method is called on.
pub(super) fn receiver(env: Env, class: &Arc<JavaClass>) -> Reference {
    Reference { boxing: boxing_for(env, class), ..Reference::plain(class.clone()) }
}

/// How any array slot becomes a `java`: an array type, or a collection. If its elements are
/// `declared`, unsigned ones cross bit for bit.
fn array_plan(env: Env, java: &Arc<JavaClass>, declared: abi::Type) -> Option<ArrayPlan> {
    match &java.shape {
        Shape::Array(component) => Some(elements(env, component, declared)),
        _ if java.is_object() => {
            (declared == abi::ANY).then_some(ArrayPlan::Values { lists: false })
        }
        _ => {
            let element = || Reference::listed(env).cloned();
            collection(java.collected(env)?, element, element).ok()
        }
    }
}

/// How foreign values become a collection or a map.
fn collection<E>(
    collected: Collected,
    element: impl FnOnce() -> Result<Reference, E>,
    value: impl FnOnce() -> Result<Reference, E>,
) -> Result<ArrayPlan, E> {
    Ok(match collected.is_map() {
        true => ArrayPlan::Map { key: element()?, value: value()?, collected },
        false => ArrayPlan::Collection { element: element()?, collected },
    })
}

/// The plan for the elements of an array of `component`.
pub(super) fn elements(env: Env, component: &Arc<JavaClass>, declared: abi::Type) -> ArrayPlan {
    match component.primitive() {
        Some(prim) => ArrayPlan::Primitive { prim, tag: tag_of(prim, declared) },
        None => {
            let array = array_plan(env, component, declared).map(Arc::new);
            let boxing = boxing_as(env, component, declared);
            ArrayPlan::Objects { element: plain(env, component, boxing, array) }
        }
    }
}

impl ToJava {
    /// Applies what a generic signature says about the elements of `java`.
    pub(super) fn refine(
        &mut self,
        env: Env,
        java: &JavaClass,
        elements: Option<&ElementType>,
        declared: abi::Type,
    ) {
        let (Self::Reference(plan), Some(elements)) = (self, elements) else { return };
        if plan.class.number == java.number
            && let Some(array) = typed_array(env, java, elements, declared)
        {
            plan.array = Some(Arc::new(array));
        }
    }
}

/// How an array slot becomes a `java` whose elements are known.
fn typed_array(
    env: Env,
    java: &JavaClass,
    elements: &ElementType,
    declared: abi::Type,
) -> Option<ArrayPlan> {
    let element = |known| typed_element(env, known, declared);
    match &java.shape {
        Shape::Array(component) if component.number == elements.class.number => {
            Some(ArrayPlan::Objects { element: element(elements)? })
        }
        Shape::Array(_) => None,
        _ => {
            let value = || match &elements.value {
                Some(value) => element(value).ok_or(()),
                None => Reference::listed(env).cloned().map_err(drop),
            };
            collection(java.collected(env)?, || element(elements).ok_or(()), value).ok()
        }
    }
}

/// The plan for an element whose class is known.
fn typed_element(env: Env, known: &ElementType, declared: abi::Type) -> Option<Reference> {
    let class = &known.class;
    if class.is_object() {
        return Reference::listed(env).ok().cloned();
    }
    let array = match &known.inner {
        Some(inner) => typed_array(env, class, inner, declared),
        None => array_plan(env, class, declared),
    };
    Some(plain(env, class, boxing_as(env, class, declared), array.map(Arc::new)))
}

/// The plan for the array of a varargs method that takes all `declared` arguments.
pub(super) fn spread(
    env: Env,
    component: &Arc<JavaClass>,
    elements: Option<&ElementType>,
    declared: &[Declared],
) -> ArrayPlan {
    let first = declared.first().map_or(abi::ANY, Declared::element);
    let is_one = declared.iter().all(|one| !one.is_array() && one.element() == first);
    let tag = if is_one { first } else { abi::ANY };
    let known = elements.filter(|known| known.class.number == component.number);
    let array = known.and_then(|known| typed_array(env, component, known.inner.as_deref()?, tag));
    match (self::elements(env, component, tag), array) {
        (ArrayPlan::Objects { element }, Some(array)) => {
            ArrayPlan::Objects { element: Reference { array: Some(Arc::new(array)), ..element } }
        }
        (plan, _) => plan,
    }
}

/// As [`boxing_for`], with the declared type.
fn boxing_as(env: Env, java: &JavaClass, declared: abi::Type) -> Boxing {
    match boxing_for(env, java) {
        Boxing::As { prim, .. } => Boxing::As { prim, tag: tag_of(prim, declared) },
        boxing => boxing,
    }
}

/// The type whose values become a `prim`: the declared type if it has the same bits.
fn tag_of(prim: Prim, declared: abi::Type) -> abi::Type {
    let is_same = Prim::exactly(declared) == Some(prim);
    if is_same { declared } else { prim.facts().tag }
}

/// The boxing for a Java type.
pub(super) fn boxing_for(env: Env, java: &JavaClass) -> Boxing {
    let jdk = &api::get().jdk;
    let is = |class: jni_sys::jobject| {
        // SAFETY: both are classes; two classes are assignable to each other only if they are the same.
        java.takes(env, class) && unsafe { env.is_assignable(java.as_raw(), class) }
    };
    if is(jdk.big_integer.as_raw()) {
        return Boxing::BigInteger;
    }
    let boxed = Prim::ALL.into_iter().find(|prim| is(jdk.boxes[*prim as usize].class.as_raw()));
    boxed.map_or(Boxing::Natural, |prim| Boxing::As { prim, tag: prim.facts().tag })
}

fn any(env: Env, java: &Arc<JavaClass>) -> Option<(Rank, ToJava)> {
    match java.shape {
        Shape::Void => None,
        Shape::Primitive(prim) => Some((Rank::Checked, ToJava::Primitive { tag: abi::ANY, prim })),
        _ => {
            let rank = if java.is_object() { Rank::Exact } else { Rank::Checked };
            Some((rank, reference(env, java, boxing_for(env, java), abi::ANY)?))
        }
    }
}

fn handle(env: Env, declared: &Declared, java: &JavaClass) -> Option<Rank> {
    if !java.is_reference() {
        return None;
    }
    let Some(alias) = &declared.alias else {
        let foreign = java.takes(env, api::get().values.handle.as_raw());
        return Some(match (java.is_object(), foreign) {
            (true, _) => Rank::Exact,
            (false, true) => Rank::Widening,
            (false, false) => Rank::Checked,
        });
    };
    if java.takes(env, alias.as_raw()) {
        return Some(Rank::Widening);
    }
    alias.takes(env, java.as_raw()).then_some(Rank::Checked)
}

/// A function where Java expects an object of a functional interface, a `Caller` or `Object`; the
/// alias may name the interface.
fn function(env: Env, declared: &Declared, java: &Arc<JavaClass>) -> Option<Fit> {
    if let Some(alias) = declared.alias.as_ref().filter(|alias| is_functional(env, alias)) {
        let rank = if alias.number == java.number { Rank::Exact } else { Rank::Widening };
        let plan = reference(env, alias, Boxing::Natural, abi::CALLABLE)?;
        return java.takes(env, alias.as_raw()).then_some(Fit { rank, plan });
    }
    let rank = if java.is_object() { Rank::Checked } else { Rank::Widening };
    let plan = reference(env, java, Boxing::Natural, abi::CALLABLE)?;
    takes_function(env, java).then_some(Fit { rank, plan })
}

fn is_functional(env: Env, java: &JavaClass) -> bool {
    java.interface(env).is_ok_and(|interface| interface.is_some())
}

fn takes_function(env: Env, java: &JavaClass) -> bool {
    is_functional(env, java) || java.takes(env, api::get().functions.caller.as_raw())
}

fn string(env: Env, java: &JavaClass) -> Option<Rank> {
    if java.name == "java.lang.String" {
        return Some(Rank::Exact);
    }
    java.takes(env, api::get().jdk.string.as_raw()).then_some(Rank::Widening)
}

fn primitive(env: Env, tag: abi::Type, java: &Arc<JavaClass>) -> Option<(Rank, ToJava)> {
    match java.shape {
        Shape::Primitive(prim) => Some((unboxed(tag, prim)?, ToJava::Primitive { tag, prim })),
        _ => {
            let (rank, boxing) = boxed(env, tag, java)?;
            Some((rank, reference(env, java, boxing, tag)?))
        }
    }
}

fn unboxed(tag: abi::Type, prim: Prim) -> Option<Rank> {
    let own = Prim::exactly(tag)?;
    if own == prim {
        return Some(Rank::Exact);
    }
    match (tag, prim) {
        (abi::CHAR8, Prim::Byte) => Some(Rank::Widening),
        (abi::CHAR32, Prim::Char) => None,
        _ => own.widens_to(prim).then_some(Rank::Widening),
    }
}

fn boxed(env: Env, tag: abi::Type, java: &JavaClass) -> Option<(Rank, Boxing)> {
    let own = Prim::exactly(tag)?;
    match boxing_for(env, java) {
        // As declared: unsigned integers cross bit for bit.
        Boxing::As { prim, .. } if prim == own => Some((Rank::Boxing, Boxing::As { prim, tag })),
        Boxing::As { prim, .. } => {
            let fits = natural_box(tag) == Some(prim) || own.widens_to(prim);
            fits.then_some((Rank::Checked, Boxing::As { prim, tag: prim.facts().tag }))
        }
        Boxing::BigInteger => {
            let rank = if natural_box(tag).is_none() { Rank::Boxing } else { Rank::Checked };
            is_integer(tag).then_some((rank, Boxing::BigInteger))
        }
        Boxing::Natural => {
            let jdk = &api::get().jdk;
            let class = natural_box(tag)
                .map_or(jdk.big_integer.as_raw(), |prim| jdk.boxes[prim as usize].class.as_raw());
            java.takes(env, class).then_some((Rank::Boxing, Boxing::Natural))
        }
    }
}

fn array(env: Env, declared: &Declared, java: &Arc<JavaClass>) -> Option<Rank> {
    let (rank, innermost) = java.innermost();
    if rank == 0 {
        return not_an_array(env, java);
    }
    let fits = match declared.info.dims {
        dims if dims == i32::from(rank) => element(env, declared, innermost)?,
        -1 => Rank::Checked,
        dims if dims > i32::from(rank) && innermost.is_object() => Rank::Widening,
        dims if dims < i32::from(rank) && is_loose(declared) => Rank::Checked,
        _ => return None,
    };
    let mixed = declared.info.ty == Type::ARRAY && innermost.is_object() && rank == 1;
    Some(if mixed { Rank::Exact } else { fits })
}

/// Whether the elements may be arrays themselves.
fn is_loose(declared: &Declared) -> bool {
    matches!(declared.element(), abi::ANY | abi::HANDLE)
}

/// An array where Java expects a collection, or `Object`.
fn not_an_array(env: Env, java: &JavaClass) -> Option<Rank> {
    if java.is_object() {
        return Some(Rank::Widening);
    }
    java.collected(env).is_some_and(|collected| !collected.is_map()).then_some(Rank::Checked)
}

/// Compares the innermost elements.
fn element(env: Env, declared: &Declared, java: &JavaClass) -> Option<Rank> {
    let tag = declared.element();
    match (tag, java.primitive()) {
        (abi::ANY, None) if java.is_object() => Some(Rank::Exact),
        (abi::ANY, _) => Some(Rank::Checked),
        (abi::HANDLE, None) => handle_element(env, declared, java),
        (abi::STRING8 | abi::STRING16 | abi::STRING32, None) => string(env, java),
        (abi::CALLABLE, None) => takes_function(env, java).then_some(Rank::Checked),
        (abi::CHAR8, Some(Prim::Byte)) => Some(Rank::Exact),
        (tag, Some(prim)) => (Prim::exactly(tag) == Some(prim)).then_some(Rank::Exact),
        (tag, None) => boxed(env, tag, java).map(|_| Rank::Checked),
    }
}

fn handle_element(env: Env, declared: &Declared, java: &JavaClass) -> Option<Rank> {
    match declared.element_alias() {
        None if java.is_object() => Some(Rank::Exact),
        None => Some(Rank::Checked),
        Some(alias) if alias.number == java.number => Some(Rank::Exact),
        Some(alias) if java.takes(env, alias.as_raw()) => Some(Rank::Widening),
        Some(alias) => alias.takes(env, java.as_raw()).then_some(Rank::Checked),
    }
}
