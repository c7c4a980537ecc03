//! The hot path: one call of a loaded entity.

use core::ptr::null_mut;
use std::sync::Arc;

use jni_sys::{jobject, jvalue};
use metaffi_plugin::value::{Error, ErrorKind, GuestFrame};
use metaffi_plugin::{Callee, abi};
use smallvec::SmallVec;

use crate::api;
use crate::from_java::FromJava;
use crate::jni::{Env, LocalStack};
use crate::module::Loader;
use crate::number::{NULL, slot};
use crate::target::{Outcome, Target};
use crate::to_java::{ArrayPlan, Reference, ToJava, spread};
use crate::vm::thread;

/// A member with the plans for its arguments and its result.
pub(crate) struct Call {
    pub(crate) target: Target,
    pub(crate) first: First,
    pub(crate) params: Box<[ToJava]>,
    /// The array parameter that takes all further arguments.
    pub(crate) spread: Option<ArrayPlan>,
    /// Whether a parameter is an array of primitives, which Java may fill.
    pub(crate) fills: bool,
    pub(crate) result: FromJava,
    /// The number of arguments that the host passes, the receiver included.
    pub(crate) count: usize,
    /// The module of an entity; `None` for a function passed as a value.
    pub(crate) loader: Option<Arc<Loader>>,
    /// The signature in Java, for error messages.
    pub(crate) signature: String,
}

/// The role of the first argument.
pub(crate) enum First {
    /// The first parameter.
    Param,
    /// The object that the member is called on.
    Receiver(Reference),
    /// The same for a static member, which ignores it.
    Ignored,
}

impl Callee for Call {
    #[inline]
    fn call(&self, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
        let env = self.enter()?;
        // SAFETY: no bound object; an entity with a receiver takes it as an argument.
        unsafe { self.run(env, null_mut(), frame) }
    }
}

/// This thread's environment, with the module's class loader as its context.
#[inline(always)]
pub(crate) fn enter(loader: &Loader) -> Result<Env, Error> {
    let (env, switches) = thread::enter_module(loader.number, loader.has_paths)?;
    if switches {
        api::get().values.enter_module(env, &loader.class_loader)?;
    }
    Ok(env)
}

impl Call {
    /// This thread's environment, prepared for the entity's module. Inlined into both call paths:
    /// as a separate function it cost each call 30 instructions.
    #[inline(always)]
    pub(crate) fn enter(&self) -> Result<Env, Error> {
        match &self.loader {
            Some(loader) => enter(loader),
            None => thread::enter(),
        }
    }

    /// One call, on `bound` unless that is null.
    ///
    /// # Safety
    /// `bound` must be null, or an object that has the member, which then has no
    /// receiver among the arguments.
    #[inline]
    pub(crate) unsafe fn run(
        &self,
        env: Env,
        bound: jobject,
        frame: &mut GuestFrame<'_>,
    ) -> Result<(), Error> {
        let slots = frame.args();
        self.check_count(slots.len())?;
        let mut locals = LocalStack::new(env);
        // SAFETY: the slots of a frame are valid until the call returns.
        let outcome = unsafe { self.invoke(env, bound, slots, &mut locals) }?;
        self.finish(env, outcome, frame)
    }

