//! The python3 runtime plugin as the hub opens it.
//!
//! It brings an interpreter into the process and gives the hub over to
//! `metaffi._native`, which knows values, modules and entities. That library
//! needs Python's symbols to be loaded at all, and is imported by Python, so
//! that a Python host's package and the plugin are one image. This one needs
//! none: it can be opened in any process.
//!
//! Must not know values or entities. The hub starts a plugin from one thread at
//! a time; the other functions may be entered by any thread.
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
