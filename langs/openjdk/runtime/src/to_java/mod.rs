//! Lifts slots to Java values, by a plan that was made when the entity was loaded.
//!
//! Used for the arguments of a Java guest. Every reference that is made is kept in the call's
//! [`LocalStack`]; every object is checked against the class that Java expects, because JNI itself
//! does not check.

mod array;
mod boxed;
mod collected;
mod reference;

use std::sync::{Arc, OnceLock};

use jni_sys::jvalue;
use metaffi_plugin::abi;
use metaffi_plugin::value::{Error, ErrorKind, Exact, ExactKind, Type, check_depth};

use crate::api::Interface;
use crate::class::JavaClass;
use crate::jni::{Env, Local, LocalStack};
use crate::number::{bits, coerce, coerce_float, is_float, is_integer, mismatch};
use crate::prim::Prim;
pub(crate) use array::spread;
pub(crate) use boxed::natural as natural_box;
pub(crate) use collected::Collected;

/// How to lift one argument.
#[derive(Clone, Debug)]
pub(crate) enum ToJava {
    /// A primitive, from the bits of a slot of type `tag`.
    Primitive {
        tag: abi::Type,
        prim: Prim,
    },
    Reference(Reference),
}

/// How an argument becomes a reference.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    /// The class that Java expects.
    pub(crate) class: Arc<JavaClass>,
    pub(crate) is_object: bool,
    pub(crate) takes_string: bool,
    pub(crate) boxing: Boxing,
    pub(crate) array: Option<Arc<ArrayPlan>>,
    /// The functional interface, if more is known about it than its class says.
    pub(crate) interface: Option<Arc<Interface>>,
}

/// The box for a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Boxing {
    /// The box that holds all values of the slot's type.
    Natural,
    /// The box of `prim`, with the bits of a `tag`, whose range values must be in.
    As {
        prim: Prim,
        tag: abi::Type,
    },
    BigInteger,
}

/// How to make a Java array from a slot.
#[derive(Debug)]
pub(crate) enum ArrayPlan {
    /// An array of `prim`, with the bits of a `tag` each, as in [`Boxing::As`].
    Primitive { prim: Prim, tag: abi::Type },
    /// An array of `element.class`.
    Objects { element: Reference },
    /// A collection of such elements.
    Collection { element: Reference, collected: Collected },
    /// A map, which is never made from an array.
    Map { key: Reference, value: Reference, collected: Collected },
    /// The natural array for the elements, which keeps their values.
    Values {
        /// Whether nested arrays become lists, too, except blocks of memory.
        lists: bool,
    },
}

impl ToJava {
    /// The value of one argument.
    ///
    /// # Safety
    /// `slot` must be valid.
    #[inline]
    pub(crate) unsafe fn convert(
        &self,
        env: Env,
        slot: &abi::Value,
        locals: &mut LocalStack,
    ) -> Result<jvalue, Error> {
        match self {
            Self::Primitive { tag, prim } => primitive(slot, *tag, *prim),
            // SAFETY: the caller's promise.
            Self::Reference(reference) => unsafe {
                Ok(jvalue { l: reference.convert(env, slot, locals)? })
            },
        }
    }
}

impl ToJava {
    /// Whether the argument may be an array that the call fills.
    pub(crate) fn may_be_filled(&self) -> bool {
        self.filled().is_some()
    }

    fn filled(&self) -> Option<Prim> {
        match self {
            Self::Reference(Reference { array: Some(array), .. }) => match **array {
                ArrayPlan::Primitive { prim, .. } => Some(prim),
                _ => None,
            },
            _ => None,
        }
    }

    /// Copies back what a call stored in an array that the host passed as fillable.
    ///
    /// # Safety
    /// `slot` must be valid, and `value` must have been made from it by this plan.
    pub(crate) unsafe fn write_back(&self, env: Env, slot: &abi::Value, value: jvalue) {
        if slot.flags & abi::FILLABLE == 0 {
            return;
        }
        if let Some(prim) = self.filled() {
            // SAFETY: the caller's promise.
            unsafe { array::write_back(env, slot, prim, value.l) };
        }
    }
}

impl Reference {
    /// A plan for objects of a class, and for strings if it is `String`.
    pub(crate) fn plain(class: Arc<JavaClass>) -> Self {
        Self {
            is_object: class.is_object(),
            takes_string: class.name == "java.lang.String",
            class,
            boxing: Boxing::Natural,
            array: None,
            interface: None,
        }
    }