    /// # Safety
    /// As [`Call::run`]; `slots` must be valid, and be `self.count`.
    #[inline]
    unsafe fn invoke(
        &self,
        env: Env,
        bound: jobject,
        slots: &[abi::Value],
        locals: &mut LocalStack,
    ) -> Result<Outcome, Error> {
        let (mut receiver, mut rest) = (bound, slots);
        match (&self.first, slots.split_first()) {
            (First::Param, _) | (_, None) => {}
            (First::Receiver(plan), Some((first, others))) => {
                // SAFETY: the caller's promise.
                receiver = unsafe { self.receiver(env, plan, first, locals) }?;
                rest = others;
            }
            (First::Ignored, Some((_, others))) => rest = others,
        }
        let mut args: SmallVec<[jvalue; 8]> = SmallVec::new();
        for (index, plan) in self.params.iter().enumerate() {
            // SAFETY: the caller's promise.
            let value = unsafe { plan.convert(env, &rest[index], locals) };
            args.push(value.map_err(|error| self.bad_argument(index, error))?);
        }
        if let Some(plan) = &self.spread {
            // SAFETY: the caller's promise.
            let array = unsafe { spread(env, &rest[self.params.len()..], plan) };
            let array = array.map_err(|error| self.bad_argument(self.params.len(), error))?;
            args.push(jvalue { l: locals.keep(array) });
        }
        // SAFETY: the plans made what the member takes.
        let outcome = unsafe { self.target.invoke(env, receiver, &args) }?;
        if self.fills {
            for ((plan, slot), arg) in self.params.iter().zip(rest).zip(&args) {
                // SAFETY: the array was made of the slot, by this plan.
                unsafe { plan.write_back(env, slot, *arg) };
            }
        }
        Ok(outcome)
    }

    /// # Safety
    /// `slot` must be valid.
    #[inline]
    unsafe fn receiver(
        &self,
        env: Env,
        plan: &Reference,
        slot: &abi::Value,
        locals: &mut LocalStack,
    ) -> Result<jobject, Error> {
        // SAFETY: the caller's promise.
        let object = unsafe { plan.convert(env, slot, locals) };
        let object = object.map_err(|error| self.bad_receiver(&error.message))?;
        if object.is_null() {
            return Err(self.bad_receiver("it is null"));
        }
        Ok(object)
    }

    #[inline]
    fn finish(&self, env: Env, outcome: Outcome, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
        let result = match outcome {
            // Straight into the caller's slot: a detour through memory costs more than the rest of
            // this function.
            Outcome::Primitive(value) if let FromJava::Exact { prim, tag } = self.result => {
                // SAFETY: the plan was made for what the member returns.
                return frame.set(0, unsafe { slot(value, prim, tag) });
            }
            _ if !self.result.has_slot() => return Ok(()),
            // SAFETY: the plan was made for what the member returns.
            Outcome::Primitive(value) => unsafe { self.result.primitive(env, value) },
            Outcome::Reference(local) => self.result.reference(env, local, frame),
            Outcome::Void => Ok(NULL),
        };
        let result = result.map_err(|error| bad_result(&self.signature, error))?;
        frame.set(0, result)
    }

    /// The same, without converting the result.
    ///
    /// # Safety
    /// As [`Call::run`].
    pub(crate) unsafe fn outcome(
        &self,
        env: Env,
        bound: jobject,
        slots: &[abi::Value],
    ) -> Result<Outcome, Error> {
        self.check_count(slots.len())?;
        // SAFETY: the caller's promise.
        unsafe { self.invoke(env, bound, slots, &mut LocalStack::new(env)) }
    }

    #[inline]
    fn check_count(&self, count: usize) -> Result<(), Error> {
        if count == self.count { Ok(()) } else { Err(self.wrong_count(count)) }
    }

    #[cold]
    fn wrong_count(&self, actual: usize) -> Error {
        let (signature, count) = (&self.signature, self.count);
        let with = if matches!(self.first, First::Param) { "" } else { ", the object first" };
        let message = format!("`{signature}` takes {count} argument(s){with}, got {actual}");
        Error::new(ErrorKind::Argument, message)
    }

    #[cold]
    fn bad_argument(&self, index: usize, error: Error) -> Error {
        if error.kind == ErrorKind::Guest {
            return error;
        }
        let number = index + 1;
        let message = format!("argument {number} of `{}`: {}", self.signature, error.message);
        error.with_message(message)
    }

    #[cold]
    fn bad_receiver(&self, why: &str) -> Error {
        let message = format!("the object to call `{}` on: {why}", self.signature);
        Error::new(ErrorKind::Argument, message)
    }
}

/// The error of a result that cannot be converted to its declared type.
#[cold]
pub(crate) fn bad_result(signature: &str, error: Error) -> Error {
    if error.kind == ErrorKind::Guest {
        return error;
    }
    let message = format!("`{signature}`: {}", error.message);
    error.with_message(message)
}
