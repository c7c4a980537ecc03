//! The python3 runtime plugin that the hub opens.
//!
//! It starts an interpreter in the process and passes the hub on to
//! `metaffi._native`, which handles values, modules and entities. That library needs
//! Python's symbols in order to be loaded, and is imported by Python, so that a
//! Python host's package and the plugin are the same library. This one needs no
//! Python symbols, so it can be opened in any process.
//!
//! Must not handle values or entities. The hub starts a plugin from one thread at
//! a time; any thread may call the other functions.
#![allow(unsafe_code)] // exports the plugin's C symbol and calls CPython's

mod api;
mod libpython;
mod native;
mod signals;
mod start;
mod table;

use core::ptr::NonNull;

use metaffi_plugin::abi;

/// See `metaffi_plugin_get` in `metaffi.h`.
///
/// # Safety
/// `hub` must be null or a table that lives as long as the process.
// SAFETY: the one symbol of this name in this library.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn metaffi_plugin_get(
    hub: Option<NonNull<abi::Hub>>,
) -> Option<NonNull<abi::Plugin>> {
    // SAFETY: the hub passes its table.
    unsafe { table::get(hub) }
}
