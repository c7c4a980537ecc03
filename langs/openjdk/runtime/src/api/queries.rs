//! Questions that other runtimes ask about Java objects.

use core::ptr::NonNull;

use jni_sys::jvalue;
use metaffi_plugin::abi;
use metaffi_plugin::value::{Error, ErrorKind};

use super::jar::Classes;
use crate::class::JavaClass;
use crate::jni::{Env, Global, Local, StaticMethod, new_string};
use crate::object::JavaObject;

/// The helpers in `metaffi.internal.ObjectQueries`.
pub(crate) struct Queries {
    items: StaticMethod,
    entries: StaticMethod,
    method: StaticMethod,
    type_of: StaticMethod,
    type_of_instances: StaticMethod,
    member: StaticMethod,
    describe: StaticMethod,
    entity: StaticMethod,
    namespace: StaticMethod,
}

impl Queries {
    pub(super) fn find(env: Env, classes: &Classes) -> Result<Self, Error> {
        let class = classes.class(env, c"metaffi/internal/ObjectQueries")?;
        Ok(Self {
            items: class.static_method(
                env,
                c"items",
                c"(Ljava/lang/Object;)[Ljava/lang/Object;",
            )?,
            entries: class.static_method(
                env,
                c"entries",
                c"(Ljava/lang/Object;)[[Ljava/lang/Object;",
            )?,
            method: class.static_method(
                env,
                c"method",
                c"(Ljava/lang/Object;Ljava/lang/String;)J",
            )?,
            type_of: class.static_method(env, c"typeOf", c"(Ljava/lang/Object;)J")?,
            type_of_instances: class.static_method(
                env,
                c"typeOfInstances",
                c"(Ljava/lang/Object;)J",
            )?,
            member: class.static_method(
                env,
                c"member",
                c"(Ljava/lang/Object;JLjava/lang/String;)J",
            )?,
            describe: class.static_method(
                env,
                c"describe",
                c"(Ljava/lang/Object;)[Ljava/lang/Object;",
            )?,
            entity: class.static_method(
                env,
                c"entity",
                c"(Ljava/lang/Class;Ljava/lang/String;IZ)J",
            )?,
            namespace: class.static_method(
                env,
                c"namespace",
                c"(Ljava/lang/ClassLoader;)Ljava/lang/Object;",
            )?,
        })
    }

    /// An array of its items; `None` if it is not iterable, or is a mapping.
    pub(crate) fn items(&self, env: Env, object: &JavaObject) -> Result<Option<Local>, Error> {
        // SAFETY: a live object, as `items` takes.
        unsafe { self.items.object(env, &[jvalue { l: object.as_raw() }]) }
    }

    /// The arrays of its keys and its values, in one array; `None` if it is not a mapping.
    pub(crate) fn entries(&self, env: Env, object: &JavaObject) -> Result<Option<Local>, Error> {
        // SAFETY: a live object, as `entries` takes.
        unsafe { self.entries.object(env, &[jvalue { l: object.as_raw() }]) }
    }

    /// The callable of a method, with one reference for the caller.
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

    /// The number of an object's type.
    pub(crate) fn type_of(&self, env: Env, object: &JavaObject) -> Result<u64, Error> {
        // SAFETY: a live object, as `typeOf` takes.
        unsafe { self.type_of.long(env, &[jvalue { l: object.as_raw() }]) }.map(|raw| raw as u64)
    }

    /// The number of the type of a class's instances; 0 if it is not a class.
    pub(crate) fn type_of_instances(&self, env: Env, object: &JavaObject) -> Result<u64, Error> {
        let args = [jvalue { l: object.as_raw() }];
        // SAFETY: a live object, as `typeOfInstances` takes.
        unsafe { self.type_of_instances.long(env, &args) }.map(|raw| raw as u64)
    }

    /// The callable of a member, with one reference for the caller.
    pub(crate) fn member(
        &self,
        env: Env,
        object: &JavaObject,
        kind: i64,
        name: &Local,
    ) -> Result<Option<NonNull<abi::Object>>, Error> {
        let args = [jvalue { l: object.as_raw() }, jvalue { j: kind }, jvalue { l: name.as_raw() }];
        // SAFETY: a live object, a number and a string, as `member` takes.
        let raw = unsafe { self.member.long(env, &args) }?;
        Ok(NonNull::new(raw as *mut abi::Object))
    }

    /// The five parts of the description of an object's type.
    pub(crate) fn describe(&self, env: Env, object: &JavaObject) -> Result<Local, Error> {
        // SAFETY: a live object, as `describe` takes.
        let parts = unsafe { self.describe.object(env, &[jvalue { l: object.as_raw() }]) }?;
        parts.ok_or_else(|| Error::new(ErrorKind::Internal, "an object has no description"))
    }

    /// The callable of a member of a class; one reference is the caller's.
    pub(crate) fn entity(
        &self,
        env: Env,
        class: &JavaClass,
        name: &str,
        sort: i32,
        on_instance: bool,
    ) -> Result<Option<NonNull<abi::Object>>, Error> {
        let name = new_string(env, name.as_bytes())?;
        let args = [
            jvalue { l: class.as_raw() },
            jvalue { l: name.as_raw() },
            jvalue { i: sort },
            jvalue { z: on_instance },
        ];
        // SAFETY: what `entity` takes.
        let raw = unsafe { self.entity.long(env, &args) }?;
        Ok(NonNull::new(raw as *mut abi::Object))
    }

    /// The object that represents a module.
    pub(crate) fn namespace(&self, env: Env, loader: &Global) -> Result<Local, Error> {
        // SAFETY: a module's loader, as `namespace` takes.
        let module = unsafe { self.namespace.object(env, &[jvalue { l: loader.as_raw() }]) }?;
        module.ok_or_else(|| Error::new(ErrorKind::Internal, "a module has no object"))
    }
}
