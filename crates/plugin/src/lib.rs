//! The SDK for runtime plugins.
//!
//! A plugin implements [`Runtime`] and invokes [`export_plugin!`]. Every call
//! that crosses C then goes through one trampoline, which checks pointers,
//! catches panics, converts errors and handles fault points. A plugin is
//! entered from any thread, and from several at once.
#![allow(unsafe_code)] // exports the C vtable that the hub calls

mod arrivals;
mod descriptors;
mod exit;
mod exports;
mod fault;
mod forked;
mod gate;
mod loaded;
mod main_thread;
mod members;
mod releases;
#[cfg(unix)]
pub mod signals;
mod stack;
mod thread_end;
mod thread_name;

pub use arrivals::Arrivals;
pub use descriptors::spare_descriptors;
pub use exit::{at_exit, await_exit};
pub use exports::{Exported, Exports};
pub use fault::fault_point;
pub use forked::{AfterFork, forked_error, in_children, is_forked_error};
pub use gate::{Gate, this_thread};
pub use loaded::{Callee, Convention, Loaded};
pub use main_thread::is_main_thread;
pub use metaffi_abi as abi;
pub use metaffi_value as value;
pub use metaffi_value::{did_you_mean, stack_bounds};
pub use releases::{Link, Stack, Taken, Worker};
pub use stack::stack_pointer;
pub use thread_end::AtThreadEnd;
pub use thread_name::{thread_name, write_thread_name};

use metaffi_value::{Error, TypeInfo};

/// What to load: the entity path and the declared types.
#[derive(Clone, Debug)]
pub struct Request {
    /// As the user wrote it.
    pub entity_path: String,
    /// Declared parameters.
    pub params: Vec<TypeInfo>,
    /// Declared results.
    pub rets: Vec<TypeInfo>,
    /// The types are omitted. The entity must return what the path names, as
    /// one value ([`Loaded::value`]).
    pub is_value: bool,
}

/// A language's runtime, as the hub sees it.
pub trait Runtime: Sized + Send + Sync + 'static {
    /// The name that users load it by.
    const NAME: &'static str;
    /// A loaded module. Entities keep alive what they need of it.
    type Module: Send + Sync + 'static;

    /// Starts the language's runtime. Called once, and again after a failure.
    ///
    /// # Errors
    /// `Load` when it is missing or fails to start. The message says what was
    /// tried and what to do.
    fn start(hub: &'static abi::Hub) -> Result<Self, Error>;

    /// Loads a module by the path that the user wrote.
    ///
    /// # Errors
    /// `NotFound` naming the paths tried, or `Load`.
    fn load_module(&self, path: &str) -> Result<Self::Module, Error>;

    /// Resolves an entity, and makes all decisions that can be made before a
    /// call.
    ///
    /// # Errors
    /// `NotFound` with a suggestion, or `Signature` with the candidates.
    fn load_entity(&self, module: &Self::Module, request: &Request) -> Result<Loaded, Error>;

    /// The process is about to exit. Runs the language's exit handlers, and
    /// flushes its buffers. Any thread may still call.
    fn begin_exit(&self) {}

    /// All runtimes have finished `begin_exit`. Refuses threads other than this
    /// one from now on.
    fn finish_exit(&self) {}

    /// Called in a forked child, at each fork. Returns what happens to this
    /// runtime, which was started in the parent. Async-signal-safe.
    fn after_fork(&self) -> AfterFork {
        AfterFork::Dead
    }

    /// The program was interrupted while its main thread is in a call.
    /// Interrupts what that thread is waiting for in this runtime, and returns
    /// whether there was anything. Any thread; must not wait for the main
    /// thread.
    fn interrupt(&self) -> bool {
        false
    }

    /// The main thread, which calls this, has handled the interrupt. Its next
    /// call must not be affected by it.
    fn end_interrupt(&self) {}
}

/// Exports a [`Runtime`] as the C symbol `metaffi_plugin_get`.
#[macro_export]
macro_rules! export_plugin {
    ($runtime:ty) => {
        impl $crate::Exported for $runtime {
            fn slot() -> &'static ::std::sync::OnceLock<Self> {
                static RUNTIME: ::std::sync::OnceLock<$runtime> = ::std::sync::OnceLock::new();
                &RUNTIME
            }
            fn hub() -> &'static ::std::sync::OnceLock<&'static $crate::abi::Hub> {
                static HUB: ::std::sync::OnceLock<&'static $crate::abi::Hub> =
                    ::std::sync::OnceLock::new();
                &HUB
            }
        }

        /// See `metaffi_plugin_get` in `metaffi.h`.
        ///
        /// # Safety
        /// `hub` must be null or a table that lives as long as the process.
        // SAFETY: the only symbol of this name in this library.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn metaffi_plugin_get(
            hub: ::core::option::Option<::core::ptr::NonNull<$crate::abi::Hub>>,
        ) -> ::core::option::Option<::core::ptr::NonNull<$crate::abi::Plugin>> {
            // SAFETY: the hub passes its table.
            unsafe { $crate::Exports::<$runtime>::get(hub) }
        }
    };
}
