//! Errors: what happened, where, in which language.

use core::fmt;
use core::ops::{Deref, DerefMut};
use core::ptr::NonNull;
use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use metaffi_abi as abi;

use crate::object::Handle;
use crate::stack_trace::{Keeper, StackTrace};
use crate::text::{str_from_raw, str_to_raw};
use crate::thrown;

/// The kind of an error; the numbers are those of the ABI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum ErrorKind {
    /// Wrong count, type or range of arguments.
    Argument = abi::ERROR_ARGUMENT,
    /// No such runtime, module or entity.
    NotFound = abi::ERROR_NOT_FOUND,
    /// Found, but cannot be loaded.
    Load = abi::ERROR_LOAD,
    /// Declared types fit no (or several) candidates.
    Signature = abi::ERROR_SIGNATURE,
    /// The guest's own exception or error result.
    Guest = abi::ERROR_GUEST,
    /// The guest panicked.
    Panic = abi::ERROR_PANIC,
    /// Used after it, or its runtime, was released.
    Released = abi::ERROR_RELEASED,
    /// Another ABI version.
    Abi = abi::ERROR_ABI,
    /// Legal, but this runtime cannot do it.
    Unsupported = abi::ERROR_UNSUPPORTED,
    /// A fault of MetaFFI itself.
    Internal = abi::ERROR_INTERNAL,
}

impl ErrorKind {
    /// The kind of a status; an unknown one is `Internal`.
    #[must_use]
    pub const fn from_status(status: abi::Status) -> Self {
        match status {
            abi::ERROR_ARGUMENT => Self::Argument,
            abi::ERROR_NOT_FOUND => Self::NotFound,
            abi::ERROR_LOAD => Self::Load,
            abi::ERROR_SIGNATURE => Self::Signature,
            abi::ERROR_GUEST => Self::Guest,
            abi::ERROR_PANIC => Self::Panic,
            abi::ERROR_RELEASED => Self::Released,
            abi::ERROR_ABI => Self::Abi,
            abi::ERROR_UNSUPPORTED => Self::Unsupported,
            _ => Self::Internal,
        }
    }
}

/// An error of MetaFFI or of a guest: one pointer. Its parts are read as if they
/// were its own fields.
pub struct Error(Box<Held>);

/// The parts of an error, which [`Error`] points to.
#[derive(Clone)]
pub struct ErrorParts {
    /// What kind.
    pub kind: ErrorKind,
    /// What happened, and what to do.
    pub message: String,
    /// The language that it came from; `metaffi` for our own.
    pub language: Cow<'static, str>,
    /// The guest's exception type, or empty.
    pub type_name: Cow<'static, str>,
    /// What caused it.
    pub cause: Option<Error>,
    /// The exception object in its home.
    pub original: Option<Handle>,
    stack_trace: StackTrace,
}

#[repr(C)]
struct Held {
    /// As others see it; filled in when the error leaves.
    raw: abi::Error, // first: others know only this
    parts: ErrorParts,
}

// SAFETY: the pointers of `raw` are only used by those that the error left to,
// who may do so from any thread; the other parts may cross threads by themselves.
unsafe impl Send for Held {}
// SAFETY: as above.
unsafe impl Sync for Held {}

impl Clone for Error {
    fn clone(&self) -> Self {
        Self::of(self.0.parts.clone())
    }
}

impl Deref for Error {
    type Target = ErrorParts;

    fn deref(&self) -> &ErrorParts {
        &self.0.parts
    }
}

impl DerefMut for Error {
    fn deref_mut(&mut self) -> &mut ErrorParts {
        &mut self.0.parts
    }
}

impl ErrorParts {
    /// The guest's stack trace, or empty. The guest is asked when somebody looks
    /// first, which may be after its call has returned, and from any thread; one
    /// that cannot be asked any more has none.
    #[must_use]
    pub fn stack_trace(&self) -> &str {
        self.stack_trace.text(self.original.as_ref())
    }

    /// The stack trace where it needs not be read.
    #[must_use]
    pub fn known_stack_trace(&self) -> Option<&str> {
        self.stack_trace.known()
    }
}

impl PartialEq for Error {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
            && self.message == other.message
            && self.language == other.language
            && self.type_name == other.type_name
            && self.cause == other.cause
            && self.original == other.original
            && self.stack_trace() == other.stack_trace()
    }
}
impl Eq for Error {}

