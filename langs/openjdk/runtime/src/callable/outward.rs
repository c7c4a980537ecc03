//! Java calls a function of another runtime through a functional interface.

use core::mem::MaybeUninit;
use core::ptr::null_mut;

use jni_sys::jobject;
use metaffi_plugin::abi;
use metaffi_plugin::value::{
    CallFrame, Error, ErrorKind, OwnedSlots, arity, check_depth, declared_param, discard, takes,
};
use smallvec::SmallVec;

use super::boxes::Boxes;
use crate::api::Candidate;
use crate::class::Shape;
use crate::from_java::FromJava;
use crate::jni::{Env, Local};
use crate::number::{NULL, coerce, slot};
use crate::prim::Prim;
use crate::resolve::{self, Overload};
use crate::to_java::Reference;

/// How a method of a functional interface calls a foreign function.
pub(super) struct Plan {
    /// Which parameters are primitive.
    pub(super) params: Box<[Option<Prim>]>,
    pub(super) returns: Returns,
    /// The signature as written in Java, for error messages.
    signature: String,
}

pub(super) enum Returns {
    Void,
    /// A primitive, boxed when it is passed as an object.
    Primitive(Prim, Reference),
    Reference(Reference),
}

impl Plan {
    pub(super) fn new(env: Env, method: Candidate) -> Result<Self, Error> {
        let method = Overload::new(env, method)?;
        let result = &method.result;
        let returns = match result.shape {
            Shape::Void => Returns::Void,
            Shape::Primitive(prim) => {
                Returns::Primitive(prim, resolve::callback_result(env, &method)?)
            }
            _ => Returns::Reference(resolve::callback_result(env, &method)?),
        };
        let params = method.params.iter().map(|class| class.primitive()).collect();
        Ok(Self { params, returns, signature: method.candidate.signature })
    }

    /// Calls `function`, and returns a local reference or null.
    ///
    /// # Safety
    /// `function` must be live, and `arguments` be null for none, or an array of
    /// what the method takes, primitives in their boxes.
    pub(super) unsafe fn call(
        &self,
        env: Env,
        boxes: &Boxes,
        function: &abi::Callable,
        arguments: jobject,
    ) -> Result<jobject, Error> {
        if !takes(function, self.params.len()) {
            return Err(self.wrong_count(function));
        }
        CallFrame::with(|mut frame| {
            let mut slots = OwnedSlots::of(&frame);
            for (index, prim) in self.params.iter().enumerate() {
                // SAFETY: the caller's promise; the function takes this many arguments.
                let slot = unsafe {
                    let declared = declared_param(function, index);
                    let object = env.element(arguments, index);
                    argument(env, boxes, *prim, object, &declared, &mut frame)
                };
                let slot = slot.map_err(|error| self.bad_argument(index, error))?;
                // SAFETY: made for this frame, and not shared.
                unsafe { slots.push(slot) };
            }
            let mut rets: SmallVec<[MaybeUninit<abi::Value>; 1]> =
                SmallVec::from_elem(MaybeUninit::uninit(), function.nrets as usize);
            // SAFETY: a live function, and as many slots as it declares.
            unsafe { frame.call(function.call, function.context, &slots, &mut rets) }?;
            // SAFETY: a successful callee wrote every slot, and each is released.
            unsafe {
                let rets = core::slice::from_raw_parts(rets.as_ptr().cast(), rets.len());
                let result = self.result(env, rets);
                rets.iter().for_each(|slot| discard(slot));
                result.map_err(|error| self.bad_result(error))
            }
        })
    }

    /// # Safety
    /// `rets` must be valid.
    unsafe fn result(&self, env: Env, rets: &[abi::Value]) -> Result<jobject, Error> {
        let (plan, may_be_null) = match &self.returns {
            Returns::Void => return Ok(null_mut()),
            Returns::Primitive(_, plan) => (plan, false),
            Returns::Reference(plan) => (plan, true),
        };
        // SAFETY: the caller's promise.
        let made = unsafe {
            match rets {
                [] => None,
                [one] => checked(plan, env, one)?,
                several => checked(plan, env, &mixed(several))?,
            }
        };
        match made {
            Some(object) => Ok(object.into_raw()),
            None if may_be_null => Ok(null_mut()),
            None => Err(nothing()),
        }
    }

    #[cold]
    pub(super) fn wrong_count(&self, function: &abi::Callable) -> Error {
        let (signature, passes, takes) = (&self.signature, self.params.len(), arity(function));
        let message =
            format!("`{signature}` passes {passes} argument(s), but the function takes {takes}");
        Error::new(ErrorKind::Argument, message)
    }

    #[cold]
    pub(super) fn bad_argument(&self, index: usize, error: Error) -> Error {
        let number = index + 1;
        let message = format!("argument {number} of `{}`: {}", self.signature, error.message);
        error.with_message(message)
    }

    #[cold]
    pub(super) fn bad_result(&self, error: Error) -> Error {
        let message =
            format!("the result of the function for `{}`: {}", self.signature, error.message);
        error.with_message(message)
    }
}

#[cold]
pub(super) fn nothing() -> Error {
    Error::new(ErrorKind::Argument, "expected a number, got nothing")
}

/// # Safety
/// `slot` must be valid.
unsafe fn checked(plan: &Reference, env: Env, slot: &abi::Value) -> Result<Option<Local>, Error> {
    // SAFETY: the caller's promise.
    unsafe {
        check_depth(slot)?;
        plan.local(env, slot)
    }
}

/// Several results as one array of mixed elements.
fn mixed(results: &[abi::Value]) -> abi::Value {
    let payload = abi::Payload { data: results.as_ptr().cast() };
    let length = results.len() as u64;
    abi::Value { ty: abi::ARRAY | abi::ANY, dims: 1, length, payload, ..NULL }
}

/// The slot of an argument, with the type that the function declares.
///
/// # Safety
/// `object` must be a box of `prim` if there is one.
#[inline]
unsafe fn argument(
    env: Env,
    boxes: &Boxes,
    prim: Option<Prim>,
    object: Option<Local>,
    declared: &abi::TypeInfo,
    frame: &mut CallFrame<'_>,
) -> Result<abi::Value, Error> {
    let Some(object) = object else { return Ok(NULL) };
    let made = match prim {
        // SAFETY: the caller's promise.
        Some(prim) => unsafe {
            let value = boxes.value(env, object.as_raw(), prim);
            let natural = prim.facts().tag;
            match declared.ty {
                abi::HANDLE => FromJava::declared(declared).reference(env, Some(object), frame)?,
                abi::ANY => slot(value, prim, natural),
                tag if Prim::exactly(tag) == Some(prim) => slot(value, prim, tag),
                tag => coerce(&slot(value, prim, natural), tag)?,
            }
        },
        None => FromJava::declared(declared).reference(env, Some(object), frame)?,
    };
    let is_reference = made.ty & (abi::HANDLE | abi::CALLABLE) != 0 && made.ty & abi::ARRAY == 0;
    Ok(if is_reference { abi::Value { ownership: abi::BORROWED, ..made } } else { made })
}
