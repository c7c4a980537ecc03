//! The Java code that we call: the JDK's boxes, and the helpers of `metaffi.api.jar`.
//!
//! Looked up once, when the JVM has started. The Java side of each helper is in
//! `langs/openjdk/api`.

mod functions;
mod heap;
mod host;
mod interface;
mod jar;
mod jdk;
mod loading;
mod queries;
mod values;

use std::sync::OnceLock;

use metaffi_plugin::value::{Error, Owner};

use crate::exit::Exit;
use crate::jni::Env;
use crate::vm;
pub(crate) use functions::Functions;
pub(crate) use heap::Heap;
pub(crate) use host::Host;
pub(crate) use interface::Interface;
pub(crate) use jar::{Classes, locate};
pub(crate) use jdk::Jdk;
pub(crate) use loading::{Candidate, Elements, Kind, Loading, candidate};
pub(crate) use queries::Queries;
pub(crate) use values::Values;

/// Everything that is looked up at the start.
pub(crate) struct Api {
    /// The runtime's identity, which its objects carry.
    pub(crate) owner: Owner,
    pub(crate) jdk: Jdk,
    pub(crate) loading: Loading,
    pub(crate) values: Values,
    pub(crate) host: Host,
    pub(crate) functions: Functions,
    pub(crate) queries: Queries,
    pub(crate) exit: Exit,
    pub(crate) heap: Heap,
}

static API: OnceLock<Api> = OnceLock::new();

impl Api {
    /// Looks everything up in `classes` and the JDK.
    pub(crate) fn load(env: Env, classes: &Classes, owner: Owner) -> Result<&'static Self, Error> {
        if API.get().is_none() {
            let values = Values::find(env, classes)?;
            let loading = Loading::find(env, classes)?;
            let host = Host::find(env, classes)?;
            let functions = Functions::find(env, classes)?;
            let queries = Queries::find(env, classes)?;
            let (jdk, exit, heap) = (Jdk::find(env)?, Exit::find(env)?, Heap::find(env)?);
            let api = Self { owner, jdk, loading, values, host, functions, queries, exit, heap };
            let is_hotspot = vm::identify(&jdk::vm_name(env)?);
            crate::upcall::decide(env, is_hotspot);
            crate::foreign::register_natives(env, &api.values.handle)?;
            crate::host::register(env, classes)?;
            crate::reflect::register_natives(env, &api.loading.members)?;
            crate::callable::register_natives(env, &api.jdk, &api.functions.natives)?;
            Exit::watch(env, classes)?;
            API.get_or_init(|| api);
            owner.collect_by(crate::pressure::collect);
            vm::thread::register_namer();
        }
        Ok(get())
    }
}

/// The API, which exists once the runtime has started.
#[inline]
pub(crate) fn get() -> &'static Api {
    API.get().expect("values cross only after the runtime has started")
}

/// The API for error reporting, which may be needed before it exists.
pub(crate) fn try_get() -> Option<&'static Api> {
    API.get()
}
