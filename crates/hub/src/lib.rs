//! The hub: finds runtime plugins, loads them, and introduces hosts to guests.
//!
//! It works at load time only. A call goes from host to plugin directly, and
//! the hub never inspects a value. It names no language: what there is, is
//! what stands in the installation. Any thread may enter; no lock is held
//! while a plugin runs, except the one that starts each runtime once.
#![allow(unsafe_code)] // exports the C interface, and opens plugins

#[cfg_attr(not(unix), allow(dead_code, reason = "nothing forks there"))]
mod anew;
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
mod sessions;
mod thread_names;

pub use exports::{metaffi_hub_get, metaffi_hub_in_use};
