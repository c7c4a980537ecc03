//! What Java's objects answer when other runtimes ask them.

use core::ptr::NonNull;

use jni_sys::jvalue;
use metaffi_plugin::abi;
use metaffi_plugin::value::Error;

use super::jar::Classes;
use crate::jni::{Env, Local, StaticMethod};
use crate::object::JavaObject;

/// The helpers in `metaffi.internal.Asked`.
pub(crate) struct Asked {
    items: StaticMethod,
    entries: StaticMethod,
    method: StaticMethod,
}

impl Asked {
    pub(super) fn find(env: Env, classes: &Classes) -> Result<Self, Error> {
        let asked = classes.class(env, c"metaffi/internal/Asked")?;
        Ok(Self {
            items: asked.static_method(
                env,
                c"items",
                c"(Ljava/lang/Object;)[Ljava/lang/Object;",
            )?,
            entries: asked.static_method(
                env,
                c"entries",
                c"(Ljava/lang/Object;)[[Ljava/lang/Object;",
            )?,
            method: asked.static_method(
                env,
                c"method",
                c"(Ljava/lang/Object;Ljava/lang/String;)J",
            )?,
        })
    }

    /// An array of what it gives one after the other; `None` where it is nothing to
    /// go through, or a mapping.
    pub(crate) fn items(&self, env: Env, object: &JavaObject) -> Result<Option<Local>, Error> {
        // SAFETY: a live object, as `items` takes.
        unsafe { self.items.object(env, &[jvalue { l: object.as_raw() }]) }
    }

    /// The arrays of its keys and its values, in one; `None` where it is no mapping.
    pub(crate) fn entries(&self, env: Env, object: &JavaObject) -> Result<Option<Local>, Error> {
        // SAFETY: a live object, as `entries` takes.
        unsafe { self.entries.object(env, &[jvalue { l: object.as_raw() }]) }
    }

    /// The callable of a method; one reference is the caller's.
    pub(crate) fn method(
        &self,
        env: Env,
        object: &JavaObject,
        name: &Local,
    ) -> Result<Option<NonNull<abi::Object>>, Error> {
        let args = [jvalue { l: object.as_raw() }, jvalue { l: name.as_raw() }];
        // SAFETY: a live object and a string, as `method` takes.
        let raw = unsafe { self.method.long(env, &args) }?;
        Ok(NonNull::new(raw as *mut abi::Object))
    }
}
