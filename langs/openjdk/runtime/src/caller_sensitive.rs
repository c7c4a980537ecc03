//! Caller-sensitive methods of the JDK, such as `Class.forName`.
//!
//! Called through JNI they would see no caller, or one of our classes further down the stack. So
//!  `metaffi.internal.CallerFrame` calls them, which the module's loader defines. `Callers.java`
//!  decides which methods these are.

use core::ptr::null_mut;

use jni_sys::{jobject, jvalue};
use metaffi_plugin::value::{Error, ErrorKind};

use crate::api::{self, Candidate};
use crate::callable::boxes;
use crate::class::JavaClass;
use crate::jni::{Class, Env, Global, Local, StaticMethod, jni};
use crate::prim::Prim;

/// A caller-sensitive method.
pub(crate) struct CallerSensitive {
    /// `CallerFrame.call` of the module; `None` if each call uses that of its thread's module.
    call: Option<StaticMethod>,
    /// The `java.lang.reflect.Method`.
    method: Global,
    /// Which parameters are primitive.
    params: Box<[Option<Prim>]>,
}

impl CallerSensitive {
    /// Prepares `candidate` for a module with this loader, or for the module that the calling
    /// thread has entered.
    pub(crate) fn new(
        env: Env,
        candidate: &Candidate,
        loader: Option<&Global>,
    ) -> Result<Self, Error> {
        let call = loader.map(|loader| Self::frame(env, Some(loader))).transpose()?;
        let mut params = Vec::new();
        for (class, name) in candidate.types.iter().rev().skip(1).rev() {
            params.push(JavaClass::of(env, class, name)?.primitive());
        }
        Ok(Self { call, method: candidate.member.to_global()?, params: params.into() })
    }

    /// `CallerFrame.call` for a loader, or for this thread's module.
    fn frame(env: Env, loader: Option<&Global>) -> Result<StaticMethod, Error> {
        const CALL: &core::ffi::CStr =
            c"(Ljava/lang/reflect/Method;Ljava/lang/Object;[Ljava/lang/Object;)Ljava/lang/Object;";
        Class::new(&api::get().loading.caller_frame(env, loader)?)?
            .static_method(env, c"call", CALL)
    }

    /// Calls the method; a primitive result is boxed.
    ///
    /// # Safety
    /// As for `Target::invoke`.
    pub(crate) unsafe fn call(
        &self,
        env: Env,
        receiver: jobject,
        args: &[jvalue],
    ) -> Result<Option<Local>, Error> {
        // SAFETY: the caller's promise; an array of as many elements.
        unsafe {
            let object = api::get().jdk.object.as_raw();
            let array =
                env.made(jni!(env, NewObjectArray, args.len() as i32, object, null_mut()))?;
            for ((index, arg), prim) in (0..).zip(args).zip(&self.params) {
                let boxed = prim.map(|prim| boxed(env, prim, *arg)).transpose()?;
                let element = boxed.as_ref().map_or_else(|| arg.l, Local::as_raw);
                jni!(env, SetObjectArrayElement, array.as_raw(), index, element);
            }
            let args = [
                jvalue { l: self.method.as_raw() },
                jvalue { l: receiver },
                jvalue { l: array.as_raw() },
            ];
            match &self.call {
                Some(call) => call.object(env, &args),
                None => Self::frame(env, None)?.object(env, &args),
            }
        }
    }

    /// The primitive in a box that reflection returned.
    ///
    /// # Safety
    /// `boxed` must be a box of `prim` if it is not `None`.
    pub(crate) unsafe fn unboxed(
        env: Env,
        boxed: Option<Local>,
        prim: Prim,
    ) -> Result<jvalue, Error> {
        let nothing = || Error::new(ErrorKind::Internal, "reflection returned no primitive");
        // SAFETY: the caller's promise.
        Ok(unsafe { boxes().value(env, boxed.ok_or_else(nothing)?.as_raw(), prim) })
    }
}

/// # Safety
/// `value` must hold a `prim`.
unsafe fn boxed(env: Env, prim: Prim, value: jvalue) -> Result<Local, Error> {
    // SAFETY: the caller's promise; `valueOf` takes that primitive.
    let boxed = unsafe { api::get().jdk.boxes[prim as usize].value_of.object(env, &[value]) }?;
    boxed.ok_or_else(|| Error::new(ErrorKind::Internal, "valueOf returned null"))
}
