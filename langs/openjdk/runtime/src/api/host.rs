//! The helpers for Java as host: exceptions, and functions as values.

use jni_sys::{jobject, jvalue};
use metaffi_plugin::value::{Error, ErrorKind};

use super::jar::Classes;
use crate::jni::{Class, Env, Local, Method, StaticMethod};

/// Classes of `metaffi.api.jar` that calls from Java need.
pub(crate) struct Host {
    /// `metaffi.internal.Library`.
    pub(crate) library: Class,
    /// `java.lang.Throwable`.
    pub(crate) throwable: Class,
    /// `MetaFFIException`.
    pub(crate) exception: Class,
    make_exception: StaticMethod,
    native_error: StaticMethod,
    unexpected: Class,
    new_unexpected: Method,
}

impl Host {
    pub(super) fn find(env: Env, classes: &Classes) -> Result<Self, Error> {
        let unexpected = classes.class(env, c"metaffi/internal/Unexpected")?;
        let exception = classes.class(env, c"metaffi/MetaFFIException")?;
        Ok(Self {
            library: classes.class(env, c"metaffi/internal/Library")?,
            throwable: Class::find(env, c"java/lang/Throwable")?,
            make_exception: exception.static_method(
                env,
                c"of",
                c"(ILjava/lang/String;Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;JLjava/lang/Throwable;)Lmetaffi/MetaFFIException;",
            )?,
            native_error: exception.static_method(
                env,
                c"nativeError",
                c"(Lmetaffi/MetaFFIException;)J",
            )?,
            new_unexpected: unexpected.constructor(env, c"(Ljava/lang/Object;)V")?,
            exception,
            unexpected,
        })
    }

    /// A `MetaFFIException`.
    ///
    /// # Safety
    /// `args` must be what `MetaFFIException.of` takes.
    pub(crate) unsafe fn new_exception(&self, env: Env, args: &[jvalue]) -> Result<Local, Error> {
        // SAFETY: the caller's promise.
        let made = unsafe { self.make_exception.object(env, args) }?;
        made.ok_or_else(|| Error::new(ErrorKind::Internal, "MetaFFIException.of returned null"))
    }

    /// The address of the native error of a `MetaFFIException`, or 0.
    ///
    /// # Safety
    /// `exception` must be a `MetaFFIException`.
    pub(crate) unsafe fn native_error(&self, env: Env, exception: jobject) -> Result<i64, Error> {
        // SAFETY: the caller's promise.
        unsafe { self.native_error.long(env, &[jvalue { l: exception }]) }
    }

    /// An `Unexpected` with this value.
    ///
    /// # Safety
    /// `value` must be null or a live reference.
    pub(crate) unsafe fn unexpected(&self, env: Env, value: jobject) -> Result<Local, Error> {
        // SAFETY: the constructor takes any object.
        unsafe { self.new_unexpected.new_object(env, &self.unexpected, &[jvalue { l: value }]) }
    }
}
