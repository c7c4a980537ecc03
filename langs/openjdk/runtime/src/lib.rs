//! The openjdk runtime plugin: Java, called through JNI.
//!
//! Call path: [`call`] is entered with a frame → `to_java` makes the arguments →
//! `target` calls through a cached id → `from_java` makes the result. What can
//! be decided when an entity loads, `resolve` has decided: the hot path has no
//! reflection, no look-up by name and no lock.
//!
//! Any thread may enter; `vm::thread` attaches it once. No lock of ours is held
//! while Java code runs.
#![allow(unsafe_code)] // speaks JNI and exports the plugin's C symbol

mod api;
mod asked;
mod call;
mod callable;
mod class;
mod exit;
mod foreign;
mod framed;
mod from_java;
mod host;
mod identity;
mod jni;
mod module;
mod number;
mod object;
mod pressure;
mod prim;
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
