//! Classes and methods that the plugin itself calls, by name and descriptor.

use core::ffi::CStr;

use jni_sys::{jdouble, jint, jlong, jmethodID, jobject, jvalue};
use metaffi_plugin::value::Error;

use super::{Env, Global, Local};

/// A class.
#[derive(Debug)]
pub(crate) struct Class(Global);

impl Class {
    /// A class that the system class loader finds, by its name with slashes.
    pub(crate) fn find(env: Env, name: &CStr) -> Result<Self, Error> {
        // SAFETY: a name in modified UTF-8.
        let class = unsafe { env.made(jni!(env, FindClass, name.as_ptr())) }?;
        Self::new(&class)
    }

    /// The class that `class` refers to.
    pub(crate) fn new(class: &Local) -> Result<Self, Error> {
        class.to_global().map(Self)
    }

    #[inline]
    pub(crate) fn as_raw(&self) -> jobject {
        self.0.as_raw()
    }

    /// A local reference to it.
    pub(crate) fn to_local(&self, env: Env) -> Result<Local, Error> {
        self.0.to_local(env)
    }

    /// Its static method of this name and descriptor.
    pub(crate) fn static_method(
        &self,
        env: Env,
        name: &CStr,
        descriptor: &CStr,
    ) -> Result<StaticMethod, Error> {
        let (name, descriptor) = (name.as_ptr(), descriptor.as_ptr());
        // SAFETY: a class, and texts in modified UTF-8.
        let id = unsafe { jni!(env, GetStaticMethodID, self.as_raw(), name, descriptor) };
        if id.is_null() {
            env.check()?;
        }
        Ok(StaticMethod { class: self.0.to_local(env)?.to_global()?, id })
    }

    /// Its instance method of this name and descriptor.
    pub(crate) fn method(&self, env: Env, name: &CStr, descriptor: &CStr) -> Result<Method, Error> {
        let (name, descriptor) = (name.as_ptr(), descriptor.as_ptr());
        // SAFETY: as in `static_method`.
        let id = unsafe { jni!(env, GetMethodID, self.as_raw(), name, descriptor) };
        if id.is_null() {
            env.check()?;
        }
        Ok(Method(id))
    }
}

impl Class {
    /// Its constructor of this descriptor.
    pub(crate) fn constructor(&self, env: Env, descriptor: &CStr) -> Result<Method, Error> {
        self.method(env, c"<init>", descriptor)
    }
}

/// A static method with its class. The caller knows its parameters and result.
pub(crate) struct StaticMethod {
    class: Global,
    id: jmethodID,
}

// SAFETY: method ids are valid on every thread, as long as the class lives.
unsafe impl Send for StaticMethod {}
// SAFETY: as above.
unsafe impl Sync for StaticMethod {}

impl StaticMethod {
    /// Calls a method that returns an object; `None` for null.
    ///
    /// # Safety
    /// `args` must match the method's descriptor, as must the type of the result.
    pub(crate) unsafe fn object(&self, env: Env, args: &[jvalue]) -> Result<Option<Local>, Error> {
        // SAFETY: the caller's promise.
        let raw = unsafe {
            jni!(env, CallStaticObjectMethodA, self.class.as_raw(), self.id, args.as_ptr())
        };
        env.check_call(raw.is_null())?;
        // SAFETY: the result of a call is a local reference of ours.
        Ok(unsafe { Local::take(env, raw) })
    }

    /// As [`StaticMethod::object`]; an exception is cleared and becomes `None`.
    ///
    /// # Safety
    /// As [`StaticMethod::object`].
    pub(crate) unsafe fn object_or_none(&self, env: Env, args: &[jvalue]) -> Option<Local> {
        // SAFETY: the caller's promise; clearing is harmless.
        unsafe {
            let raw =
                jni!(env, CallStaticObjectMethodA, self.class.as_raw(), self.id, args.as_ptr());
            jni!(env, ExceptionClear);
            Local::take(env, raw)
        }
    }

    /// Calls a method that returns `int`.
    ///
    /// # Safety
    /// As [`StaticMethod::object`].
    pub(crate) unsafe fn int(&self, env: Env, args: &[jvalue]) -> Result<jint, Error> {
        // SAFETY: the caller's promise.
        let value =
            unsafe { jni!(env, CallStaticIntMethodA, self.class.as_raw(), self.id, args.as_ptr()) };
        env.check_call(value == 0)?;
        Ok(value)
    }

    /// Calls a method that returns `long`.
    ///
    /// # Safety
    /// As [`StaticMethod::object`].
    pub(crate) unsafe fn long(&self, env: Env, args: &[jvalue]) -> Result<jlong, Error> {
        // SAFETY: the caller's promise.
        let value = unsafe {
            jni!(env, CallStaticLongMethodA, self.class.as_raw(), self.id, args.as_ptr())
        };
        env.check_call(value == 0)?;
        Ok(value)
    }

    /// Calls a method that returns nothing.
    ///
    /// # Safety
    /// As [`StaticMethod::object`].
    pub(crate) unsafe fn void(&self, env: Env, args: &[jvalue]) -> Result<(), Error> {
        // SAFETY: the caller's promise.
        unsafe { jni!(env, CallStaticVoidMethodA, self.class.as_raw(), self.id, args.as_ptr()) };
        env.check()
    }
}

/// An instance method. The caller knows its parameters and result.
pub(crate) struct Method(jmethodID);

// SAFETY: as for `StaticMethod`; the classes are the JDK's and the API's.
unsafe impl Send for Method {}
// SAFETY: as above.
unsafe impl Sync for Method {}

impl Method {
    /// Calls a method that returns an object; `None` for null.
    ///
    /// # Safety
    /// `object` must have the method, and `args` must match its parameters.
    pub(crate) unsafe fn object(
        &self,
        env: Env,
        object: jobject,
        args: &[jvalue],
    ) -> Result<Option<Local>, Error> {
        // SAFETY: the caller's promise.
        let raw = unsafe { jni!(env, CallObjectMethodA, object, self.0, args.as_ptr()) };
        env.check_call(raw.is_null())?;
        // SAFETY: the result of a call is a local reference of ours.
        Ok(unsafe { Local::take(env, raw) })
    }

    /// Makes an object with this constructor.
    ///
    /// # Safety
    /// `class` must have the constructor, and `args` must match its parameters.
    pub(crate) unsafe fn new_object(
        &self,
        env: Env,
        class: &Class,
        args: &[jvalue],
    ) -> Result<Local, Error> {
        // SAFETY: the caller's promise; a new object is a local reference.
        unsafe { env.made(jni!(env, NewObjectA, class.as_raw(), self.0, args.as_ptr())) }
    }

    /// Calls a method that returns `double`.
    ///
    /// # Safety
    /// As [`Method::object`].
    pub(crate) unsafe fn double(
        &self,
        env: Env,
        object: jobject,
        args: &[jvalue],
    ) -> Result<jdouble, Error> {
        // SAFETY: the caller's promise.
        let value = unsafe { jni!(env, CallDoubleMethodA, object, self.0, args.as_ptr()) };
        env.check_call(value == 0.0)?;
        Ok(value)
    }

    /// Calls a method that returns `long`.
    ///
    /// # Safety
    /// As [`Method::object`].
    pub(crate) unsafe fn long(
        &self,
        env: Env,
        object: jobject,
        args: &[jvalue],
    ) -> Result<jlong, Error> {
        // SAFETY: the caller's promise.
        let value = unsafe { jni!(env, CallLongMethodA, object, self.0, args.as_ptr()) };
        env.check_call(value == 0)?;
        Ok(value)
    }
}
