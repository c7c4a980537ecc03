//! References: strings, handles, and any other slot by its tag.

use core::ptr::{NonNull, null_mut};

use jni_sys::jobject;
use metaffi_plugin::abi;
use metaffi_plugin::value::{Error, ErrorKind, Exact, check_depth, is_mapping, query_method};

use super::{Boxing, Reference, array, boxed};
use crate::api::{self, Interface};
use crate::callable::JavaFunction;
use crate::foreign;
use crate::host::raise;
use crate::jni::{Env, Local, LocalStack, jni, new_string, string_of_units};
use crate::number::is_primitive;
use crate::object::JavaObject;
use crate::prim::Prim;
use crate::slot;

impl Reference {
    /// The object of an argument, alive until `locals` is dropped or the slot ends.
    ///
    /// # Safety
    /// `slot` must be valid.
    #[inline]
    pub(crate) unsafe fn convert(
        &self,
        env: Env,
        slot: &abi::Value,
        locals: &mut LocalStack,
    ) -> Result<jobject, Error> {
        // SAFETY: the caller's promise; the tag gives the type of the slot.
        unsafe {
            match slot.ty {
                abi::HANDLE => self.object(env, slot, locals),
                abi::STRING8 if self.takes_string => {
                    Ok(locals.keep(new_string(env, slot::text(slot))?))
                }
                abi::NULL => Ok(null_mut()),
                abi::CALLABLE if slot::object(slot).is_none() => Ok(null_mut()),
                abi::CALLABLE if !self.takes_metaffi_object() => {
                    Ok(locals.keep(self.function(env, slot)?))
                }
                _ => {
                    check_depth(slot)?;
                    Ok(locals.keep(self.other(env, slot)?))
                }
            }
        }
    }

    /// # Safety
    /// `slot` must be a valid handle.
    #[inline]
    unsafe fn object(
        &self,
        env: Env,
        slot: &abi::Value,
        locals: &mut LocalStack,
    ) -> Result<jobject, Error> {
        // SAFETY: the caller's promise.
        let Some(object) = (unsafe { slot::object(slot) }) else { return Ok(null_mut()) };
        // SAFETY: as above; an argument lives as long as the call.
        match unsafe { JavaObject::of(object) } {
            Some(own) if self.is_object || own.is_instance(env, &self.class) => Ok(own.as_raw()),
            Some(own) => Ok(locals.keep(self.adapted(env, own)?)),
            // SAFETY: as above.
            None => Ok(locals.keep(unsafe { self.foreign(env, object) }?)),
        }
    }

    /// # Safety
    /// `object` must be live.
    #[cold]
    unsafe fn foreign(&self, env: Env, object: NonNull<abi::Object>) -> Result<Local, Error> {
        if self.takes_metaffi_object() {
            // SAFETY: the caller's promise.
            let handle = unsafe { foreign::to_java(env, object) }?;
            return self.as_metaffi_object(env, &handle);
        }
        // SAFETY: the caller's promise.
        if self.is_object && is_mapping(unsafe { object.as_ref() }) {
            // SAFETY: the caller's promise.
            let handle = unsafe { foreign::to_java(env, object) }?;
            // SAFETY: just made.
            return unsafe { api::get().values.map_of(env, handle.as_raw()) };
        }
        // SAFETY: the caller's promise.
        let exact = unsafe { Exact::of(object) };
        if let Some(exact) = &exact {
            // SAFETY: the caller's promise.
            let own = unsafe { self.java_value(env, exact, object) }?;
            if let Some(own) = own {
                return Ok(own);
            }
        }
        // SAFETY: the caller's promise.
        if let Some(made) = unsafe { self.collected(env, object) }? {
            return Ok(made);
        }
        if !self.is_object && self.class.name != "metaffi.MetaFFIHandle" {
            // SAFETY: the caller's promise.
            if let Some(made) = unsafe { self.implemented(env, object) }? {
                return Ok(made);
            }
            if !self.class.takes(env, api::get().values.handle.as_raw()) {
                return Err(self.wrong_object(env, exact));
            }
        }
        // SAFETY: the caller's promise.
        unsafe { foreign::to_java(env, object) }
    }

    /// Whether the expected class is `MetaFFIObject`, which is used by the names of its members.
    fn takes_metaffi_object(&self) -> bool {
        self.class.name == "metaffi.MetaFFIObject"
    }

