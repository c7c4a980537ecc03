//! Finds plugins and reads their `plugin.json`. `docs/plugins.md` is the manual.
//!
//! The hub, the compilers and the command all find plugins through this crate,
//! so that they agree. Nothing is loaded or changed. Any thread may enter.
#![forbid(unsafe_code)]

mod installed;
mod levels;
mod manifest;

pub use installed::{Installed, Plugin, UnusablePlugin};
pub use levels::{Level, Levels, Place};
pub use manifest::{FILE, Manifest, is_valid_name, own_abi, own_platform};