impl Error {
    /// An error of MetaFFI's own.
    #[must_use]
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self::of(ErrorParts {
            kind,
            message: message.into(),
            language: "metaffi".into(),
            type_name: "".into(),
            stack_trace: StackTrace::default(),
            cause: None,
            original: None,
        })
    }

    fn of(parts: ErrorParts) -> Self {
        Self(Box::new(Held { raw: EMPTY, parts }))
    }

    /// The parts themselves.
    #[must_use]
    pub fn into_parts(self) -> ErrorParts {
        self.0.parts
    }

    /// The same, of this kind.
    #[must_use]
    pub fn with_kind(mut self, kind: ErrorKind) -> Self {
        self.kind = kind;
        self
    }

    /// The same, with another message.
    #[must_use]
    pub fn with_message(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }

    /// The same, from this language.
    #[must_use]
    pub fn in_language(mut self, language: impl Into<Cow<'static, str>>) -> Self {
        self.language = language.into();
        self
    }

    /// The same with the guest's exception type.
    #[must_use]
    pub fn with_type(mut self, type_name: impl Into<Cow<'static, str>>) -> Self {
        self.type_name = type_name.into();
        self
    }

    /// The same with what caused it.
    #[must_use]
    pub fn with_cause(mut self, cause: Self) -> Self {
        self.cause = Some(cause);
        self
    }

    /// The same with the exception object in its home.
    #[must_use]
    pub fn with_original(mut self, original: Handle) -> Self {
        self.original = Some(original);
        self
    }

    /// The same with a stack trace.
    #[must_use]
    pub fn with_stack_trace(mut self, text: impl Into<String>) -> Self {
        self.stack_trace = StackTrace::Text(text.into());
        self
    }

    /// The same with a stack trace that `read` makes of the `original`, when
    /// somebody looks: on any thread, which holds no lock of a language. It gives
    /// an empty text when the guest cannot be entered.
    #[must_use]
    pub fn with_stack_trace_by(mut self, read: fn(&Handle) -> String) -> Self {
        self.stack_trace = StackTrace::of_original(read);
        self
    }

    /// The Rust error that a callback of this program returned, if this error
    /// started as one of type `E`; also after it crossed guests.
    #[must_use]
    pub fn downcast_ref<E: std::error::Error + 'static>(&self) -> Option<&E> {
        thrown::lift(self)?.downcast_ref()
    }

    /// What a caught panic's payload says.
    #[must_use]
    pub fn from_panic(payload: &(dyn core::any::Any + Send)) -> Self {
        let text = payload
            .downcast_ref::<&str>()
            .map(ToString::to_string)
            .or_else(|| payload.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "a value that is no text".into());
        Self::new(ErrorKind::Panic, format!("panic: {text}"))
    }

    /// Moves it into its raw form, one reference of which is the caller's.
    #[must_use]
    pub fn into_raw(self) -> NonNull<abi::Error> {
        Box::leak(self.0).expose()
    }

    /// Copies a raw error and releases it; one whose stack trace is yet to be read
    /// is kept for that.
    ///
    /// # Safety
    /// `raw` must be a live error that is given up here.
    #[must_use]
    pub unsafe fn take_raw(raw: NonNull<abi::Error>) -> Self {
        // SAFETY: the caller says that it lives; every error begins with its size.
        let size = unsafe { (&raw const (*raw.as_ptr()).struct_size).read() };
        if let Err(misfit) = check_size("an error that was raised", size, abi::Error::MIN_SIZE) {
            return misfit;
        }
        // SAFETY: it is long enough, and ours to release: at once, or by the keeper.
        unsafe {
            if has_more_to_read(raw) {
                return Self::lift_kept(raw, &Keeper::of_error(raw));
            }
            let error = Self::lift_kept(raw, &Keeper::none());
            (raw.as_ref().release)(raw);
            error
        }
    }

    /// What a failed call left: the raw error, or one made from the status.
    ///
    /// # Safety
    /// As [`Error::take_raw`].
    #[must_use]
    pub unsafe fn take_failure(status: abi::Status, raw: Option<NonNull<abi::Error>>) -> Self {
        match raw {
            // SAFETY: the caller's promise.
            Some(raw) => unsafe { Self::take_raw(raw) },
            None => Self::new(
                ErrorKind::from_status(status),
                format!("the call failed with status {status} and said no more"),
            ),
        }
    }

    /// The outcome of a function of the ABI.
    ///
    /// # Errors
    /// What [`Error::take_failure`] makes of a status that is not 0.
    ///
    /// # Safety
    /// As [`Error::take_raw`].
    pub unsafe fn check(
        status: abi::Status,
        raw: Option<NonNull<abi::Error>>,
    ) -> Result<(), Error> {
        match status {
            abi::OK => Ok(()),
            // SAFETY: the caller's promise.
            _ => Err(unsafe { Self::take_failure(status, raw) }),
        }
    }

    /// The body of every exported function that can fail: runs `body`, puts
    /// its error or panic into `out`, and returns the status.
    ///
    /// # Safety
    /// `out` must be null or a place that an error may be written to.
    pub unsafe fn guard(
        out: abi::ErrorOut,
        body: impl FnOnce() -> Result<(), Error>,
    ) -> abi::Status {
        let failure = match catch_unwind(AssertUnwindSafe(body)) {
            Ok(Ok(())) => return abi::OK,
            Ok(Err(failure)) => failure,
            Err(payload) => Self::from_panic(&*payload),
        };
        let status = failure.kind as abi::Status;
        if let Some(out) = out {
            // SAFETY: the caller's promise.
            unsafe { out.write(Some(failure.into_raw())) };
        }
        status
    }

    /// # Safety
    /// `raw` must be live, and as long as the first header says; it lives as long as
    /// `keeper` where it has more to read.
    pub(crate) unsafe fn lift_kept(raw: NonNull<abi::Error>, keeper: &Keeper) -> Self {
        // SAFETY: the caller says that it lives, and it is long enough.
        let error = unsafe { raw.as_ref() };
        // SAFETY: strings, cause and original live as long as the error; what is yet
        // to be read as long as the keeper.
        unsafe {
            Self::of(ErrorParts {
                kind: ErrorKind::from_status(error.kind),
                message: str_from_raw(error.message),
                language: str_from_raw(error.language).into(),
                type_name: str_from_raw(error.type_name).into(),
                stack_trace: match is_yet_to_be_read(raw) {
                    true => StackTrace::of_raw(raw, keeper),
                    false => StackTrace::Text(str_from_raw(error.stack_trace)),
                },
                cause: error.cause.map(|cause| Self::lift_kept(cause, keeper)),
                original: error.original.map(|object| Handle::retain_raw(object)),
            })
        }
    }
}