    /// A plan for any value.
    pub(crate) fn any(env: Env) -> Result<&'static Self, Error> {
        static ANY: OnceLock<Reference> = OnceLock::new();
        Self::natural(env, &ANY, None)
    }

    /// A plan for any value, by its Java value: no unsigned integer becomes another number with the
    /// same bits.
    pub(crate) fn value(env: Env) -> Result<&'static Self, Error> {
        static VALUE: OnceLock<Reference> = OnceLock::new();
        Self::natural(env, &VALUE, Some(ArrayPlan::Values { lists: false }))
    }

    /// The same for an element of a list, where nested arrays become lists, too.
    pub(crate) fn listed(env: Env) -> Result<&'static Self, Error> {
        static LISTED: OnceLock<Reference> = OnceLock::new();
        Self::natural(env, &LISTED, Some(ArrayPlan::Values { lists: true }))
    }

    fn natural(
        env: Env,
        known: &'static OnceLock<Self>,
        array: Option<ArrayPlan>,
    ) -> Result<&'static Self, Error> {
        if let Some(known) = known.get() {
            return Ok(known);
        }
        let class = JavaClass::object(env)?;
        Ok(known.get_or_init(|| Self {
            class,
            is_object: true,
            takes_string: true,
            boxing: Boxing::Natural,
            array: array.map(Arc::new),
            interface: None,
        }))
    }
}

/// The natural object for a value; `None` for null.
///
/// # Safety
/// `slot` must be valid.
pub(crate) unsafe fn result(env: Env, slot: &abi::Value) -> Result<Option<Local>, Error> {
    // SAFETY: the caller's promise.
    unsafe {
        check_depth(slot)?;
        Reference::any(env)?.local(env, slot)
    }
}

#[inline]
fn primitive(slot: &abi::Value, tag: abi::Type, prim: Prim) -> Result<jvalue, Error> {
    if slot.ty == tag {
        // SAFETY: the plan was made for slots of this type.
        return Ok(unsafe { bits(slot, prim) });
    }
    primitive_of_other_type(slot, tag, prim)
}

#[cold]
fn primitive_of_other_type(slot: &abi::Value, tag: abi::Type, prim: Prim) -> Result<jvalue, Error> {
    // Declared as `any`, a value is converted from its actual type.
    let tag = if tag == abi::ANY { prim.facts().tag } else { tag };
    let slot = match slot.ty {
        abi::STRING8 if tag == abi::CHAR16 => character(slot)?,
        abi::HANDLE => exact_number(slot, tag)?,
        _ => coerce(slot, tag)?,
    };
    // SAFETY: `coerce` returns a slot of a type that matches `prim`.
    Ok(unsafe { bits(&slot, prim) })
}

/// The nearest floating-point number to a number that is passed as an object.
fn exact_number(slot: &abi::Value, tag: abi::Type) -> Result<abi::Value, Error> {
    // SAFETY: the callers' slots are handles; an argument lives as long as the call.
    let exact = unsafe { crate::slot::object(slot).and_then(|o| Exact::of(o)) };
    let Some(exact) = exact else { return Err(mismatch(Type::from_raw(tag), slot)) };
    match exact.to_f64() {
        Some(nearest) if is_float(tag) => coerce_float(nearest, tag),
        _ if is_float(tag) || is_integer(tag) && exact.kind == ExactKind::Integer => {
            let message = format!("{exact} is out of range for {}", Type::from_raw(tag));
            Err(Error::new(ErrorKind::Argument, message))
        }
        _ => {
            let message = format!("expected {}, got {exact}", Type::from_raw(tag));
            Err(Error::new(ErrorKind::Argument, message))
        }
    }
}

/// The single UTF-16 unit of a string, for languages whose characters are strings.
fn character(slot: &abi::Value) -> Result<abi::Value, Error> {
    // SAFETY: the callers' slots are `string8`s.
    let text = unsafe { crate::slot::text(slot) };
    let mut units = core::str::from_utf8(text).unwrap_or_default().encode_utf16();
    match (units.next(), units.next()) {
        (Some(unit), None) => {
            Ok(crate::number::scalar(abi::CHAR16, abi::Payload { u64: unit.into() }))
        }
        _ => Err(mismatch("one character of UTF-16", slot)),
    }
}
