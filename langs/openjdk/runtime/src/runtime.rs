//! The plugin: starts the JVM, loads modules, resolves entities.

use metaffi_plugin::value::{Error, Owner, str_from_raw};
use metaffi_plugin::{Loaded, Request, Runtime, abi};

use crate::api::{self, Api, Classes};
use crate::exit;
use crate::module::Module;
use crate::resolve;
use crate::vm::{Vm, interrupt, signals, thread};

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
        // The thread that starts a JVM stays attached to it.
        if let Some(env) = vm.attached().filter(|_| vm.ours) {
            thread::own(env);
        }
        let env = thread::enter()?;
        Api::load(env, &Classes::new(env, &jar)?, Owner::named(hub, Self::NAME))?;
        interrupt::register_if_main(env); // the class did not exist when the thread was attached
        Ok(Self)
    }

    fn load_module(&self, path: &str) -> Result<Module, Error> {
        Module::load(thread::enter()?, path)
    }

    fn load_entity(&self, module: &Module, request: &Request) -> Result<Loaded, Error> {
        signals::keep_fault_handlers();
        resolve::resolve(thread::enter()?, module, request)
    }

    fn interrupt(&self) -> bool {
        interrupt::interrupt()
    }

    fn end_interrupt(&self) {
        interrupt::end();
    }

    fn begin_exit(&self) {
        if let Ok(env) = thread::enter() {
            exit::run_hooks(env, &api::get().exit);
        }
    }

    fn finish_exit(&self) {
        exit::finish();
    }
}
