//! Detects another copy of the hub in this process, from another installation.
//!
//! A process has one hub. A second copy of the same version returns the table of
//! the first. A copy of another version fails when it is used, with an
//! explanation.

use core::mem::MaybeUninit;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use metaffi_abi as abi;
use metaffi_home::HUB_LIBRARY;
use metaffi_library::libraries_named;
use metaffi_value::{Error, ErrorKind, str_from_raw};

/// The version of this hub.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Whether this copy's own table was returned.
static IN_USE: AtomicBool = AtomicBool::new(false);

/// A hub that was in use before this one.
struct Other {
    table: &'static abi::Hub,
    version: String,
    path: PathBuf,
}

/// The table that this copy returns.
pub(crate) fn table(own: &'static abi::Hub) -> &'static abi::Hub {
    match other() {
        Some(other) if other.version == VERSION => other.table,
        _ => {
            IN_USE.store(true, Ordering::Release);
            own
        }
    }
}

/// Whether this copy's own table was returned.
pub(crate) fn is_in_use() -> bool {
    IN_USE.load(Ordering::Acquire)
}

/// # Errors
/// When a hub of another version is in use in this process.
pub(crate) fn check() -> Result<(), Error> {
    let Some(Other { version, path, .. }) = other().filter(|other| other.version != VERSION) else {
        return Ok(());
    };
    let this = crate::home::library().unwrap_or_default();
    Err(Error::new(
        ErrorKind::Load,
        format!(
            "this process already uses MetaFFI {version} of {}, so MetaFFI {VERSION} of {} cannot be \
             used; let all languages of the process use one installation: set METAFFI_HOME to it, \
             or install the same version everywhere",
            path.display(),
            this.display()
        ),
    ))
}

/// Searched for once, when this copy's table is first requested.
fn other() -> Option<&'static Other> {
    static OTHER: OnceLock<Option<Other>> = OnceLock::new();
    let find = || {
        let this = crate::home::library()?;
        let name = std::path::Path::new(HUB_LIBRARY).file_name()?;
        let copies = libraries_named(name).into_iter().filter(|path| *path != this);
        copies.filter_map(in_use).next()
    };
    OTHER.get_or_init(find).as_ref()
}

fn in_use(path: PathBuf) -> Option<Other> {
    // SAFETY: it is already loaded, so this runs none of its code.
    let library = unsafe { metaffi_library::open(&path) }.ok()?;
    // SAFETY: the header defines the type of this symbol; older hubs do not have
    // it.
    let ask = unsafe { library.get::<abi::HubInUseFn>(b"metaffi_hub_in_use") }.ok()?;
    let mut version = MaybeUninit::uninit();
    // SAFETY: `version` is written if a table is returned.
    let (table, version) = unsafe {
        let table = ask((&mut version).into())?;
        (table, str_from_raw(version.assume_init()))
    };
    core::mem::forget(library); // its table is used from now on
    Some(Other { table, version, path })
}
