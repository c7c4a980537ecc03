//! Python as a guest: the plugin that the hub loads.
//!
//! [`call`] gets a frame, takes the GIL, lifts the arguments, calls [`target`] by
//! vectorcall and lowers the result. [`resolve`] and the package's `_entities.py`
//! have already decided whatever can be decided when an entity is loaded.
//!
//! Any thread may enter; none of them holds the GIL.

mod call;
pub(crate) mod embed;
pub(crate) mod member;
pub(crate) mod module;
mod resolve;
mod spread;
mod target;
mod value;

use metaffi_plugin::{AfterFork, Loaded, Request, Runtime, abi};
use metaffi_value::{Error, str_from_raw};

use crate::gil::with_gil;
use crate::load;
use crate::process::{Visit, attached};
use module::Module;

/// The started runtime.
pub(crate) struct Python3;

impl Runtime for Python3 {
    const NAME: &'static str = "python3";
    type Module = Module;

    fn start(hub: &'static abi::Hub) -> Result<Self, Error> {
        // SAFETY: the hub keeps the text for the life of the process.
        let home = unsafe { str_from_raw((hub.home)()) };
        load::open_hub(home.as_ref())?;
        Ok(Self)
    }

    fn load_module(&self, path: &str) -> Result<Module, Error> {
        let _visit = Visit::begin()?;
        // SAFETY: the GIL is held while this runs.
        with_gil(|| unsafe { attached(|py| Module::load(py, path)) })
    }

    fn load_entity(&self, module: &Module, request: &Request) -> Result<Loaded, Error> {
        let _visit = Visit::begin()?;
        // SAFETY: the GIL is held while this runs.
        with_gil(|| unsafe { attached(|py| resolve::resolve(py, module, request)) })
    }

    fn begin_exit(&self) {
        embed::begin_exit();
    }

    fn finish_exit(&self) {
        embed::finish_exit();
    }

    /// The gate decides: Python can be used in the child if it forked itself.
    fn after_fork(&self) -> AfterFork {
        AfterFork::Works
    }
}

metaffi_plugin::export_plugin!(Python3);