    /// Wraps a value as a `MetaFFIObject`.
    fn as_metaffi_object(&self, env: Env, value: &Local) -> Result<Local, Error> {
        // SAFETY: a live object.
        unsafe { api::get().values.object_of(env, value.as_raw()) }
    }

    /// An object of the expected interface that calls `object`, if both are functions, or its
    /// methods.
    ///
    /// # Safety
    /// `object` must be live.
    unsafe fn implemented(
        &self,
        env: Env,
        object: NonNull<abi::Object>,
    ) -> Result<Option<Local>, Error> {
        // SAFETY: the caller's promise.
        unsafe {
            if let Some(interface) = self.functional(env)?
                && let Some(function) = query_method(object, "")?
            {
                return interface.bind(env, function.as_raw()).map(Some);
            }
            api::get().functions.implement(env, &self.class, object)
        }
    }

    /// An object of the expected interface for an object whose class implements the interface's
    /// stub.
    #[cold]
    fn adapted(&self, env: Env, own: &JavaObject) -> Result<Local, Error> {
        if self.takes_metaffi_object() {
            // SAFETY: a live object.
            return unsafe { api::get().values.object_of(env, own.as_raw()) };
        }
        let made = api::get().functions.adapt(env, &self.class, own)?;
        // SAFETY: a live object.
        made.ok_or_else(|| unsafe { self.wrong_class(env, own.as_raw()) })
    }

    /// The expected functional interface, if it is one.
    fn functional(&self, env: Env) -> Result<Option<&Interface>, Error> {
        match &self.interface {
            Some(known) => Ok(Some(known)),
            None => self.class.interface(env),
        }
    }

    #[cold]
    fn wrong_object(&self, env: Env, exact: Option<Exact<'_>>) -> Error {
        let expected = self.class.source_name();
        let actual = match (exact, api::get().functions.required_methods(env, &self.class)) {
            (Some(exact), _) => exact.to_string(),
            (None, Some(methods)) => {
                format!("an object of another runtime that lacks its methods ({methods})")
            }
            (None, None) => "an object of another runtime".to_owned(),
        };
        Error::new(ErrorKind::Argument, format!("expected {expected}, got {actual}"))
    }

    /// The Java object for an exact value or an error of another runtime; `None` if no object of
    /// the expected class has that value.
    ///
    /// # Safety
    /// `object` must be live, and `exact` must be its value.
    unsafe fn java_value(
        &self,
        env: Env,
        exact: &Exact<'_>,
        object: NonNull<abi::Object>,
    ) -> Result<Option<Local>, Error> {
        // SAFETY: the caller's promise.
        if let Some(error) = unsafe { Error::of_object(object) } {
            let takes = self.is_object || self.class.takes(env, api::get().host.exception.as_raw());
            return if takes { raise::value(env, &error).map(Some) } else { Ok(None) };
        }
        // SAFETY: a class.
        unsafe { api::get().values.make_exact(env, exact, self.class.as_raw()) }
    }

    /// Any slot other than a handle, or a string that matches directly.
    ///
    /// # Safety
    /// `slot` must be valid and not null.
    #[cold]
    pub(super) unsafe fn other(&self, env: Env, slot: &abi::Value) -> Result<Local, Error> {
        if self.takes_metaffi_object() {
            // SAFETY: the caller's promise.
            let value = unsafe { Self::any(env)?.other(env, slot) }?;
            return self.as_metaffi_object(env, &value);
        }
        // SAFETY: the caller's promise; the tag gives the type of the slot.
        let local = unsafe {
            match slot.ty {
                abi::STRING8 if self.is_character() => boxed::convert(env, slot, self.boxing),
                abi::STRING8 => new_string(env, slot::text(slot)),
                abi::STRING16 => utf16(env, slot),
                abi::STRING32 => utf32(env, slot),
                ty if ty & abi::ARRAY != 0 => array::convert(env, slot, self.array.as_deref()),
                ty if is_primitive(ty) => boxed::convert(env, slot, self.boxing),
                abi::CALLABLE => return self.function(env, slot),
                _ => Err(crate::number::mismatch(self.class.source_name(), slot)),
            }
        }?;
        // SAFETY: a live object and a class.
        if self.is_object || unsafe { jni!(env, IsInstanceOf, local.as_raw(), self.class.as_raw()) }
        {
            return Ok(local);
        }
        // SAFETY: a live object.
        Err(unsafe { self.wrong_class(env, local.as_raw()) })
    }

