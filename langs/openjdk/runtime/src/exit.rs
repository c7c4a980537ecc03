//! The end of the JVM: other languages are notified after the program's own shutdown hooks, and
//! those run when another language ends the process.
//!
//! `java.lang.Shutdown` runs the hooks of applications in one of ten slots, in order, and ours
//! comes after them, so that hooks may still make calls. JNI does not check whether a class is
//! exported.

use core::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use jni_sys::{JNIEnv, jboolean, jclass, jvalue};
use metaffi_plugin::value::Error;
use metaffi_plugin::{Exported, this_thread};

use crate::api::Classes;
use crate::host;
use crate::jni::{Class, Env, Native, StaticMethod};
use crate::runtime::OpenJdk;
use crate::vm::{Vm, gate, signals};

/// The slots of `Shutdown` that the JDK leaves free.
const SLOTS: core::ops::Range<i32> = 3..10;

/// The Java methods that are called.
pub(crate) struct Exit {
    run_hooks: StaticMethod,
}

impl Exit {
    pub(crate) fn find(env: Env) -> Result<Self, Error> {
        let shutdown = Class::find(env, c"java/lang/Shutdown")?;
        Ok(Self { run_hooks: shutdown.static_method(env, c"shutdown", c"()V")? })
    }

    /// Registers us for the end of the JVM.
    pub(crate) fn watch(env: Env, classes: &Classes) -> Result<(), Error> {
        let class = classes.class(env, c"metaffi/internal/ProcessExit")?;
        env.register_natives(&class, &natives())?;
        // SAFETY: the constructor takes nothing.
        let hook = unsafe { class.constructor(env, c"()V")?.new_object(env, &class, &[]) }?;
        let among_others = class.static_method(env, c"amongOthers", c"(Ljava/lang/Runnable;)V")?;
        let add = Class::find(env, c"java/lang/Shutdown")
            .and_then(|shutdown| shutdown.static_method(env, c"add", c"(IZLjava/lang/Runnable;)V"));
        let hook = jvalue { l: hook.as_raw() };
        let is_last = add.is_ok_and(|add| {
            SLOTS.into_iter().any(|slot| {
                let args = [jvalue { i: slot }, jvalue { z: true }, hook];
                // SAFETY: what `add` takes; it throws if a slot is taken.
                unsafe { add.void(env, &args) }.is_ok()
            })
        });
        if is_last {
            return Ok(());
        }
        // SAFETY: what the method takes.
        unsafe { among_others.void(env, &[hook]) }
    }
}

/// Whether the JVM has begun to exit by itself. A late read does no harm: the JVM's own lock runs
/// hooks only once.
static BEGUN: AtomicBool = AtomicBool::new(false);
/// The thread that runs the hooks because another language ends the process. Only that thread ever
/// finds its own number here.
static FOR_OTHERS: AtomicUsize = AtomicUsize::new(0);

/// Whether the Java program began to exit.
pub(crate) fn has_begun() -> bool {
    BEGUN.load(Ordering::Relaxed)
}

fn natives() -> [Native; 2] {
    [(c"begin", c"()V", begin as _), (c"isBegunByOthers", c"()Z", is_begun_by_others as _)]
}

extern "system" fn is_begun_by_others(_: *mut JNIEnv, _: jclass) -> jboolean {
    FOR_OTHERS.load(Ordering::Relaxed) == this_thread()
}

extern "system" fn begin(env: *mut JNIEnv, _: jclass) {
    let body = |_| {
        BEGUN.store(true, Ordering::Relaxed);
        if let Some(hub) = OpenJdk::hub().get() {
            // SAFETY: may be called at any time.
            unsafe { (hub.begin_exit)() };
        }
        Ok(())
    };
    // SAFETY: the JVM's environment.
    unsafe { host::enter(env, (), body) };
}

/// The process is about to exit: runs the shutdown hooks, unless the JVM itself ends the process.
pub(crate) fn run_hooks(env: Env, exit: &Exit) {
    signals::keep_fault_handlers();
    if !has_begun() && Vm::get().is_some_and(|vm| vm.ours) {
        FOR_OTHERS.store(this_thread(), Ordering::Relaxed);
        // SAFETY: takes nothing. A hook that fails is the user's own, and there is nobody left to
        // report it to.
        let _ = unsafe { exit.run_hooks.void(env, &[]) };
    }
}

/// Refuses other threads; a JVM that is the host continues.
pub(crate) fn finish() {
    if !host::is_host() {
        gate::close();
    }
}
