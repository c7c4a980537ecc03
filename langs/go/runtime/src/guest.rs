//! One guest: its library, its C functions, its entities.

use core::ffi::c_void;
use core::ptr::NonNull;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use metaffi_go_compiler::{EmbeddedIdlError, embedded_idl};
use metaffi_idl::Idl;
use metaffi_library::Library;
use metaffi_plugin::value::{Error, ErrorKind, str_to_raw};
use metaffi_plugin::{abi, spare_descriptors};

use crate::copies::LibraryCopy;
use crate::signals::keeping_signals;
use crate::table::Table;

/// `metaffi_guest_start`: passes the hub, and the id of its objects.
type StartFn = unsafe extern "C" fn(&'static abi::Hub, u64);

/// `metaffi_guest_interrupt`: interrupts what the main thread waits for, and returns whether there
/// was anything.
type InterruptFn = unsafe extern "C" fn() -> u32;

/// An upper bound of the descriptors that the start of a guest opens.
const DESCRIPTORS: usize = 8;

pub(crate) struct Guest {
    pub(crate) name: String,
    pub(crate) table: Table,
    /// `metaffi_guest_call`, whose context is the number of an entity.
    pub(crate) call: abi::CallFn,
    /// `metaffi_guest_interrupt`, which guests built earlier lack.
    pub(crate) interrupt: Option<InterruptFn>,
    /// `metaffi_guest_value`, which returns the value that an object describes, where any type is
    /// declared; guests built earlier lack it.
    pub(crate) value: Option<abi::CallFn>,
    path: PathBuf,
    /// The library's IDL, once it is needed.
    idl: OnceLock<Option<Idl>>,
    /// Different for every guest.
    number: u64,
}

/// Numbers for guests.
static GUESTS: AtomicU64 = AtomicU64::new(0);

/// Identifies a type: the kind of thing, the guests, and the name.
type TypeKey = (&'static str, Vec<u64>, String);

/// The numbers of types.
static NUMBERS: Mutex<BTreeMap<TypeKey, u64>> = Mutex::new(BTreeMap::new());

/// The number of the type of something in these guests.
pub(crate) fn number_of(guests: &[Arc<Guest>], what: &'static str, name: &str) -> u64 {
    let key = (what, guests.iter().map(|guest| guest.number).collect(), name.to_owned());
    let mut numbers = NUMBERS.lock().unwrap_or_else(PoisonError::into_inner);
    let next = numbers.len() as u64 + 1;
    *numbers.entry(key).or_insert(next)
}

impl Guest {
    /// Loads the library for good, or after `forks` that ended Go a copy of it. A library that is
    /// not a guest is refused before any of its code runs.
    pub(crate) fn load(hub: &'static abi::Hub, path: &Path, forks: u32) -> Result<Guest, Error> {
        // Go ends the process if its poller finds none.
        spare_descriptors(DESCRIPTORS, &path.display().to_string())?;
        let idl = embedded_idl(path).map_err(|error| refused(path, &error))?;
        let table = Table::new(&idl).map_err(|problem| broken(path, &problem))?;
        // SAFETY: the hub's functions take valid strings from any thread.
        let owner = unsafe { (hub.owner_id)(str_to_raw(&owner_name(path, forks))) };
        let copy = (forks > 0).then(|| LibraryCopy::of(path)).transpose();
        let copy = copy.map_err(|error| {
            broken(path, &format!("cannot be copied for this forked process: {error}"))
        })?;
        let (call, interrupt, value) = keeping_signals(|| {
            LOADED.store(true, Ordering::Relaxed);
            let from = copy.as_ref().map_or(path, LibraryCopy::path);
            // SAFETY: the initializers of a guest start Go, and do not wait.
            let library = unsafe { metaffi_library::open(from) }
                .map_err(|error| broken(path, &error.to_string()))?;
            // SAFETY: a library with the mark and the IDL of a guest exports these functions with
            // these types; they wait until Go has started.
            unsafe {
                let start = symbol::<StartFn>(&library, path, b"metaffi_guest_start")?;
                let call = symbol::<abi::CallFn>(&library, path, b"metaffi_guest_call")?;
                let interrupt = library.get::<InterruptFn>(b"metaffi_guest_interrupt").ok();
                let interrupt = interrupt.map(|symbol| *symbol);
                let value = library.get::<abi::CallFn>(b"metaffi_guest_value").ok();
                let value = value.map(|symbol| *symbol);
                start(hub, owner);
                core::mem::forget(library); // Go cannot be unloaded
                Ok((call, interrupt, value))
            }
        })?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let (path, idl) = (path.to_owned(), OnceLock::new());
        let number = GUESTS.fetch_add(1, Ordering::Relaxed);
        Ok(Guest { name, table, call, interrupt, value, path, idl, number })
    }

    /// The library's IDL; `None` if it can no longer be read.
    pub(crate) fn idl(&self) -> Option<&Idl> {
        self.idl.get_or_init(|| embedded_idl(&self.path).ok()).as_ref()
    }
}

/// The owner of a guest's objects. Objects that the same guest made before a fork have another
/// owner: the new guest does not know them.
fn owner_name(path: &Path, forks: u32) -> String {
    let after = if forks == 0 { String::new() } else { format!(" after fork {forks}") };
    format!("go:{}{after}", path.display())
}

/// Written and read under the lock of the guests.
static LOADED: AtomicBool = AtomicBool::new(false);

/// Whether some Go runtime has started in this process, or is about to.
pub(crate) fn is_any_loaded() -> bool {
    LOADED.load(Ordering::Relaxed)
}

/// # Safety
/// The symbol must have the type `F`.
unsafe fn symbol<F: Copy>(library: &Library, path: &Path, name: &[u8]) -> Result<F, Error> {
    // SAFETY: the caller's promise.
    let found = unsafe { library.get::<F>(name) };
    found.map(|symbol| *symbol).map_err(|error| broken(path, &error.to_string()))
}

fn refused(path: &Path, error: &EmbeddedIdlError) -> Error {
    let kind = match error {
        EmbeddedIdlError::Abi(_) => ErrorKind::Abi,
        _ => ErrorKind::Load,
    };
    Error::new(kind, format!("{}: {}; {}", path.display(), error.message(), error.help()))
}

fn broken(path: &Path, problem: &str) -> Error {
    let message = format!("{}: cannot be loaded: {problem}; build the guest again", path.display());
    Error::new(ErrorKind::Load, message)
}

/// The context of an entity: its number, which is not an address.
pub(crate) fn context(entry: usize) -> *mut c_void {
    NonNull::<c_void>::dangling().as_ptr().with_addr(entry)
}