    const fn is_character(&self) -> bool {
        matches!(self.boxing, Boxing::As { prim: Prim::Char, .. })
    }

    /// A function: its Java original, an object of the expected functional interface, or a
    /// `Caller`.
    ///
    /// # Safety
    /// `slot` must be a callable that is not null.
    unsafe fn function(&self, env: Env, slot: &abi::Value) -> Result<Local, Error> {
        // SAFETY: the caller's promise.
        let function = unsafe { slot::object(slot) }.ok_or_else(|| self.no_function())?;
        // SAFETY: as above; an argument lives as long as the call.
        let original = unsafe { JavaFunction::of(function) }.and_then(JavaFunction::original);
        if let Some(original) = original {
            // SAFETY: a live object and a class.
            let fits =
                self.is_object || unsafe { jni!(env, IsInstanceOf, original, self.class.as_raw()) };
            if fits {
                // SAFETY: as above; the reference made here is ours.
                return unsafe { env.made(jni!(env, NewLocalRef, original)) };
            }
        }
        let functions = &api::get().functions;
        // SAFETY: as above.
        unsafe {
            match self.functional(env)? {
                Some(interface) => interface.bind(env, function),
                None if self.class.takes(env, functions.caller.as_raw()) => {
                    functions.adopt(env, function)
                }
                None => {
                    let made = functions.implement(env, &self.class, function)?;
                    made.ok_or_else(|| self.no_function())
                }
            }
        }
    }

    #[cold]
    fn no_function(&self) -> Error {
        let expected = self.class.source_name();
        let message =
            format!("expected {expected}, which is not a functional interface, got a function");
        Error::new(ErrorKind::Argument, message)
    }

    /// A new local reference to the object of `slot`; `None` for null.
    ///
    /// # Safety
    /// `slot` must be valid.
    pub(crate) unsafe fn local(&self, env: Env, slot: &abi::Value) -> Result<Option<Local>, Error> {
        // SAFETY: the caller's promise.
        unsafe {
            match slot.ty {
                abi::NULL => Ok(None),
                abi::CALLABLE if slot::object(slot).is_none() => Ok(None),
                abi::HANDLE => {
                    let mut locals = LocalStack::new(env);
                    let object = self.object(env, slot, &mut locals)?;
                    Ok(Local::take(env, jni!(env, NewLocalRef, object)))
                }
                _ => self.other(env, slot).map(Some),
            }
        }
    }

    /// # Safety
    /// `object` must be live.
    #[cold]
    unsafe fn wrong_class(&self, env: Env, object: jobject) -> Error {
        // SAFETY: the caller's promise.
        let class = unsafe { api::get().values.class_name(env, object) };
        let expected = self.class.source_name();
        let mut message = format!("expected {expected}, got a {class}");
        if class.replace('$', ".") == expected {
            // SAFETY: a live object, its class, and a class.
            let (theirs, ours) = unsafe {
                let theirs = Local::take(env, jni!(env, GetObjectClass, object));
                let origin = |class| api::get().loading.origin(env, class);
                let theirs = theirs.map_or_else(String::new, |class| origin(class.as_raw()));
                (theirs, origin(self.class.as_raw()))
            };
            message += &format!(
                ", which is another class of that name: the object's class is from {theirs}, the \
                 expected one from {ours}: load both from the same paths"
            );
        }
        Error::new(ErrorKind::Argument, message)
    }
}

/// # Safety
/// `slot` must be a valid `string16`.
unsafe fn utf16(env: Env, slot: &abi::Value) -> Result<Local, Error> {
    // SAFETY: the caller's promise; the length is in bytes.
    string_of_units(env, unsafe { slot::elements(slot, slot.length as usize / size_of::<u16>()) })
}

/// # Safety
/// `slot` must be a valid `string32`.
unsafe fn utf32(env: Env, slot: &abi::Value) -> Result<Local, Error> {
    // SAFETY: as in `utf16`.
    let codes: &[u32] = unsafe { slot::elements(slot, slot.length as usize / size_of::<u32>()) };
    let text: String = codes
        .iter()
        .map(|code| char::from_u32(*code).unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect();
    new_string(env, text.as_bytes())
}
