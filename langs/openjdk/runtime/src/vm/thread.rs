//! Threads: attached once, as daemons, and detached when they end.
//!
//! A thread that Java or another bridge attached is used as it is, and stays attached. [`enter`] is
//! the hot path: one thread-local read.

use core::cell::Cell;
use core::mem::ManuallyDrop;
use core::ptr::{NonNull, null_mut};
use std::sync::Once;

use jni_sys::JNIEnv;
use metaffi_plugin::value::{Error, ErrorKind};
use metaffi_plugin::{AtThreadEnd, Exported, abi, is_main_thread, stack_bounds, write_thread_name};

use super::signal_stack::Stack;
use super::{Vm, gate, interrupt, options};
use crate::api;
use crate::jni::Env;
use crate::runtime::OpenJdk;

struct Thread {
    /// The environment, if we attached this thread; else null.
    env: Cell<*mut JNIEnv>,
    /// The module whose class loader is this thread's context loader; 0 for none.
    module: Cell<usize>,
    /// See [`room`]; 0 until it is known.
    lowest: Cell<usize>,
    /// Its signal stack, if it needed a larger one. Not dropped with this struct, because the stack
    /// must outlive other thread-locals.
    stack: Cell<ManuallyDrop<Option<Stack>>>,
}

thread_local! {
    static THREAD: Thread = const {
        Thread {
            env: Cell::new(null_mut()),
            module: Cell::new(0),
            lowest: Cell::new(0),
            stack: Cell::new(ManuallyDrop::new(None)),
        }
    };
}

/// The environment of this thread, which is attached first if necessary.
#[inline]
pub(crate) fn enter() -> Result<Env, Error> {
    gate::check()?;
    // SAFETY: the cell holds null or the environment of this thread.
    match unsafe { Env::from_raw(THREAD.with(|thread| thread.env.get())) } {
        Some(env) => Ok(env),
        None => enter_first(),
    }
}

/// The address above which this thread's stack has enough room for the entry of an upcall stub.
/// HotSpot throws there if room is lacking, and nobody would be there to catch it.
#[inline]
pub(crate) fn room() -> usize {
    match THREAD.with(|thread| thread.lowest.get()) {
        0 => measure(),
        known => known,
    }
}

/// The part of a stack that must stay free: HotSpot's guard pages and the pages that it touches
/// ahead (100 KiB), and room for making an error from an exception.
const RESERVE: usize = 256 * 1024;

#[cold]
fn measure() -> usize {
    let bounds = stack_bounds().and_then(|bounds| {
        // Windows says the size of a program's main stack in its file, and HotSpot reads that.
        let size = match cfg!(unix) && is_main_thread() {
            true => bounds.len().min(options::main_thread_stack()?),
            false => bounds.len(),
        };
        (size > 2 * RESERVE).then_some((bounds.end, size))
    });
    let lowest = bounds.map_or(usize::MAX, |(end, size)| end - size + RESERVE);
    THREAD.with(|thread| thread.lowest.set(lowest));
    lowest
}

#[cold]
fn enter_first() -> Result<Env, Error> {
    let vm = Vm::get()
        .ok_or_else(|| Error::new(ErrorKind::Internal, "the JVM was entered before it started"))?;
    if let Some(env) = vm.attached() {
        return Ok(env);
    }
    check_stack()?;
    let env = vm.attach().ok_or_else(|| {
        let message = "the JVM refused to attach this thread: its memory or the address space (ulimit -v) may be \
                       exhausted";
        Error::new(ErrorKind::Internal, message)
    })?;
    own(env);
    Ok(env)
}

/// Registers with the hub how Java names its threads.
pub(crate) fn register_namer() {
    static ONCE: Once = Once::new();
    let register = |hub: &&'static abi::Hub| {
        ONCE.call_once(|| {
            // SAFETY: the function is one that names threads.
            unsafe { (hub.name_threads)(name_of_this) };
        })
    };
    OpenJdk::hub().get().iter().for_each(|hub| register(hub));
}

/// The name of this thread in Java.
unsafe extern "C" fn name_of_this(to: NonNull<u8>, room: usize) -> usize {
    let env = if gate::is_forked() { None } else { attached() };
    let name = env.zip(api::try_get()).and_then(|(env, api)| api.values.thread_name(env));
    // SAFETY: the hub passes a buffer of that size.
    unsafe { write_thread_name(name, to, room) }
}

/// The environment of this thread if it is attached.
pub(crate) fn attached() -> Option<Env> {
    // SAFETY: as in `enter`.
    let own = unsafe { Env::from_raw(THREAD.with(|thread| thread.env.get())) };
    own.or_else(|| Vm::get()?.attached())
}

/// Takes charge of this attached thread: it is detached when it ends.
pub(crate) fn own(env: Env) {
    THREAD.with(|thread| {
        thread.env.set(env.as_raw());
        if let Some(stack) = Stack::enlarged() {
            thread.stack.set(ManuallyDrop::new(Some(stack)));
        }
    });
    AT_END.arm();
    interrupt::register_if_main(env);
}

/// As [`enter`] for a call into a module. Also returns whether this thread's context class loader
/// must be set to that of the module now: on threads that we attached, and on Java's own threads in
/// a JVM that we started, which may change it at any time. A module without paths of its own keeps
/// an existing loader.
#[inline]
pub(crate) fn enter_module(module: usize, has_paths: bool) -> Result<(Env, bool), Error> {
    gate::check()?;
    let own = THREAD.with(|thread| {
        // SAFETY: as in `enter`.
        let env = unsafe { Env::from_raw(thread.env.get()) }?;
        Some((env, thread.module.get() != module && thread.switch(module, has_paths)))
    });
    match own {
        Some(entered) => Ok(entered),
        None => enter_module_first(module, has_paths),
    }
}

#[cold]
fn enter_module_first(module: usize, has_paths: bool) -> Result<(Env, bool), Error> {
    let env = enter_first()?;
    let is_own = THREAD.with(|thread| !thread.env.get().is_null());
    let switches = match is_own {
        true => THREAD.with(|thread| thread.switch(module, has_paths)),
        false => has_paths && Vm::get().is_some_and(|vm| vm.ours),
    };
    Ok((env, switches))
}

impl Thread {
    #[cold]
    fn switch(&self, module: usize, has_paths: bool) -> bool {
        let switches = has_paths || self.module.get() == 0;
        if switches {
            self.module.set(module);
        }
        switches
    }
}

static AT_END: AtThreadEnd = AtThreadEnd::new(detach);

fn detach() {
    let attached = !THREAD.with(|thread| thread.env.replace(null_mut())).is_null();
    if attached && !gate::is_forked() {
        Vm::get().into_iter().for_each(Vm::detach);
    }
    drop(ManuallyDrop::into_inner(THREAD.with(|thread| thread.stack.take())));
}

/// HotSpot protects the lowest pages of an attached thread's stack; below this size little or
/// nothing would be left for Java.
const MIN_STACK: usize = 192 * 1024;

fn check_stack() -> Result<(), Error> {
    match stack_bounds().map(|bounds| bounds.len()) {
        Some(size) if size < MIN_STACK => {
            let message = format!(
                "this thread's stack is {} KiB, but Java needs at least {} KiB: start the thread with \
                 a larger stack",
                size / 1024,
                MIN_STACK / 1024
            );
            Err(Error::new(ErrorKind::Unsupported, message))
        }
        _ => Ok(()),
    }
}
