//! The python3 runtime: the native part of the `metaffi` package, and the plugin.
//!
//! Built once for the stable ABI of CPython 3.11, without a libpython: the
//! interpreter that imports `metaffi._native` provides the symbols. With Python as
//! the host, entities of other runtimes are callable objects ([`function`]); with
//! Python as the guest, [`guest`] calls what it has loaded. Both use the same two
//! directions: values are lowered ([`lower`]) and lifted ([`lift`]).
//!
//! Rules for all of it
//! - The GIL is held unless a function says otherwise, and is released around
//!   every entry into the hub or a guest.
//! - Threads of other runtimes enter only through `shared::release` (which takes
//!   no GIL), through callbacks and through the plugin's table.
//! - The GIL is taken with `gil::with_gil`, never with `Python::attach`: entities
//!   release it without pyo3's knowledge, so pyo3's count of it is wrong.
//!   Code that drops a `Py` or a `PyErr` runs in `process::attached`.
//! - No interpreter but the main one: objects are identified by their address,
//!   and there is one of each other runtime per process.
#![allow(unsafe_code)] // speaks the C interfaces of CPython and of MetaFFI

mod arguments;
mod asked;
mod attributes;
mod base_frame;
mod callback;
mod error;
mod error_record;
mod exit;
mod faults;
mod forks;
mod function;
mod gil;
mod guest;
mod handle;
mod interpreter;
mod interrupts;
mod layout;
mod lift;
mod load;
mod lower;
mod mapping;
mod natural;
mod packed;
mod pressure;
mod process;
mod recursion;
mod releases;
mod returns;
mod shared;
mod stack;
mod thread_names;
mod vectorcall;

use pyo3::prelude::*;

/// The native part of the `metaffi` package; use that instead.
#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    process::check_interpreter()?;
    recursion::check(module.py());
    module.add_class::<load::Runtime>()?;
    module.add_class::<load::Module>()?;
    module.add_class::<handle::MetaFFIHandle>()?;
    module.add_class::<error_record::ErrorRecord>()?;
    module.add_class::<mapping::MetaFFIMapping>()?;
    module.add("MetaFFIEntity", function::python_type(module.py())?)?;
    module.add("MetaFFIMethod", function::method_type(module.py())?)?;
    module.add_function(wrap_pyfunction!(function::direct::direct, module)?)?;
    module.add_function(wrap_pyfunction!(natural::naturally, module)?)?;
    module.add_function(wrap_pyfunction!(natural::owner_name, module)?)?;
    module.add_class::<callback::CallableTypes>()?;
    module.add_class::<faults::FaultHandlers>()?;
    module.add_function(wrap_pyfunction!(callback::forget_signatures, module)?)?;
    module.add_function(wrap_pyfunction!(layout::layout_is_known, module)?)?;
    module.add_function(wrap_pyfunction!(load::type_bits, module)?)?;
    module.add_function(wrap_pyfunction!(load::live_objects, module)?)?;
    module.add_class::<interrupts::RaisingHandler>()?;
    module.add_function(wrap_pyfunction!(interrupts::chain_signal, module)?)?;
    module.add_function(wrap_pyfunction!(interrupts::interrupt_call, module)?)?;
    module.add_function(wrap_pyfunction!(guest::embed::_embed, module)?)?;
    // The address at which the plugin continues after importing this module.
    module.add("_plugin_get", guest::metaffi_plugin_get as *const () as usize)?;
    layout::look_up(module.py())?;
    vectorcall::look_up();
    attributes::look_up();
    forks::watch(module)?;
    exit::watch(module)
}
