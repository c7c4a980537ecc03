//! The plugin: starts the JVM, loads modules, resolves entities.

use metaffi_plugin::value::{Error, Owner, str_from_raw};
use metaffi_plugin::{Loaded, Request, Runtime, abi};

use crate::api::{self, Api, Classes};
use crate::host;
use crate::module::Module;
use crate::resolve;
use crate::vm::{Vm, gate, signals, thread};

/// The started runtime.
pub(crate) struct OpenJdk;

impl Runtime for OpenJdk {
    const NAME: &'static str = "openjdk";
    type Module = Module;

    fn start(hub: &'static abi::Hub) -> Result<Self, Error> {
        // SAFETY: the hub keeps the text for the life of the process.
        let home = unsafe { str_from_raw((hub.home)()) };
        let jar = api::locate(home.as_ref())?;
        let vm = Vm::obtain(&jar)?;
        // The thread that starts a JVM is attached to it from then on.
        if let Some(env) = vm.attached().filter(|_| vm.ours) {
            thread::own(env);
        }
        let env = thread::enter()?;
        Api::load(env, &Classes::new(env, &jar)?, Owner::named(hub, Self::NAME))?;
        Ok(Self)
    }

    fn load_module(&self, path: &str) -> Result<Module, Error> {
        Module::load(thread::enter()?, path)
    }

    fn load_entity(&self, module: &Module, request: &Request) -> Result<Loaded, Error> {
        signals::keep_fault_handlers();
        resolve::resolve(thread::enter()?, module, request)
    }

    fn begin_exit(&self) {
        if host::is_host() {
            return; // its shutdown hooks may still call Java through us
        }
        signals::keep_fault_handlers();
        let is_first = gate::begin_exit();
        if !is_first || !Vm::get().is_some_and(|vm| vm.ours) {
            return;
        }
        // A failing hook is the user's; there is nobody left to tell.
        let _ = thread::enter().and_then(|env| api::get().values.run_shutdown_hooks(env));
    }
}
