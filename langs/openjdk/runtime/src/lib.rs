//! The openjdk runtime plugin: Java, called through JNI.
//!
//! Call path: [`call`] is entered with a frame → `to_java` makes the arguments → `target` calls
//! through a cached id → `from_java` makes the result. Everything that can be decided at load time
//! is decided by `resolve`: the hot path has no reflection, no lookup by name and no lock.
//!
//! Any thread may enter; `vm::thread` attaches it once. No lock of the plugin is held while Java
//! code runs.
#![allow(unsafe_code)] // speaks JNI and exports the plugin's C symbol

mod api;
mod call;
mod callable;
mod caller_sensitive;
mod class;
mod exit;
mod foreign;
mod from_java;
mod host;
mod identity;
mod jni;
mod module;
mod number;
mod object;
mod pressure;
mod prim;
mod queries;
mod reflect;
mod resolve;
mod runtime;
mod slot;
mod target;
mod throwable;
mod to_java;
mod upcall;
mod vm;

use runtime::OpenJdk;

metaffi_plugin::export_plugin!(OpenJdk);
