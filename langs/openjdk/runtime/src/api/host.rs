//! The helpers for Java as host: errors that are thrown, functions as values.

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
                c"(ILjava/lang/String;Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;Lmetaffi/MetaFFIHandle;Ljava/lang/Throwable;)Lmetaffi/MetaFFIException;",
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

    /// An `Unexpected` with this value.
    ///
    /// # Safety
    /// `value` must be null or a live reference.
    pub(crate) unsafe fn unexpected(&self, env: Env, value: jobject) -> Result<Local, Error> {
        // SAFETY: the constructor takes any object.
        unsafe { self.new_unexpected.new_object(env, &self.unexpected, &[jvalue { l: value }]) }
    }
}
