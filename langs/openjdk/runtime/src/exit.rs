//! The end of the JVM: the other languages are told after the program's own
//! shutdown hooks, and those run when another language ends the process.
//!
//! `java.lang.Shutdown` runs the hooks of applications at one of ten places, in
//! order, and ours comes after them: what they drain may still call. JNI does
//! not ask whether a class is exported.

use core::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use jni_sys::{JNIEnv, jboolean, jclass, jvalue};
use metaffi_plugin::value::Error;
use metaffi_plugin::{Exported, this_thread};

use crate::api::Classes;
use crate::host;
use crate::jni::{Class, Env, Native, StaticMethod};
use crate::runtime::OpenJdk;
use crate::vm::{Vm, gate, signals};

/// The places of `Shutdown` that the JDK leaves free.
const PLACES: core::ops::Range<i32> = 3..10;

/// What is called in Java.
pub(crate) struct Exit {
    run_hooks: StaticMethod,
}

impl Exit {
    pub(crate) fn find(env: Env) -> Result<Self, Error> {
        let shutdown = Class::find(env, c"java/lang/Shutdown")?;
        Ok(Self { run_hooks: shutdown.static_method(env, c"shutdown", c"()V")? })
    }

    /// Has us told when the JVM ends.
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
            PLACES.into_iter().any(|place| {
                let args = [jvalue { i: place }, jvalue { z: true }, hook];
                // SAFETY: what `add` takes; it throws where a place is taken.
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

/// Whether the JVM has begun to end by itself. Late is no harm: its own lock runs hooks once.
static BEGUN: AtomicBool = AtomicBool::new(false);
/// The thread that runs the hooks because another language ends the process. Only that one
/// ever finds its own number here.
static FOR_OTHERS: AtomicUsize = AtomicUsize::new(0);

/// Whether the program in Java began to exit.
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

/// The process is about to exit: runs the shutdown hooks, unless the JVM is
/// what ends it.
pub(crate) fn run_hooks(env: Env, exit: &Exit) {
    signals::keep_fault_handlers();
    if !has_begun() && Vm::get().is_some_and(|vm| vm.ours) {
        FOR_OTHERS.store(this_thread(), Ordering::Relaxed);
        // SAFETY: takes nothing. A failing hook is the user's; there is nobody
        // left to tell.
        let _ = unsafe { exit.run_hooks.void(env, &[]) };
    }
}

/// Refuses threads other than this one; a JVM that is the host goes on.
pub(crate) fn finish() {
    if !host::is_host() {
        gate::close();
    }
}
