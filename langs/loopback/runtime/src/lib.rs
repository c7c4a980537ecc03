//! The loopback runtime: a guest language that needs no toolchain.
//!
//! Its module `loopback` is the [`table`] of entities; another module, `conformance`,
//! is loaded only by the conformance matrix. Unit tests, valgrind and fuzzing use this
//! runtime, and a new language starts as a copy of this folder: [`Loopback`] loads,
//! `resolve` chooses an entity and a plan, `bodies` is the guest's own code. Any thread
//! may enter.
#![allow(unsafe_code)] // exports the plugin's C symbol, and reads raw slots

mod answering;
mod bodies;
mod conformance;
mod counter;
mod live;
mod resolve;
mod table;

pub use table::{Entry, TABLE, Ty};

use metaffi_plugin::value::{Error, ErrorKind, Owner};
use metaffi_plugin::{AfterFork, Loaded, Request, Runtime, abi, did_you_mean, export_plugin};

/// The started runtime.
pub struct Loopback {
    owner: Owner,
}

/// A module.
#[derive(Clone, Copy)]
pub enum Module {
    /// `loopback`.
    Loopback,
    /// `conformance`, for the matrix.
    Conformance,
}

impl Module {
    fn name(self) -> &'static str {
        match self {
            Module::Loopback => "loopback",
            Module::Conformance => "conformance",
        }
    }

    fn table(self) -> &'static [&'static [Entry]] {
        match self {
            Module::Loopback => TABLE,
            Module::Conformance => conformance::CONFORMANCE,
        }
    }
}

impl Runtime for Loopback {
    const NAME: &'static str = "loopback";
    type Module = Module;

    fn start(hub: &'static abi::Hub) -> Result<Self, Error> {
        live::remember(hub);
        Ok(Self { owner: Owner::named(hub, Self::NAME) })
    }

    fn load_module(&self, path: &str) -> Result<Module, Error> {
        match path {
            "loopback" | "test" => Ok(Module::Loopback),
            "conformance" => Ok(Module::Conformance),
            _ => Err(Error::new(
                ErrorKind::NotFound,
                format!(
                    "no loopback module `{path}`{}; the only one is `loopback`",
                    did_you_mean(path, ["loopback"])
                ),
            )),
        }
    }

    fn load_entity(&self, module: &Module, request: &Request) -> Result<Loaded, Error> {
        resolve::resolve(self.owner, *module, request)
    }

    /// It has no threads of its own, and no state that another thread may have locked.
    fn after_fork(&self) -> AfterFork {
        AfterFork::Works
    }
}

export_plugin!(Loopback);