/// Whether a stack trace is yet to be read.
///
/// # Safety
/// `raw` must be live, and as long as the first header says.
unsafe fn is_yet_to_be_read(raw: NonNull<abi::Error>) -> bool {
    // SAFETY: the caller's promise; the later field is looked at where it is there.
    unsafe {
        let error = raw.as_ptr();
        (*error).stack_trace.length == 0
            && abi::covers!(*error, abi::Error, read_stack_trace)
            && (*error).read_stack_trace.is_some()
    }
}

/// Whether it or a cause has a stack trace that is yet to be read.
///
/// # Safety
/// As above.
unsafe fn has_more_to_read(mut raw: NonNull<abi::Error>) -> bool {
    loop {
        // SAFETY: the caller's promise; causes are borrowed from the error.
        let cause = unsafe {
            if is_yet_to_be_read(raw) {
                return true;
            }
            (*raw.as_ptr()).cause
        };
        match cause {
            Some(cause) => raw = cause,
            None => return false,
        }
    }
}

/// Refuses a struct that is shorter than any of this ABI version.
///
/// # Errors
/// `Abi`, naming `what` and both sizes.
pub fn check_size(what: &str, size: u32, least: u32) -> Result<(), Error> {
    if size >= least {
        return Ok(());
    }
    let version = abi::ABI_VERSION;
    let message = format!(
        "{what} has {size} bytes, and ABI version {version} begins with {least}; build whatever \
         made it with the header of this MetaFFI"
    );
    Err(Error::new(ErrorKind::Abi, message))
}

impl Held {
    /// The raw form, which borrows from the parts: valid as long as they stay
    /// where they are, and as they are.
    fn expose(&mut self) -> NonNull<abi::Error> {
        let parts = &mut self.parts;
        let known = parts.stack_trace.known();
        self.raw = abi::Error {
            struct_size: size_of::<abi::Error>() as u32,
            kind: parts.kind as abi::Status,
            message: str_to_raw(&parts.message),
            language: str_to_raw(&parts.language),
            type_name: str_to_raw(&parts.type_name),
            stack_trace: str_to_raw(known.unwrap_or_default()),
            read_stack_trace: known.is_none().then_some(read_stack_trace),
            cause: parts.cause.as_mut().map(|cause| cause.0.expose()),
            original: parts.original.as_ref().map(Handle::as_raw),
            release: release_error,
        };
        NonNull::from(self).cast()
    }
}

const EMPTY: abi::Error = abi::Error {
    struct_size: 0,
    kind: abi::ERROR_INTERNAL,
    message: str_to_raw(""),
    language: str_to_raw(""),
    type_name: str_to_raw(""),
    stack_trace: str_to_raw(""),
    cause: None,
    original: None,
    release: release_error,
    read_stack_trace: None,
};

unsafe extern "C" fn release_error(raw: NonNull<abi::Error>) {
    // SAFETY: this function is only called for errors that `into_raw` leaked, which
    // own their causes, and the header says that it is called once.
    let held = unsafe { Box::from_raw(raw.cast::<Held>().as_ptr()) };
    // What a panicking drop leaves behind is a leak.
    let _ = catch_unwind(AssertUnwindSafe(|| drop(held)));
}

