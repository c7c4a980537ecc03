//! Slots become Java values, by a plan that was made when the entity loaded.
//!
//! Used for the arguments of a Java guest. Every reference that is made is
//! kept in the call's [`LocalStack`]; every object is checked against the
//! class that Java expects, for JNI itself does not.

mod array;
mod boxed;
mod reference;

use std::sync::{Arc, OnceLock};

use jni_sys::jvalue;
use metaffi_plugin::abi;
use metaffi_plugin::value::Error;

use crate::api::Interface;
use crate::class::JavaClass;
use crate::jni::{Env, Local, LocalStack};
use crate::number::{bits, coerce};
use crate::prim::Prim;
pub(crate) use array::spread;
pub(crate) use boxed::natural as natural_box;

/// What becomes of one argument.
#[derive(Clone, Debug)]
pub(crate) enum ToJava {
    /// A primitive: the bits of a slot of type `tag`.
    Primitive {
        tag: abi::Type,
        prim: Prim,
    },
    Reference(Reference),
}

/// How an argument becomes a reference.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    /// What Java expects.
    pub(crate) class: Arc<JavaClass>,
    pub(crate) is_object: bool,
    pub(crate) takes_string: bool,
    pub(crate) boxing: Boxing,
    pub(crate) array: Option<Arc<ArrayPlan>>,
    /// The functional interface, where more is known of it than its class says.
    pub(crate) interface: Option<Arc<Interface>>,
}

/// The box that a number is put into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Boxing {
    /// The one that holds all values of the slot's type.
    Natural,
    As(Prim),
    BigInteger,
}

/// The Java array that a slot becomes.
#[derive(Debug)]
pub(crate) enum ArrayPlan {
    Primitive(Prim),
    /// An array of `element.class`.
    Objects {
        element: Reference,
    },
    /// A `java.util.List` of such elements.
    List {
        element: Reference,
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

impl Reference {
    /// What takes objects of a class, and strings where that takes them.
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

    /// What takes anything.
    pub(crate) fn any(env: Env) -> Result<&'static Self, Error> {
        static ANY: OnceLock<Reference> = OnceLock::new();
        if let Some(any) = ANY.get() {
            return Ok(any);
        }
        let class = JavaClass::object(env)?;
        Ok(ANY.get_or_init(|| Self {
            class,
            is_object: true,
            takes_string: true,
            boxing: Boxing::Natural,
            array: None,
            interface: None,
        }))
    }
}

/// The object that is natural for a value; `None` for null.
///
/// # Safety
/// `slot` must be valid.
pub(crate) unsafe fn result(env: Env, slot: &abi::Value) -> Result<Option<Local>, Error> {
    // SAFETY: the caller's promise.
    unsafe { Reference::any(env)?.local(env, slot) }
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
    // Declared as `any`: bit for bit where the slot's type is that, else by value.
    let bit_for_bit = Prim::exactly(slot.ty) == Some(prim);
    let tag = match tag {
        abi::ANY if bit_for_bit => slot.ty,
        abi::ANY => prim.facts().tag,
        declared => declared,
    };
    let slot = coerce(slot, tag)?;
    // SAFETY: `coerce` returns a slot of a type that fits `prim`.
    Ok(unsafe { bits(&slot, prim) })
}
