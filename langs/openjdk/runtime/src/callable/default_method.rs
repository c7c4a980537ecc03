//! Calls a default method of a proxy, which is the interface's own code.
//!
//! Uses JNI: before JDK 16, which added `InvocationHandler.invokeDefault`, Java itself has no way
//! that works for all interfaces.

use core::ptr::null_mut;

use jni_sys::{jobject, jvalue};
use metaffi_plugin::value::Error;
use smallvec::SmallVec;

use super::boxes::Boxes;
use crate::api::{Candidate, Kind};
use crate::jni::{Env, Local};
use crate::prim::Prim;
use crate::resolve::Overload;
use crate::target::Target;

/// How to call a default method of a proxy.
pub(super) struct Plan {
    target: Target,
    params: Box<[Option<Prim>]>,
}

impl Plan {
    pub(super) fn new(env: Env, method: Candidate) -> Result<Self, Error> {
        let method = Overload::new(env, method)?;
        let target = Target::method(env, &method.candidate, Kind::Method, None)?;
        let params = method.params.iter().map(|class| class.primitive()).collect();
        Ok(Self { target, params })
    }

    /// Calls it on `proxy`, and returns a local reference or null.
    ///
    /// # Safety
    /// `proxy` must implement the interface; `arguments` must be null for none, or an array of the
    /// method's arguments, primitives boxed.
    pub(super) unsafe fn call(
        &self,
        env: Env,
        boxes: &Boxes,
        proxy: jobject,
        arguments: jobject,
    ) -> Result<jobject, Error> {
        let mut values: SmallVec<[jvalue; 4]> = SmallVec::new();
        let mut objects: SmallVec<[Option<Local>; 4]> = SmallVec::new();
        for (index, prim) in self.params.iter().enumerate() {
            // SAFETY: the caller's promise.
            let object = unsafe { env.element(arguments, index) };
            values.push(match (prim, &object) {
                // SAFETY: as above: a box of that primitive.
                (Some(prim), Some(boxed)) => unsafe { boxes.value(env, boxed.as_raw(), *prim) },
                (_, Some(object)) => jvalue { l: object.as_raw() },
                (_, None) => jvalue { l: null_mut() },
            });
            objects.push(object);
        }
        // SAFETY: as above; the values are what the method takes.
        unsafe {
            self.target.invoke_nonvirtual(env, proxy, &values)?.into_object(env, &self.target)
        }
    }
}
