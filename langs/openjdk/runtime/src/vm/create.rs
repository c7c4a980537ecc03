//! Creates the JVM on a separate thread, which can be abandoned.
//!
//! For many reasons (heap sizes, agents, memory) HotSpot does not return from its creation but ends
//! the process. Before that it calls the `abort` hook: there its thread stops forever, and the
//! start fails with an error.

use core::ffi::c_void;
use core::fmt;
use core::ptr::null_mut;
use std::ffi::{CStr, CString};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};

use jni_sys::{
    JNI_EINVAL, JNI_ENOMEM, JNI_VERSION_1_8, JavaVM, JavaVMInitArgs, JavaVMOption, jint,
};
use metaffi_plugin::value::{Error, ErrorKind};

use super::library::Library;
use super::messages;

/// Why there is no JVM.
pub(crate) enum NotCreated {
    /// Creation returned an error, and may be tried again.
    Refused(jint),
    /// It would have ended the process.
    GaveUp,
    /// The thread for it could not be started.
    NoThread(std::io::Error),
}

impl fmt::Display for NotCreated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(JNI_ENOMEM) => write!(f, "there is not enough memory"),
            Self::Refused(JNI_EINVAL) => write!(f, "an option is not valid"),
            Self::Refused(status) => write!(f, "it gave up (status {status})"),
            Self::GaveUp => write!(f, "it gave up"),
            Self::NoThread(error) => write!(f, "its thread cannot be started ({error})"),
        }
    }
}

/// The address of the JVM, because pointers are not `Send`.
type Outcome = Result<usize, NotCreated>;

/// The sender of the outcome, while a creation is in progress.
static WAITING: Mutex<Option<Sender<Outcome>>> = Mutex::new(None);

/// The stack for the JVM's start, its agents included.
const STACK: usize = 8 << 20;

/// Creates the JVM; only one thread at a time.
pub(crate) fn create(library: &Library, options: Options) -> Result<*mut JavaVM, NotCreated> {
    let (sender, outcome): (_, Receiver<Outcome>) = channel();
    *waiting() = Some(sender);
    let library = *library;
    let body = move || {
        let mut raw = options.raw();
        let mut args = JavaVMInitArgs {
            version: JNI_VERSION_1_8,
            nOptions: raw.len() as jint,
            options: raw.as_mut_ptr(),
            ignoreUnrecognized: false,
        };
        let created = library.create(&mut args);
        send_outcome(created.map(|vm| vm as usize).map_err(NotCreated::Refused));
    };
    let thread = std::thread::Builder::new().name("JVM start".into()).stack_size(STACK);
    if let Err(error) = thread.spawn(body) {
        *waiting() = None;
        return Err(NotCreated::NoThread(error));
    }
    let outcome = outcome.recv().unwrap_or(Err(NotCreated::GaveUp));
    outcome.map(|address| address as *mut JavaVM)
}

fn waiting() -> std::sync::MutexGuard<'static, Option<Sender<Outcome>>> {
    WAITING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Sends the outcome; returns whether the creating thread was still waiting.
fn send_outcome(outcome: Outcome) -> bool {
    let sender = waiting().take();
    sender.is_some_and(|sender| sender.send(outcome).is_ok())
}

/// HotSpot is about to end the process. After a successful start this is not our concern.
extern "C" fn on_abort() {
    if send_outcome(Err(NotCreated::GaveUp)) {
        loop {
            std::thread::park();
        }
    }
}

/// Options in the form that the JVM reads.
pub(crate) struct Options(Vec<CString>);

impl Options {
    pub(crate) fn new(options: Vec<String>) -> Result<Self, Error> {
        let bad = |_| Error::new(ErrorKind::Load, "an option of the JVM contains a NUL");
        options.into_iter().map(CString::new).collect::<Result<_, _>>().map(Self).map_err(bad)
    }

    fn raw(&self) -> Vec<JavaVMOption> {
        let option = |text: &CStr, function| JavaVMOption {
            optionString: text.as_ptr().cast_mut(),
            extraInfo: function,
        };
        let on_abort = on_abort as extern "C" fn() as *mut c_void;
        // First, so that they receive messages about the other options.
        let hooks = [option(c"vfprintf", messages::hook()), option(c"abort", on_abort)];
        hooks.into_iter().chain(self.0.iter().map(|text| option(text, null_mut()))).collect()
    }
}
