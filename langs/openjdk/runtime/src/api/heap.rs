//! The JVM's heap: how full it is, and a request to collect it.

use jni_sys::jobject;
use metaffi_plugin::value::{Error, ErrorKind};

use crate::jni::{Class, Env, Global, Method, StaticMethod};

/// `java.lang.Runtime`, and `System.gc`.
pub(crate) struct Heap {
    runtime: Global,
    total: Method,
    free: Method,
    gc: StaticMethod,
    /// Its maximum size in bytes.
    pub(crate) max: u64,
}

impl Heap {
    pub(super) fn find(env: Env) -> Result<Self, Error> {
        let class = Class::find(env, c"java/lang/Runtime")?;
        let get = class.static_method(env, c"getRuntime", c"()Ljava/lang/Runtime;")?;
        // SAFETY: it takes nothing.
        let runtime = unsafe { get.object(env, &[]) }?;
        let runtime = runtime
            .ok_or_else(|| Error::new(ErrorKind::Internal, "there is no java.lang.Runtime"))?
            .to_global()?;
        let max = class.method(env, c"maxMemory", c"()J")?;
        let system = Class::find(env, c"java/lang/System")?;
        Ok(Self {
            // SAFETY: its own object, and it takes nothing.
            max: unsafe { bytes(env, &max, runtime.as_raw()) }?,
            total: class.method(env, c"totalMemory", c"()J")?,
            free: class.method(env, c"freeMemory", c"()J")?,
            gc: system.static_method(env, c"gc", c"()V")?,
            runtime,
        })
    }

    /// Bytes in use, garbage included.
    pub(crate) fn used(&self, env: Env) -> Result<u64, Error> {
        let runtime = self.runtime.as_raw();
        // SAFETY: its own object, and both take nothing.
        unsafe {
            let (total, free) =
                (bytes(env, &self.total, runtime)?, bytes(env, &self.free, runtime)?);
            Ok(total.saturating_sub(free))
        }
    }

    /// Runs the garbage collector.
    pub(crate) fn collect(&self, env: Env) -> Result<(), Error> {
        // SAFETY: it takes nothing.
        unsafe { self.gc.void(env, &[]) }
    }
}

/// # Safety
/// `object` must have the method, which takes nothing and returns `long`.
unsafe fn bytes(env: Env, method: &Method, object: jobject) -> Result<u64, Error> {
    // SAFETY: the caller's promise.
    let bytes = unsafe { method.long(env, object, &[]) }?;
    Ok(u64::try_from(bytes).unwrap_or(0))
}
