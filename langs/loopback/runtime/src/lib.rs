//! The loopback runtime: a guest language that needs no toolchain.
//!
//! Its one module, `loopback`, is the [`table`] of entities below. Unit tests,
//! valgrind and fuzzing run on it, and a new language starts as a copy of this
//! folder: [`Loopback`] loads, `resolve` chooses an entity and a plan, `bodies`
//! is the guest's own code. Any thread may enter.
#![allow(unsafe_code)] // exports the plugin's C symbol, and reads raw slots

mod bodies;
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

/// The module `loopback`.
pub struct Module;

impl Runtime for Loopback {
    const NAME: &'static str = "loopback";
    type Module = Module;

    fn start(hub: &'static abi::Hub) -> Result<Self, Error> {
        live::remember(hub);
        Ok(Self { owner: Owner::named(hub, Self::NAME) })
    }

    fn load_module(&self, path: &str) -> Result<Module, Error> {
        match path {
            "loopback" | "test" => Ok(Module),
            _ => Err(Error::new(
                ErrorKind::NotFound,
                format!(
                    "no loopback module `{path}`{}; there is one, `loopback`",
                    did_you_mean(path, ["loopback"])
                ),
            )),
        }
    }

    fn load_entity(&self, _: &Module, request: &Request) -> Result<Loaded, Error> {
        resolve::resolve(self.owner, request)
    }

    /// It has no threads of its own, nor state that another thread may hold.
    fn after_fork(&self) -> AfterFork {
        AfterFork::Works
    }
}

export_plugin!(Loopback);