unsafe extern "C" fn read_stack_trace(raw: NonNull<abi::Error>) -> abi::Str {
    // SAFETY: this function is only in errors that begin a `Held`, which lives.
    let parts = unsafe { &(*raw.cast::<Held>().as_ptr()).parts };
    let text = catch_unwind(AssertUnwindSafe(|| parts.stack_trace()));
    str_to_raw(text.unwrap_or_default())
}

impl Error {
    /// As of an exception without a message, which says its name instead.
    fn message_names_its_type(&self) -> bool {
        let rest = self.message.strip_prefix(&*self.type_name);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([':', ' ']))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.type_name.is_empty() && !self.message_names_its_type() {
            write!(f, "{}: ", self.type_name)?;
        }
        f.write_str(&self.message)?;
        match self.shows_stack() {
            true => write!(f, "\n\n{}", self.stack_trace()),
            false => Ok(()),
        }
    }
}

impl Error {
    /// Whether its text has the stack: a panic says where it was, as its own
    /// language prints one.
    fn shows_stack(&self) -> bool {
        self.kind == ErrorKind::Panic && !self.stack_trace().is_empty()
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{:?} in {}] {self}", self.kind, self.language)?;
        if !self.stack_trace().is_empty() && !self.shows_stack() {
            write!(f, "\n{}", self.stack_trace())?;
        }
        match &self.cause {
            Some(cause) => write!(f, "\ncaused by {cause:?}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {
    /// The Rust error that it started as, else its cause.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match thrown::lift(self) {
            Some(original) => Some(original),
            None => self.cause.as_ref().map(|cause| cause as _),
        }
    }
}

#[cfg(test)]
mod tests {
    use core::sync::atomic::{AtomicI64, Ordering};

    use super::*;
    use crate::object::{ObjectData, Owner, new_object};

    #[test]
    fn a_chain_survives_the_crossing() {
        let cause = Error::new(ErrorKind::Guest, "disk full").with_type("java.io.IOException");
        let error = Error::new(ErrorKind::Panic, "nö\0pe").with_cause(cause);
        // SAFETY: the raw error is handed straight on.
        let back = unsafe { Error::take_raw(error.clone().into_raw()) };
        assert_eq!(back, error);
        assert_eq!(back.cause.as_ref().unwrap().to_string(), "java.io.IOException: disk full");
    }

    struct Exception;
    impl ObjectData for Exception {
        fn data(&self) -> *mut core::ffi::c_void {
            core::ptr::dangling_mut()
        }
    }

    static READ: AtomicI64 = AtomicI64::new(0);

    fn read(_: &Handle) -> String {
        READ.fetch_add(1, Ordering::Relaxed);
        "at home".into()
    }

    #[test]
    fn a_stack_trace_is_read_when_somebody_looks() {
        static LIVE: AtomicI64 = AtomicI64::new(0);
        let owner = Owner::unregistered(7, &LIVE);
        let later = |message: &str| {
            let error = Error::new(ErrorKind::Guest, message).with_stack_trace_by(read);
            error.with_original(new_object(owner, Exception))
        };
        let raw = later("outer").with_cause(later("inner")).into_raw();
        // SAFETY: each raw error is handed straight on.
        let came = unsafe { Error::take_raw(Error::take_raw(raw).into_raw()) };
        let again = came.clone();
        assert_eq!((came.known_stack_trace(), READ.load(Ordering::Relaxed)), (None, 0));
        let look = move || assert_eq!(again.stack_trace(), "at home");
        std::thread::spawn(look).join().unwrap();
        assert_eq!((came.stack_trace(), READ.load(Ordering::Relaxed)), ("at home", 1));
        assert_eq!(came.cause.as_ref().unwrap().stack_trace(), "at home");
        assert!(owner.live_objects() > 0);
        drop(came);
        assert_eq!(owner.live_objects(), 0);
    }

    #[test]
    fn one_who_knows_the_first_header_has_the_rest() {
        let mut raw = Error::new(ErrorKind::Guest, "no").with_stack_trace_by(read).into_raw();
        // SAFETY: ours, until it is handed on.
        unsafe { raw.as_mut() }.struct_size = abi::Error::MIN_SIZE;
        // SAFETY: handed straight on.
        let came = unsafe { Error::take_raw(raw) };
        assert_eq!((&*came.message, came.known_stack_trace()), ("no", Some("")));
    }

    #[test]
    fn an_error_is_one_pointer() {
        assert_eq!(size_of::<Result<(), Error>>(), size_of::<usize>());
    }

    #[test]
    fn a_type_is_named_once() {
        for (message, shown) in [
            ("Overflow", "Overflow"),
            ("Overflow: at 7", "Overflow: at 7"),
            ("Overflowing", "Overflow: Overflowing"),
            ("", "Overflow: "),
        ] {
            let error = Error::new(ErrorKind::Guest, message).with_type("Overflow");
            assert_eq!(error.to_string(), shown);
        }
    }
}
