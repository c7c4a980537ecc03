//! Starts the native part: opens the hub, and adopts the running JVM.

use core::sync::atomic::{AtomicBool, Ordering};
use std::path::Path;

use jni_sys::{JNIEnv, jclass, jlong, jstring};
use metaffi::{Error, ErrorKind, Hub};
use metaffi_library::library_of;
use metaffi_plugin::Exported;

use super::natives::enter;
use crate::api::{Api, Classes};
use crate::jni::{Env, Native, jni, to_rust_string};
use crate::runtime::OpenJdk;
use crate::vm::Vm;

/// `metaffi.internal.Library.start`, found by name, because it registers all other native methods.
// SAFETY: the only symbol of this name in this library.
#[unsafe(no_mangle)]
#[allow(unreachable_pub, reason = "the JVM looks it up by its name")]
pub extern "system" fn Java_metaffi_internal_Library_start(
    env: *mut JNIEnv,
    class: jclass,
    home: jstring,
) {
    let body = |env| {
        // SAFETY: a class, and a string that is not null.
        unsafe { start(env, class, Path::new(&to_rust_string(env, home))) }
    };
    // SAFETY: the JVM's environment.
    unsafe { enter(env, (), body) };
}

/// # Safety
/// `class` must be a class of the API.
unsafe fn start(env: Env, class: jclass, home: &Path) -> Result<(), Error> {
    let hub = Hub::open(Some(home))?;
    OpenJdk::hub().get_or_init(|| hub.table());
    keep_loaded();
    let vm = Vm::adopt()?;
    // SAFETY: the caller's promise.
    let classes = unsafe { Classes::beside(env, class) }?;
    let api = Api::load(env, &classes, hub.owner("openjdk"))?;
    // SAFETY: two classes.
    if !unsafe { jni!(env, IsSameObject, class, api.host.library.as_raw()) } {
        let message = "another class loader of this JVM already uses MetaFFI: put \
                       metaffi.api.jar on the class path that both share";
        return Err(Error::new(ErrorKind::Load, message));
    }
    if !vm.ours && !IS_HOST.swap(true, Ordering::Relaxed) {
        extern "C" fn at_exit() {} // all hooks of the JVM have run by then
        // SAFETY: the function lives as long as the process.
        unsafe { (hub.table().on_exit)(at_exit) };
    }
    Ok(())
}

/// Set before the hub knows this host, under a lock that the thread that ends everything takes
/// first.
static IS_HOST: AtomicBool = AtomicBool::new(false);

/// Whether a Java program uses the API, whose JVM exits by itself.
pub(crate) fn is_host() -> bool {
    IS_HOST.load(Ordering::Relaxed)
}

/// The JVM closes a library together with the class loader that opened it, but threads of other
/// runtimes may be inside ours at any time.
fn keep_loaded() {
    fn here() {}
    if let Some(path) = library_of(here) {
        // SAFETY: it is open already, so no initialization code runs.
        let library = unsafe { metaffi_library::open(&path) };
        core::mem::forget(library);
    }
}

/// The native methods of `Library`.
pub(super) fn natives() -> [Native; 1] {
    [(c"liveObjects", c"(Ljava/lang/String;)J", live_objects as _)]
}

extern "system" fn live_objects(env: *mut JNIEnv, _: jclass, runtime: jstring) -> jlong {
    // SAFETY: a string that is not null.
    let body =
        |env| Ok(Hub::open(None)?.owner(&unsafe { to_rust_string(env, runtime) }).live_objects());
    // SAFETY: the JVM's environment.
    unsafe { enter(env, 0, body) }
}
