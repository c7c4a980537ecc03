//! Finds the installation and opens its hub, once per process.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use metaffi_abi as abi;
use metaffi_home::HUB_LIBRARY;
use metaffi_value::{Error, ErrorKind, Owner, str_from_raw};

use crate::linkage;

const STATIC: &str = "this program is linked statically, and a static program cannot load the \
    libraries of other languages; link it dynamically: build it without \
    `-C target-feature=+crt-static`, for a target whose C library is dynamic";

/// The hub of this process.
#[derive(Clone, Copy, Debug)]
pub struct Hub(&'static abi::Hub);

impl Hub {
    /// Returns the hub, which is opened at the first call.
    ///
    /// `shipped` is the installation that the caller itself belongs to, if
    /// known; it is tried after `METAFFI_HOME`.
    ///
    /// # Errors
    /// `NotFound`, listing what was tried; `Load` or `Abi` when a hub was found
    /// but cannot be used.
    pub fn open(shipped: Option<&Path>) -> Result<Self, Error> {
        static HUB: OnceLock<Hub> = OnceLock::new();
        static OPENING: Mutex<()> = Mutex::new(());
        let _guard = OPENING.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(hub) = HUB.get() {
            return Ok(*hub);
        }
        let hub = open_at(&find(shipped)?)?;
        Ok(*HUB.get_or_init(|| hub))
    }

    /// The raw table.
    #[must_use]
    pub const fn table(self) -> &'static abi::Hub {
        self.0
    }

    /// The folder of the installation.
    #[must_use]
    pub fn home(self) -> PathBuf {
        // SAFETY: the hub keeps the text for the life of the process.
        unsafe { str_from_raw((self.0.home)()) }.into()
    }

    /// The owner of a runtime's objects, with its counter of live objects.
    #[must_use]
    pub fn owner(self, runtime: &str) -> Owner {
        Owner::named(self.0, runtime)
    }

    /// Notifies every runtime that the process is about to exit. They run their
    /// exit handlers, and refuse other threads afterwards. The C library's
    /// `exit`, and so returning from `main`, does the same.
    pub fn begin_exit(self) {
        // SAFETY: may be called at any time.
        unsafe { (self.0.begin_exit)() };
    }

    /// Interrupts what the program's main thread is waiting for in a guest, if
    /// possible; see the header. Returns whether a runtime was interrupted.
    #[must_use]
    pub fn interrupt(self) -> bool {
        // SAFETY: may be called at any time.
        unsafe { (self.0.interrupt)() != 0 }
    }

    /// Reports that this thread, the main one, has handled an interrupt.
    pub fn end_interrupt(self) {
        // SAFETY: may be called at any time.
        unsafe { (self.0.end_interrupt)() };
    }
}

fn find(shipped: Option<&Path>) -> Result<PathBuf, Error> {
    #[cfg(feature = "bundled")]
    let bundled = crate::bundled::home(shipped)?;
    #[cfg(feature = "bundled")]
    let shipped = shipped.or(bundled.as_deref());
    let found = metaffi_home::find(shipped);
    let found = found.map_err(|none| Error::new(ErrorKind::NotFound, none.to_string()))?;
    Ok(found.folder)
}

fn open_at(home: &Path) -> Result<Hub, Error> {
    if linkage::is_static() {
        return Err(Error::new(ErrorKind::Load, STATIC));
    }
    let path = home.join(HUB_LIBRARY);
    let load_error = |kind, what: String| {
        Error::new(kind, format!("{}: {what}; reinstall MetaFFI", path.display()))
    };
    // SAFETY: the hub is a Rust cdylib, whose initialisers are harmless.
    let library = unsafe { metaffi_library::open(&path) }
        .map_err(|e| load_error(ErrorKind::Load, format!("cannot be loaded: {e}")))?;
    // SAFETY: the header defines the type of this symbol.
    let get = unsafe { library.get::<abi::HubGetFn>(b"metaffi_hub_get") }.map_err(|_| {
        load_error(ErrorKind::Load, "is not a hub: it does not export metaffi_hub_get".into())
    })?;
    // SAFETY: accepts any number.
    let table = unsafe { get(abi::ABI_VERSION) }.ok_or_else(|| {
        load_error(ErrorKind::Abi, format!("does not support ABI version {}", abi::ABI_VERSION))
    })?;
    // SAFETY: the header requires a table that lives as long as the process.
    let table = unsafe { abi::adopt(table) }.map_err(|what| load_error(ErrorKind::Abi, what))?;
    core::mem::forget(library); // runtimes cannot be unloaded
    Ok(Hub(table))
}
