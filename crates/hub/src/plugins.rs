//! Plugin libraries: opened once, started once, never unloaded.

use core::ptr::NonNull;
use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use metaffi_abi as abi;
use metaffi_plugin::spare_descriptors;
use metaffi_value::{Error, ErrorKind, str_from_raw};

use crate::{exits, forks, home, manifest};

/// An opened plugin.
pub(crate) struct Plugin {
    pub(crate) table: &'static abi::Plugin,
    started: Mutex<bool>,
    /// Whether this is a child that it did not survive in. This and the generation only
    /// change while the child has one thread; threads started later see the change,
    /// hence `Relaxed`.
    forked: AtomicBool,
    /// The number of forks, from process to child, after which it lost what it
    /// had loaded but could reload it.
    generation: AtomicU32,
    /// Held while reloading.
    reloading: Mutex<()>,
}

/// The number of descriptors that a runtime opens when it starts, rounded up.
const DESCRIPTORS: usize = 16;

static PLUGINS: Mutex<Option<HashMap<String, &'static Plugin>>> = Mutex::new(None);

/// The locked plugins.
#[cfg(unix)]
pub(crate) type Plugins = MutexGuard<'static, Option<HashMap<String, &'static Plugin>>>;

#[cfg(unix)]
pub(crate) fn lock_all() -> Plugins {
    lock(&PLUGINS)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The started plugin with this name or alias.
pub(crate) fn started(name: &str, hub: &'static abi::Hub) -> Result<&'static Plugin, Error> {
    let plugin = opened(name, hub)?;
    forks::check(plugin)?;
    plugin.start()?;
    Ok(plugin)
}

/// Every opened plugin.
pub(crate) fn all() -> Vec<&'static Plugin> {
    lock(&PLUGINS).iter().flat_map(HashMap::values).copied().collect()
}

fn opened(name: &str, hub: &'static abi::Hub) -> Result<&'static Plugin, Error> {
    spare_descriptors(1, name)?;
    let found = manifest::find(home::home()?, name)?;
    let mut plugins = lock(&PLUGINS);
    let plugins = plugins.get_or_insert_default();
    if let Some(plugin) = plugins.get(&found.manifest.name) {
        return Ok(plugin);
    }
    let table = open(&found.library().unwrap_or_default(), hub)?;
    let plugin: &Plugin = Box::leak(Box::new(Plugin::new(table)));
    plugins.insert(found.manifest.name, plugin);
    Ok(plugin)
}

impl Plugin {
    fn new(table: &'static abi::Plugin) -> Self {
        let (started, forked) = (Mutex::new(false), AtomicBool::new(false));
        Self { table, started, forked, generation: AtomicU32::new(0), reloading: Mutex::new(()) }
    }

    pub(crate) fn name(&self) -> String {
        // SAFETY: a plugin's name lives as long as the process.
        unsafe { str_from_raw(self.table.name) }
    }

    pub(crate) fn is_forked(&self) -> bool {
        self.forked.load(Ordering::Relaxed)
    }

    /// Whether it has not started, or failed to. Such a plugin gets no
    /// notifications.
    fn is_idle(&self) -> bool {
        self.started.try_lock().is_ok_and(|started| !*started)
    }

    /// Whether its runtime is running in this process, or starting.
    pub(crate) fn is_live(&self) -> bool {
        !self.is_forked() && !self.is_idle()
    }

    /// The current generation. What was loaded in another one must be reloaded.
    pub(crate) fn generation(&self) -> u32 {
        self.generation.load(Ordering::Relaxed)
    }

    pub(crate) fn lock_reloading(&self) -> MutexGuard<'_, ()> {
        lock(&self.reloading)
    }

    /// Runs in a child that was just forked. A runtime that another thread was
    /// starting or loading into is incomplete.
    #[cfg(unix)]
    pub(crate) fn after_fork(&self) {
        if self.is_idle() {
            return; // it may start here
        }
        let was_starting =
            matches!(self.started.try_lock(), Err(std::sync::TryLockError::WouldBlock));
        let was_loading =
            matches!(self.reloading.try_lock(), Err(std::sync::TryLockError::WouldBlock));
        // SAFETY: the table is a plugin's.
        let answer = unsafe { (self.table.survives_fork)() };
        match answer {
            _ if was_starting || was_loading => self.forked.store(true, Ordering::Relaxed),
            abi::FORK_SURVIVES => {}
            abi::FORK_ANEW => _ = self.generation.fetch_add(1, Ordering::Relaxed),
            _ => self.forked.store(true, Ordering::Relaxed),
        }
    }

    fn start(&self) -> Result<(), Error> {
        // Held while the runtime starts, so that other threads wait for it.
        let mut started = lock(&self.started);
        if !*started {
            // SAFETY: a plugin's name lives as long as the process.
            spare_descriptors(DESCRIPTORS, &unsafe { str_from_raw(self.table.name) })?;
            let mut error = None;
            // SAFETY: the table is a plugin's, and `error` is a place for an
            // error.
            let status = unsafe { (self.table.start)(Some((&mut error).into())) };
            // SAFETY: a failing function transfers its error to us.
            unsafe { Error::check(status, error)? };
            exits::watch_c_exit();
            *started = true;
        }
        Ok(())
    }
}

fn open(path: &Path, hub: &'static abi::Hub) -> Result<&'static abi::Plugin, Error> {
    let fault = |what: String| {
        Error::new(ErrorKind::Load, format!("{}: {what}; reinstall the plugin", path.display()))
    };
    // SAFETY: a plugin is a Rust cdylib, whose initialisers are harmless.
    let library = unsafe { metaffi_library::open(path) }
        .map_err(|e| fault(format!("cannot be loaded: {e}")))?;
    // SAFETY: the header defines the type of this symbol.
    let get = unsafe { library.get::<abi::PluginGetFn>(b"metaffi_plugin_get") }.map_err(|_| {
        fault("is not a runtime plugin: it does not export metaffi_plugin_get".into())
    })?;
    let abi_error = |what: String| fault(what).with_kind(ErrorKind::Abi);
    // SAFETY: the hub's table lives as long as the process.
    let table = unsafe { get(Some(NonNull::from(hub))) }.ok_or_else(|| {
        abi_error(format!("does not support ABI version {} of the hub", abi::ABI_VERSION))
    })?;
    // SAFETY: the header requires a table that lives as long as the process.
    let table = unsafe { abi::adopt(table) }.map_err(abi_error)?;
    // Runtimes cannot be unloaded, so the library stays loaded.
    core::mem::forget(library);
    Ok(table)
}
