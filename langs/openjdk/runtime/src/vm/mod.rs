//! The one JVM of this process: found, started, entered, left.
//!
//! Nothing here knows about values or entities. [`Vm::obtain`] may be called from any thread, once;
//! [`thread::enter`] from any thread, at every call.

mod barrier;
mod create;
#[cfg(target_os = "linux")]
mod environment;
pub(crate) mod gate;
pub(crate) mod interrupt;
mod library;
mod main_stack;
mod messages;
mod options;
pub(crate) mod release;
mod signal_stack;
pub(crate) mod signals;
pub(crate) mod start;
#[cfg(unix)]
mod suspend_signal;
pub(crate) mod thread;

use core::ffi::CStr;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicBool, Ordering};
use std::ffi::CString;
use std::path::Path;
use std::sync::OnceLock;

use jni_sys::{JNI_OK, JNI_VERSION_1_8, JavaVM, JavaVMAttachArgs};
use metaffi_plugin::value::{Error, ErrorKind};
use metaffi_plugin::{Exported, is_main_thread, thread_name};

use crate::jni::Env;
use crate::runtime::OpenJdk;
use library::Library;

/// The JVM of this process.
pub(crate) struct Vm {
    raw: *mut JavaVM,
    library: Library,
    /// Whether this plugin started it, and not a Java host or another bridge.
    pub(crate) ours: bool,
}

// SAFETY: the invocation interface may be used from any thread (JNI, chapter 5).
unsafe impl Send for Vm {}
// SAFETY: as above.
unsafe impl Sync for Vm {}

static VM: OnceLock<Vm> = OnceLock::new();

impl Vm {
    /// The JVM that runs in this process, or else a new one with `api` on its class path. Must not
    /// be called by two threads at once.
    pub(crate) fn obtain(api: &Path) -> Result<&'static Self, Error> {
        if let Some(vm) = VM.get() {
            return Ok(vm);
        }
        // HotSpot treats a JVM that gave up as a running one.
        if let Some(error) = start::gave_up() {
            return Err(error);
        }
        let vm = match running() {
            Some(vm) => vm,
            None => start::start(api)?.attached_first(),
        };
        gate::watch_forks();
        Ok(VM.get_or_init(|| vm))
    }

    /// The JVM that called this code.
    pub(crate) fn adopt() -> Result<&'static Self, Error> {
        if let Some(vm) = VM.get() {
            return Ok(vm);
        }
        let vm = running().ok_or_else(|| {
            let message = "the running JVM cannot be found: its library is not named libjvm";
            Error::new(ErrorKind::Load, message)
        })?;
        gate::watch_forks();
        Ok(VM.get_or_init(|| vm))
    }

    /// The JVM, once it exists.
    pub(crate) fn get() -> Option<&'static Self> {
        VM.get()
    }

    /// The environment of this thread, if anyone attached it.
    pub(crate) fn attached(&self) -> Option<Env> {
        let mut env = null_mut();
        // SAFETY: a live JVM; `env` is written when the result is JNI_OK.
        let status = unsafe { ((**self.raw).v1_4.GetEnv)(self.raw, &raw mut env, JNI_VERSION_1_8) };
        // SAFETY: the environment of this thread.
        (status == JNI_OK).then(|| unsafe { Env::from_raw(env.cast()) })?
    }

    /// Attaches the thread that started the JVM; the program's main thread gets the name that it
    /// has in every Java program.
    fn attached_first(self) -> Self {
        if is_main_thread() {
            self.attach_by(Some(c"main"));
        } else {
            self.attach();
        }
        self
    }

    /// Attaches this thread; as a daemon, so that it never delays an exit.
    pub(crate) fn attach(&self) -> Option<Env> {
        let name = OpenJdk::hub().get().and_then(|hub| thread_name(hub));
        // A name with a NUL, which is valid in Java, is dropped.
        self.attach_by(name.and_then(|name| CString::new(name).ok()).as_deref())
    }

    fn attach_by(&self, name: Option<&CStr>) -> Option<Env> {
        if !main_stack::can_grow() {
            return None;
        }
        let mut env = null_mut();
        let mut args = name.map(|name| JavaVMAttachArgs {
            version: JNI_VERSION_1_8,
            name: name.as_ptr().cast_mut(),
            group: null_mut(),
        });
        let args = args.as_mut().map_or(null_mut(), |args| core::ptr::from_mut(args).cast());
        // SAFETY: a live JVM; it copies the arguments, and null means none.
        let status = signals::with_signals_blocked(|| unsafe {
            ((**self.raw).v1_4.AttachCurrentThreadAsDaemon)(self.raw, &raw mut env, args)
        });
        // SAFETY: as in `attached`.
        (status == JNI_OK).then(|| unsafe { Env::from_raw(env.cast()) })?
    }

    /// Detaches this thread, which must have no Java frame.
    pub(crate) fn detach(&self) {
        // SAFETY: a live JVM; it refuses a thread that is inside Java.
        unsafe { ((**self.raw).v1_4.DetachCurrentThread)(self.raw) };
    }

    /// `JVM_IHashCode`: an identity hash without a call into Java.
    pub(crate) fn identity_hash_fn(&self) -> Option<library::IdentityHashFn> {
        self.library.identity_hash
    }
}

/// Whether to check for a pending exception after every call: on any JVM other than HotSpot, and
/// with JNI checks. Decided before the API exists; an unnecessary check does no harm.
static CHECKS_ALWAYS: AtomicBool = AtomicBool::new(true);

#[inline]
pub(crate) fn checks_always() -> bool {
    CHECKS_ALWAYS.load(Ordering::Relaxed)
}

/// Identifies the JVM by its `java.vm.name`; returns whether it is HotSpot.
pub(crate) fn identify(name: &str) -> bool {
    let is_hotspot = ["OpenJDK ", "HotSpot"].iter().any(|known| name.contains(known));
    CHECKS_ALWAYS.store(!is_hotspot || is_checked(), Ordering::Relaxed);
    is_hotspot
}

/// Whether JNI checks are on, as set by variables or, in a Java host, on the command line.
fn is_checked() -> bool {
    let sources = [options::VARIABLE, "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS"];
    let variables = sources.iter().filter_map(std::env::var_os);
    let mut all = variables.chain(std::env::args_os());
    all.any(|options| options.to_string_lossy().contains("-Xcheck:jni"))
}

/// The JVM that a Java host, or another bridge, started in this process.
fn running() -> Option<Vm> {
    let library = Library::already_loaded()?;
    let raw = library.created_vm()?;
    Some(Vm { raw, library, ours: false })
}
