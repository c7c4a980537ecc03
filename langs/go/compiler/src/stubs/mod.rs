//! Stubs for Go hosts: a package that calls what an IDL describes.
//!
//! `target` and `types` define what things are in Go, `functions` and `classes` decide on
//! signatures and calls, `view` holds what the templates print. The output has gofmt's format.
//! Nothing here starts a program.

mod arguments;
mod classes;
mod docs;
mod emit;
mod entities;
mod file;
mod functions;
mod literals;
mod names;
mod target;
mod types;
mod view;

pub(crate) use emit::{ENDING, OPTIONS, emit};
