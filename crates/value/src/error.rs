//! Errors: what happened, where, and in which language.

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

/// The kind of an error. The numbers are those of the ABI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum ErrorKind {
    /// Wrong count, type or range of arguments.
    Argument = abi::ERROR_ARGUMENT,
    /// No such runtime, module or entity.
    NotFound = abi::ERROR_NOT_FOUND,
    /// Found, but could not be loaded.
    Load = abi::ERROR_LOAD,
    /// The declared types match no candidate, or several.
    Signature = abi::ERROR_SIGNATURE,
    /// The guest's own exception or error result.
    Guest = abi::ERROR_GUEST,
    /// The guest panicked.
    Panic = abi::ERROR_PANIC,
    /// Used after it or its runtime was released.
    Released = abi::ERROR_RELEASED,
    /// A different ABI version.
    Abi = abi::ERROR_ABI,
    /// Valid, but not supported by this runtime.
    Unsupported = abi::ERROR_UNSUPPORTED,
    /// A bug in MetaFFI itself.
    Internal = abi::ERROR_INTERNAL,
}

impl ErrorKind {
    /// The kind of a status. An unknown status is `Internal`.
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

/// An error of MetaFFI or of a guest, as one pointer. It dereferences to its
/// parts.
pub struct Error(Box<Inner>);

/// The parts of an [`Error`].
#[derive(Clone)]
pub struct ErrorParts {
    /// The kind.
    pub kind: ErrorKind,
    /// What happened, and what to do.
    pub message: String,
    /// The language that raised it; `metaffi` for MetaFFI's own errors.
    pub language: Cow<'static, str>,
    /// The guest's exception type, or an empty string.
    pub type_name: Cow<'static, str>,
    /// What caused it.
    pub cause: Option<Error>,
    /// The exception object in its own language.
    pub original: Option<Handle>,
    stack_trace: StackTrace,
}

#[repr(C)]
struct Inner {
    /// As other libraries see it. Filled in when the error is exposed.
    raw: abi::Error, // first: other libraries know only this
    parts: ErrorParts,
}

// SAFETY: the pointers of `raw` are used only by those who received the raw
// error, who may do so from any thread. The other parts are `Send` and `Sync`
// themselves.
unsafe impl Send for Inner {}
// SAFETY: as above.
unsafe impl Sync for Inner {}

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
    /// The guest's stack trace, or an empty string. It is read from the guest on
    /// first use, which may be after the call has returned and from any thread.
    /// It is empty if the guest can no longer be entered.
    #[must_use]
    pub fn stack_trace(&self) -> &str {
        self.stack_trace.text(self.original.as_ref())
    }

