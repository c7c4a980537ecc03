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

/// A plugin that is open.
pub(crate) struct Plugin {
    pub(crate) table: &'static abi::Plugin,
    started: Mutex<bool>,
    /// Whether this is a child in which it does not survive. This and the generation
    /// change while the child has one thread: those that it starts see them, `Relaxed`.
    forked: AtomicBool,
    /// How many forks ago, from process to child, it lost what it had loaded and
    /// could load it again.
    generation: AtomicU32,
    /// Held while that is loaded again.
    loading_anew: Mutex<()>,
}

/// What a runtime opens at its start, generously.
const DESCRIPTORS: usize = 16;

static PLUGINS: Mutex<Option<HashMap<String, &'static Plugin>>> = Mutex::new(None);

/// The lock on the plugins.
#[cfg(unix)]
pub(crate) type Plugins = MutexGuard<'static, Option<HashMap<String, &'static Plugin>>>;

#[cfg(unix)]
pub(crate) fn lock_all() -> Plugins {
    lock(&PLUGINS)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The started plugin that answers to `name`.
pub(crate) fn started(name: &str, hub: &'static abi::Hub) -> Result<&'static Plugin, Error> {
    let plugin = opened(name, hub)?;
    forks::check(plugin)?;
    plugin.start()?;
    Ok(plugin)
}

/// Every plugin that was opened.
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
        Self { table, started, forked, generation: AtomicU32::new(0), loading_anew: Mutex::new(()) }
    }

    pub(crate) fn name(&self) -> String {
        // SAFETY: a plugin's name lives as long as the process.
        unsafe { str_from_raw(self.table.name) }
    }

    pub(crate) fn is_forked(&self) -> bool {
        self.forked.load(Ordering::Relaxed)
    }

    /// Whether it never started, or could not: then it is told of nothing.
    fn is_idle(&self) -> bool {
        self.started.try_lock().is_ok_and(|started| !*started)
    }

    /// Whether there is a runtime in this process, or one that is starting.
    pub(crate) fn is_live(&self) -> bool {
        !self.is_forked() && !self.is_idle()
    }

    /// What was loaded in another generation is to be loaded again.
    pub(crate) fn generation(&self) -> u32 {
        self.generation.load(Ordering::Relaxed)
    }

    pub(crate) fn lock_loading_anew(&self) -> MutexGuard<'_, ()> {
        lock(&self.loading_anew)
    }

    /// This is a child that was just forked. A runtime that another thread was
    /// starting, or was loading into, is half a one.
    #[cfg(unix)]
    pub(crate) fn after_fork(&self) {
        if self.is_idle() {
            return; // it may start here
        }
        let was_starting =
            matches!(self.started.try_lock(), Err(std::sync::TryLockError::WouldBlock));
        let was_loading =
            matches!(self.loading_anew.try_lock(), Err(std::sync::TryLockError::WouldBlock));
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
        // Held while the runtime starts, so that a second thread waits for it.
        let mut started = lock(&self.started);
        if !*started {
            // SAFETY: a plugin's name lives as long as the process.
            spare_descriptors(DESCRIPTORS, &unsafe { str_from_raw(self.table.name) })?;
            let mut error = None;
            // SAFETY: the table is a plugin's, and `error` a place for an error.
            let status = unsafe { (self.table.start)(Some((&mut error).into())) };
            // SAFETY: a function that fails transfers its error to us.
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
    // SAFETY: the initialisers of a plugin are those of a Rust cdylib.
    let library = unsafe { metaffi_library::open(path) }
        .map_err(|e| fault(format!("cannot be loaded: {e}")))?;
    // SAFETY: the header gives this symbol its type.
    let get = unsafe { library.get::<abi::PluginGetFn>(b"metaffi_plugin_get") }
        .map_err(|_| fault("is no runtime plugin: it has no metaffi_plugin_get".into()))?;
    let misfit = |what: String| fault(what).with_kind(ErrorKind::Abi);
    // SAFETY: the hub's table lives as long as the process.
    let table = unsafe { get(Some(NonNull::from(hub))) }.ok_or_else(|| {
        misfit(format!("does not speak ABI version {} of the hub", abi::ABI_VERSION))
    })?;
    // SAFETY: the header asks for a table that lives as long as the process.
    let table = unsafe { abi::adopt(table) }.map_err(misfit)?;
    // Runtimes cannot be unloaded, so the library stays for good.
    core::mem::forget(library);
    Ok(table)
}
