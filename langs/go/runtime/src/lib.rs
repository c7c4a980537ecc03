//! The go runtime plugin: loads guests, resolves entities, and steps aside.
//!
//! A guest brings a Go runtime of its own and an exported C function for all
//! of its entities; an entity is called there directly, with its number as the
//! context. `paths` finds the library, `guest` loads it, `table` finds the
//! entity in the IDL that it carries, `check` holds the declared types against
//! it, `results` makes what a guest gives what was declared, `signals` keeps
//! several Go runtimes in one process alive.
//! Any thread may enter. Guests are never unloaded: Go cannot be.
#![allow(unsafe_code)] // opens guests, and hands out their C functions

mod check;
mod guest;
mod paths;
mod results;
mod signals;
mod table;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use metaffi_plugin::value::Error;
use metaffi_plugin::{Loaded, Request, Runtime, abi, export_plugin};

use crate::guest::Guest;

/// The started runtime: the guests that there are.
pub struct Go {
    hub: &'static abi::Hub,
    guests: Mutex<HashMap<PathBuf, Arc<Guest>>>,
}

/// What a module path names: one guest, or several.
pub struct Module(Vec<Arc<Guest>>);

impl Runtime for Go {
    const NAME: &'static str = "go";
    type Module = Module;

    fn start(hub: &'static abi::Hub) -> Result<Self, Error> {
        Ok(Self { hub, guests: Mutex::default() })
    }

    fn load_module(&self, path: &str) -> Result<Module, Error> {
        let guests =
            paths::resolve(path)?.iter().map(|path| self.guest(path)).collect::<Result<_, _>>()?;
        Ok(Module(guests))
    }

    fn load_entity(&self, module: &Module, request: &Request) -> Result<Loaded, Error> {
        table::load(&module.0, request)
    }

    /// The guests cancel the contexts of the calls that the thread makes.
    fn interrupt(&self) -> bool {
        // Not waited for: a guest that is loading runs the host's code for long.
        let Ok(guests) = self.guests.try_lock() else { return false };
        let interrupts: Vec<_> = guests.values().filter_map(|guest| guest.interrupt).collect();
        drop(guests);
        // Each, and not only up to the first that has something to break off.
        // SAFETY: the guest's function may be called by any thread.
        let told = interrupts.into_iter().filter(|interrupt| unsafe { interrupt() } != 0);
        told.count() > 0
    }

    /// Each guest's Go has threads; without a guest there is no Go.
    fn survives_fork() -> bool {
        !guest::is_any_loaded()
    }
}

impl Go {
    /// The guest in this library, loaded once in the process. The lock is held
    /// meanwhile: two libraries must not set up their signals at once.
    fn guest(&self, path: &Path) -> Result<Arc<Guest>, Error> {
        let mut guests = self.guests.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(guest) = guests.get(path) {
            return Ok(guest.clone());
        }
        let guest = Arc::new(Guest::load(self.hub, path)?);
        guests.insert(path.to_owned(), guest.clone());
        Ok(guest)
    }
}

export_plugin!(Go);
