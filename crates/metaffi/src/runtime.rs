//! A loaded runtime.

use core::ptr::null_mut;
use std::sync::Arc;

use metaffi_abi as abi;
use metaffi_value::{Error, str_to_raw};

use crate::{Hub, Module};

/// One load of a language's runtime. Clones share it.
///
/// Dropping it leaves its modules and entities usable: only
/// [`Runtime::release`] ends them.
#[derive(Clone, Debug)]
pub struct Runtime(Arc<Loaded>);

#[derive(Debug)]
struct Loaded {
    hub: Hub,
    raw: *mut abi::Runtime,
}

// SAFETY: the hub's functions may be called from any thread.
unsafe impl Send for Loaded {}
// SAFETY: as above.
unsafe impl Sync for Loaded {}

impl Runtime {
    /// Loads the runtime `name` (`openjdk`, `go`, `python3`, `loopback`).
    /// Loading it twice is harmless.
    ///
    /// # Errors
    /// `NotFound`, listing the installed runtimes; `Load` when it fails to
    /// start.
    pub fn load(name: &str) -> Result<Self, Error> {
        Self::load_from(Hub::open(None)?, name)
    }

    /// The same through a hub that is already open.
    ///
    /// # Errors
    /// As [`Runtime::load`].
    pub fn load_from(hub: Hub, name: &str) -> Result<Self, Error> {
        let (mut raw, mut error) = (null_mut(), None);
        // SAFETY: string and places are valid for the call.
        let status = unsafe {
            (hub.table().load_runtime)(str_to_raw(name), &raw mut raw, Some((&mut error).into()))
        };
        // SAFETY: a failing function transfers its error to us.
        unsafe { Error::check(status, error)? };
        Ok(Self(Arc::new(Loaded { hub, raw })))
    }

    /// Loads a module: one or more paths separated by `;`, or an importable
    /// name, depending on the language.
    ///
    /// # Errors
    /// `NotFound` naming the paths tried, or `Load`.
    pub fn module(&self, path: &str) -> Result<Module, Error> {
        let (mut raw, mut error) = (null_mut(), None);
        // SAFETY: the runtime is live; string and places are valid.
        let status = unsafe {
            (self.hub().table().load_module)(
                self.0.raw,
                str_to_raw(path),
                &raw mut raw,
                Some((&mut error).into()),
            )
        };
        // SAFETY: a failing function transfers its error to us.
        unsafe { Error::check(status, error)? };
        // SAFETY: the hub transferred the module to us.
        Ok(unsafe { Module::take_raw(raw, self.hub()) })
    }

    /// Closes the runtime for all clones. Its entities fail from now on with
    /// [`ErrorKind::Released`](crate::ErrorKind::Released), and nothing more
    /// can be loaded through it.
    pub fn release(&self) {
        // SAFETY: the runtime is live; closing is idempotent.
        unsafe { (self.hub().table().close_runtime)(self.0.raw) };
    }

    fn hub(&self) -> Hub {
        self.0.hub
    }
}

impl Drop for Loaded {
    fn drop(&mut self) {
        // SAFETY: the last clone releases it once.
        unsafe { (self.hub.table().release_runtime)(self.raw) };
    }
}
