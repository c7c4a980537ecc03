//! The go runtime plugin: loads guests and resolves entities; it takes no part in calls.
//!
//! A guest contains its own Go runtime and exports one C function for all of its entities; an
//! entity is called there directly, with its number as the context. `paths` finds the library,
//! `guest` loads it, `table` finds the entity in the library's embedded IDL, `check` compares the
//! declared types with it, `results` converts what a guest returns to what was declared, `signals`
//! keeps several Go runtimes in one process working, `values` returns what a path without types
//! names (`space` finds names, `package` and `class` are the objects), `copies` starts a guest
//! again in a forked child, where its Go runtime is dead. Any thread may enter. Guests are never
//! unloaded: Go cannot be.
#![allow(unsafe_code)] // opens guests, and returns their C functions

mod check;
mod class;
mod copies;
mod described;
mod guest;
mod instances;
mod package;
mod paths;
mod results;
mod signals;
mod space;
mod table;
mod values;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};

use metaffi_plugin::value::{Error, Owner};
use metaffi_plugin::{AfterFork, Loaded, Request, Runtime, abi, export_plugin};

use crate::guest::Guest;

/// The started runtime, with its guests.
pub struct Go {
    hub: &'static abi::Hub,
    guests: Mutex<Guests>,
}

/// The guests of this process, by their libraries.
#[derive(Default)]
struct Guests {
    by_path: HashMap<PathBuf, Arc<Guest>>,
    /// How many forks, from process to child, have ended a Go runtime.
    forks: u32,
    /// Whether the guests are those of the parent.
    are_dead: bool,
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
        if request.is_value {
            return values::load(&module.0, Owner::named(self.hub, values::OWNER), request);
        }
        table::load(&module.0, request)
    }

    /// The guests cancel the contexts of the calls that the thread is making.
    fn interrupt(&self) -> bool {
        // Without waiting: a guest that is being loaded may run code of the host for long.
        let Ok(guests) = self.guests.try_lock() else { return false };
        let alive = guests.by_path.values().filter(|_| !guests.are_dead);
        let interrupts: Vec<_> = alive.filter_map(|guest| guest.interrupt).collect();
        drop(guests);
        // All of them, not only up to the first one that interrupts something.
        // SAFETY: the guest's function may be called by any thread.
        let interrupted = interrupts.into_iter().filter(|interrupt| unsafe { interrupt() } != 0);
        interrupted.count() > 0
    }

    /// Each guest's Go has threads; without a guest there is no Go. A guest that another thread was
    /// loading has left the state that all of them share half changed.
    fn after_fork(&self) -> AfterFork {
        let mut guests = match self.guests.try_lock() {
            Ok(guests) => guests,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return AfterFork::Dead,
        };
        if !guest::is_any_loaded() {
            return AfterFork::Works;
        }
        guests.forks += 1;
        guests.are_dead = true;
        if copies::ARE_POSSIBLE { AfterFork::Reloads } else { AfterFork::Dead }
    }
}

impl Go {
    /// The guest in this library, loaded once per process. The lock is held during that time: two
    /// libraries must not install their signal handlers at once.
    fn guest(&self, path: &Path) -> Result<Arc<Guest>, Error> {
        let mut guests = self.guests();
        if let Some(guest) = guests.by_path.get(path) {
            return Ok(guest.clone());
        }
        let guest = Arc::new(Guest::load(self.hub, path, guests.forks)?);
        guests.by_path.insert(path.to_owned(), guest.clone());
        Ok(guest)
    }

    /// The guests of this process.
    fn guests(&self) -> MutexGuard<'_, Guests> {
        let mut guests = self.guests.lock().unwrap_or_else(PoisonError::into_inner);
        if guests.are_dead {
            guests.are_dead = false;
            guests.by_path.clear();
            signals::forget();
        }
        guests
    }
}

export_plugin!(Go);