    /// The stack trace, if it has already been read.
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
    /// An error of MetaFFI itself.
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
        Self(Box::new(Inner { raw: EMPTY, parts }))
    }

    /// Returns the parts.
    #[must_use]
    pub fn into_parts(self) -> ErrorParts {
        self.0.parts
    }

    /// The same error with this kind.
    #[must_use]
    pub fn with_kind(mut self, kind: ErrorKind) -> Self {
        self.kind = kind;
        self
    }

    /// The same error with another message.
    #[must_use]
    pub fn with_message(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }

    /// The same error from this language.
    #[must_use]
    pub fn in_language(mut self, language: impl Into<Cow<'static, str>>) -> Self {
        self.language = language.into();
        self
    }

    /// The same error with the guest's exception type.
    #[must_use]
    pub fn with_type(mut self, type_name: impl Into<Cow<'static, str>>) -> Self {
        self.type_name = type_name.into();
        self
    }

    /// The same error with its cause.
    #[must_use]
    pub fn with_cause(mut self, cause: Self) -> Self {
        self.cause = Some(cause);
        self
    }

    /// The same error with the exception object in its own language.
    #[must_use]
    pub fn with_original(mut self, original: Handle) -> Self {
        self.original = Some(original);
        self
    }

    /// The same error with a stack trace.
    #[must_use]
    pub fn with_stack_trace(mut self, text: impl Into<String>) -> Self {
        self.stack_trace = StackTrace::Text(text.into());
        self
    }

    /// The same error with a stack trace that `read` gets from the `original` on
    /// first use. `read` may run on any thread, which holds no language's lock.
    /// It returns an empty string when the guest cannot be entered.
    #[must_use]
    pub fn with_stack_trace_by(mut self, read: fn(&Handle) -> String) -> Self {
        self.stack_trace = StackTrace::of_original(read);
        self
    }

    /// The Rust error that a callback of this program returned, if this error
    /// originated as one of type `E`. Also works after the error has crossed
    /// guests.
    #[must_use]
    pub fn downcast_ref<E: std::error::Error + 'static>(&self) -> Option<&E> {
        thrown::lift(self)?.downcast_ref()
    }

    /// The error for a caught panic's payload.
    #[must_use]
    pub fn from_panic(payload: &(dyn core::any::Any + Send)) -> Self {
        let text = payload
            .downcast_ref::<&str>()
            .map(ToString::to_string)
            .or_else(|| payload.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "a value that is not text".into());
        Self::new(ErrorKind::Panic, format!("panic: {text}"))
    }

    /// Converts it to its raw form; the caller gets one reference.
    #[must_use]
    pub fn into_raw(self) -> NonNull<abi::Error> {
        Box::leak(self.0).expose()
    }

    /// Copies a raw error and releases it. If its stack trace has not been read,
    /// the raw error is kept until then.
    ///
    /// # Safety
    /// `raw` must be a live error that the caller gives up.
    #[must_use]
    pub unsafe fn take_raw(raw: NonNull<abi::Error>) -> Self {
        // SAFETY: the caller promises that it lives, and every error starts with
        // its size.
        let size = unsafe { (&raw const (*raw.as_ptr()).struct_size).read() };
        if let Err(mismatch) = check_size("an error that was raised", size, abi::Error::MIN_SIZE) {
            return mismatch;
        }
        // SAFETY: it is long enough, and ours to release: immediately, or through
        // the keeper.
        unsafe {
            if chain_has_unread_stack_trace(raw) {
                return Self::lift_with_keeper(raw, &Keeper::of_error(raw));
            }
            let error = Self::lift_with_keeper(raw, &Keeper::none());
            (raw.as_ref().release)(raw);
            error
        }
    }

    /// The error of a failed call: the raw error, or one made from the status.
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
                format!("the call failed with status {status} and no error message"),
            ),
        }
    }

    /// The outcome of an ABI function.
    ///
    /// # Errors
    /// The error from [`Error::take_failure`] if the status is not 0.
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

    /// The body of every exported function that can fail: runs `body`, stores
    /// its error or panic in `out`, and returns the status.
    ///
    /// # Safety
    /// `out` must be null or point to memory that an error may be written to.
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
    /// `raw` must be live and at least as long as in the first header. If it has an
    /// unread stack trace, it must live as long as `keeper`.
    pub(crate) unsafe fn lift_with_keeper(raw: NonNull<abi::Error>, keeper: &Keeper) -> Self {
        // SAFETY: the caller promises that it lives and is long enough.
        let error = unsafe { raw.as_ref() };
        // SAFETY: strings, cause and original live as long as the error; an unread
        // stack trace lives as long as the keeper.
        unsafe {
            Self::of(ErrorParts {
                kind: ErrorKind::from_status(error.kind),
                message: str_from_raw(error.message),
                language: str_from_raw(error.language).into(),
                type_name: str_from_raw(error.type_name).into(),
                stack_trace: match has_unread_stack_trace(raw) {
                    true => StackTrace::of_raw(raw, keeper),
                    false => StackTrace::Text(str_from_raw(error.stack_trace)),
                },
                cause: error.cause.map(|cause| Self::lift_with_keeper(cause, keeper)),
                original: error.original.map(|object| Handle::retain_raw(object)),
            })
        }
    }
}

/// Whether its stack trace has not been read yet.
///
/// # Safety
/// `raw` must be live, and at least as long as in the first header.
unsafe fn has_unread_stack_trace(raw: NonNull<abi::Error>) -> bool {
    // SAFETY: the caller's promise; the later field is read only if the struct
    // includes it.
    unsafe {
        let error = raw.as_ptr();
        (*error).stack_trace.length == 0
            && abi::covers!(*error, abi::Error, read_stack_trace)
            && (*error).read_stack_trace.is_some()
    }
}

