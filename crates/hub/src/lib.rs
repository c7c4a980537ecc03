//! The hub: finds runtime plugins, loads them, and connects hosts to guests.
//!
//! It is active at load time only. A call goes directly from host to plugin,
//! and the hub never inspects a value. It names no language; it uses what is in
//! the installation. Any thread may enter. No lock is held while a plugin runs,
//! except the two that let each runtime start once and let a forked child
//! reload each module once.
#![allow(unsafe_code)] // exports the C interface, and opens plugins

mod budget;
mod collecting;
mod copies;
mod exits;
mod exports;
mod forks;
mod home;
mod manifest;
mod memory;
mod owners;
mod plugins;
mod pressure;
#[cfg_attr(not(unix), allow(dead_code, reason = "there is no fork on other systems"))]
mod reload;
mod sessions;
mod thread_names;

pub use exports::{metaffi_hub_get, metaffi_hub_in_use};
