//! Where plugins are, and what their `plugin.json` says. `docs/plugins.md` is the
//! manual.
//!
//! The hub, the compilers and the command find plugins here and nowhere else, so
//! that all have the same answer. Nothing is loaded or changed. Any thread may
//! enter.
#![forbid(unsafe_code)]

mod installed;
mod levels;
mod manifest;

pub use installed::{Fault, Installed, Plugin};
pub use levels::{Level, Levels, Place};
pub use manifest::{FILE, Manifest, is_valid_name, own_abi, own_platform};
