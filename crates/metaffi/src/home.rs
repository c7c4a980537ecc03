//! Finding the installation and opening its hub, once per process.

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
    /// The hub, opened at the first call.
    ///
    /// `shipped` is the installation that the caller itself is part of, if it
    /// knows one; it is tried after `METAFFI_HOME`.
    ///
    /// # Errors
    /// `NotFound` listing what was tried, `Load` or `Abi` when there is a hub
    /// that cannot be used.
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

    /// The installation.
    #[must_use]
    pub fn home(self) -> PathBuf {
        // SAFETY: the hub keeps the text for the life of the process.
        unsafe { str_from_raw((self.0.home)()) }.into()
    }

    /// The identity of the objects of a runtime, with its live counter.
    #[must_use]
    pub fn owner(self, runtime: &str) -> Owner {
        Owner::named(self.0, runtime)
    }

    /// Tells every runtime that the process is about to exit: they run what they
    /// run at their end, and then refuse other threads. The C library's `exit`,
    /// and so the end of `main`, does it as well.
    pub fn begin_exit(self) {
        // SAFETY: may be called at any time.
        unsafe { (self.0.begin_exit)() };
    }

    /// Breaks off what the main thread of the program waits for in a guest, if
    /// that can be broken off; see the header.
    #[must_use]
    pub fn interrupt(self) -> bool {
        // SAFETY: may be called at any time.
        unsafe { (self.0.interrupt)() != 0 }
    }

    /// Tells that this thread, the main one, has dealt with an interrupt.
    pub fn end_interrupt(self) {
        // SAFETY: may be called at any time.
        unsafe { (self.0.end_interrupt)() };
    }
}

fn find(shipped: Option<&Path>) -> Result<PathBuf, Error> {
    #[cfg(feature = "bundled")]
    let carried = crate::bundled::home(shipped)?;
    #[cfg(feature = "bundled")]
    let shipped = shipped.or(carried.as_deref());
    let found = metaffi_home::find(shipped);
    let found = found.map_err(|none| Error::new(ErrorKind::NotFound, none.to_string()))?;
    Ok(found.folder)
}

fn open_at(home: &Path) -> Result<Hub, Error> {
    if linkage::is_static() {
        return Err(Error::new(ErrorKind::Load, STATIC));
    }
    let path = home.join(HUB_LIBRARY);
    let fault = |kind, what: String| {
        Error::new(kind, format!("{}: {what}; reinstall MetaFFI", path.display()))
    };
    // SAFETY: the hub's initialisers are those of a Rust cdylib.
    let library = unsafe { metaffi_library::open(&path) }
        .map_err(|e| fault(ErrorKind::Load, format!("cannot be loaded: {e}")))?;
    // SAFETY: the header gives this symbol its type.
    let get = unsafe { library.get::<abi::HubGetFn>(b"metaffi_hub_get") }
        .map_err(|_| fault(ErrorKind::Load, "is no hub: it has no metaffi_hub_get".into()))?;
    // SAFETY: takes any number.
    let table = unsafe { get(abi::ABI_VERSION) }.ok_or_else(|| {
        fault(ErrorKind::Abi, format!("does not speak ABI version {}", abi::ABI_VERSION))
    })?;
    // SAFETY: the header asks for a table that lives as long as the process.
    let table = unsafe { abi::adopt(table) }.map_err(|what| fault(ErrorKind::Abi, what))?;
    core::mem::forget(library); // runtimes cannot be unloaded
    Ok(Hub(table))
}