/// Whether it or a cause has an unread stack trace.
///
/// # Safety
/// As above.
unsafe fn chain_has_unread_stack_trace(mut raw: NonNull<abi::Error>) -> bool {
    loop {
        // SAFETY: the caller's promise; causes are borrowed from the error.
        let cause = unsafe {
            if has_unread_stack_trace(raw) {
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

/// Refuses a struct that is shorter than this ABI version allows.
///
/// # Errors
/// `Abi`, naming `what` and both sizes.
pub fn check_size(what: &str, size: u32, least: u32) -> Result<(), Error> {
    if size >= least {
        return Ok(());
    }
    let version = abi::ABI_VERSION;
    let message = format!(
        "{what} has {size} bytes, but ABI version {version} requires at least {least}; rebuild its \
         library with the header of this MetaFFI"
    );
    Err(Error::new(ErrorKind::Abi, message))
}

impl Inner {
    /// The raw form, which borrows from the parts. It is valid as long as they
    /// neither move nor change.
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
    // own their causes. The header guarantees that it is called once.
    let inner = unsafe { Box::from_raw(raw.cast::<Inner>().as_ptr()) };
    // Whatever a panicking drop leaves behind leaks.
    let _ = catch_unwind(AssertUnwindSafe(|| drop(inner)));
}

unsafe extern "C" fn read_stack_trace(raw: NonNull<abi::Error>) -> abi::Str {
    // SAFETY: only errors at the start of a live `Inner` have this function.
    let parts = unsafe { &(*raw.cast::<Inner>().as_ptr()).parts };
    let text = catch_unwind(AssertUnwindSafe(|| parts.stack_trace()));
    str_to_raw(text.unwrap_or_default())
}

impl Error {
    /// True for an exception without a message, which shows its type's name
    /// instead.
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
    /// Whether its text includes the stack: a panic shows where it happened, as
    /// in its own language.
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
    /// The original Rust error, if there is one, else the cause.
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
    fn a_cause_chain_is_preserved() {
        let cause = Error::new(ErrorKind::Guest, "disk full").with_type("java.io.IOException");
        let error = Error::new(ErrorKind::Panic, "nö\0pe").with_cause(cause);
        // SAFETY: the raw error is taken at once.
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
        "in guest".into()
    }

    #[test]
    fn a_stack_trace_is_read_on_first_use() {
        static LIVE: AtomicI64 = AtomicI64::new(0);
        let owner = Owner::unregistered(7, &LIVE);
        let later = |message: &str| {
            let error = Error::new(ErrorKind::Guest, message).with_stack_trace_by(read);
            error.with_original(new_object(owner, Exception))
        };
        let raw = later("outer").with_cause(later("inner")).into_raw();
        // SAFETY: each raw error is taken at once.
        let received = unsafe { Error::take_raw(Error::take_raw(raw).into_raw()) };
        let again = received.clone();
        assert_eq!((received.known_stack_trace(), READ.load(Ordering::Relaxed)), (None, 0));
        let look = move || assert_eq!(again.stack_trace(), "in guest");
        std::thread::spawn(look).join().unwrap();
        assert_eq!((received.stack_trace(), READ.load(Ordering::Relaxed)), ("in guest", 1));
        assert_eq!(received.cause.as_ref().unwrap().stack_trace(), "in guest");
        assert!(owner.live_objects() > 0);
        drop(received);
        assert_eq!(owner.live_objects(), 0);
    }

    #[test]
    fn an_error_of_the_first_header_has_no_later_fields() {
        let mut raw = Error::new(ErrorKind::Guest, "no").with_stack_trace_by(read).into_raw();
        // SAFETY: owned here until it is taken.
        unsafe { raw.as_mut() }.struct_size = abi::Error::MIN_SIZE;
        // SAFETY: taken at once.
        let received = unsafe { Error::take_raw(raw) };
        assert_eq!((&*received.message, received.known_stack_trace()), ("no", Some("")));
    }

    #[test]
    fn an_error_is_one_pointer() {
        assert_eq!(size_of::<Result<(), Error>>(), size_of::<usize>());
    }

    #[test]
    fn a_type_is_not_repeated() {
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
