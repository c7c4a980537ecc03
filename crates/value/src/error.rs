//! Errors: what happened, where, in which language.

use core::fmt;
use core::ptr::NonNull;
use std::panic::{AssertUnwindSafe, catch_unwind};

use metaffi_abi as abi;

use crate::object::Handle;
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

/// An error of MetaFFI or of a guest.
#[derive(Clone, PartialEq, Eq)]
pub struct Error {
    /// What kind.
    pub kind: ErrorKind,
    /// What happened, and what to do.
    pub message: String,
    /// The language that it came from; `metaffi` for our own.
    pub language: String,
    /// The guest's exception type, or empty.
    pub type_name: String,
    /// The guest's stack trace, or empty.
    pub stack_trace: String,
    /// What caused it.
    pub cause: Option<Box<Error>>,
    /// The exception object in its home.
    pub original: Option<Handle>,
}

impl Error {
    /// An error of MetaFFI's own.
    #[must_use]
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            language: "metaffi".into(),
            type_name: String::new(),
            stack_trace: String::new(),
            cause: None,
            original: None,
        }
    }

    /// The same, from this language.
    #[must_use]
    pub fn in_language(mut self, language: impl Into<String>) -> Self {
        self.language = language.into();
        self
    }

    /// The same with the guest's exception type.
    #[must_use]
    pub fn with_type(mut self, type_name: impl Into<String>) -> Self {
        self.type_name = type_name.into();
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
    pub fn into_raw(mut self) -> NonNull<abi::Error> {
        let cause = self.cause.take().map(|cause| cause.into_raw());
        let mut boxed = Box::new(RawError { raw: EMPTY, error: self, cause });
        let error = &boxed.error;
        boxed.raw = abi::Error {
            struct_size: size_of::<abi::Error>() as u32,
            kind: error.kind as abi::Status,
            message: str_to_raw(&error.message),
            language: str_to_raw(&error.language),
            type_name: str_to_raw(&error.type_name),
            stack_trace: str_to_raw(&error.stack_trace),
            cause: boxed.cause,
            original: error.original.as_ref().map(Handle::as_raw),
            release: release_error,
        };
        NonNull::from(Box::leak(boxed)).cast()
    }

    /// Copies a raw error and releases it.
    ///
    /// # Safety
    /// `raw` must be a live error that is given up here.
    #[must_use]
    pub unsafe fn take_raw(raw: NonNull<abi::Error>) -> Self {
        // SAFETY: the caller says that it lives.
        let error = unsafe { Self::lift_raw(raw) };
        // SAFETY: it begins with its size.
        let size = unsafe { (&raw const (*raw.as_ptr()).struct_size).read() };
        if size >= abi::Error::MIN_SIZE {
            // SAFETY: it has this function, and is ours to release.
            unsafe { (raw.as_ref().release)(raw) };
        }
        error
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
    /// `raw` must be live.
    pub(crate) unsafe fn lift_raw(raw: NonNull<abi::Error>) -> Self {
        // SAFETY: the caller says that it lives; every error begins with its size.
        let size = unsafe { (&raw const (*raw.as_ptr()).struct_size).read() };
        if let Err(misfit) = check_size("an error that was raised", size, abi::Error::MIN_SIZE) {
            return misfit;
        }
        // SAFETY: the caller says that it lives, and it is long enough.
        let error = unsafe { raw.as_ref() };
        // SAFETY: strings, cause and original live as long as the error.
        unsafe {
            Self {
                kind: ErrorKind::from_status(error.kind),
                message: str_from_raw(error.message),
                language: str_from_raw(error.language),
                type_name: str_from_raw(error.type_name),
                stack_trace: str_from_raw(error.stack_trace),
                cause: error.cause.map(|cause| Box::new(Self::lift_raw(cause))),
                original: error.original.map(|object| Handle::retain_raw(object)),
            }
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

#[repr(C)]
struct RawError {
    raw: abi::Error,
    error: Error,
    cause: Option<NonNull<abi::Error>>,
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
};

unsafe extern "C" fn release_error(raw: NonNull<abi::Error>) {
    // SAFETY: this function is only in errors that `into_raw` boxed, and the
    // header says that it is called once.
    let boxed = unsafe { Box::from_raw(raw.cast::<RawError>().as_ptr()) };
    if let Some(cause) = boxed.cause {
        // SAFETY: `into_raw` made the cause, and it belongs to this error.
        unsafe { release_error(cause) };
    }
}

impl Error {
    /// As of an exception without a message, which says its name instead.
    fn message_names_its_type(&self) -> bool {
        let rest = self.message.strip_prefix(&self.type_name);
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
            true => write!(f, "\n\n{}", self.stack_trace),
            false => Ok(()),
        }
    }
}

impl Error {
    /// Whether its text has the stack: a panic says where it was, as its own
    /// language prints one.
    fn shows_stack(&self) -> bool {
        self.kind == ErrorKind::Panic && !self.stack_trace.is_empty()
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{:?} in {}] {self}", self.kind, self.language)?;
        if !self.stack_trace.is_empty() && !self.shows_stack() {
            write!(f, "\n{}", self.stack_trace)?;
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
            None => self.cause.as_deref().map(|cause| cause as _),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_survives_the_crossing() {
        let cause = Error::new(ErrorKind::Guest, "disk full").with_type("java.io.IOException");
        let error =
            Error { cause: Some(Box::new(cause)), ..Error::new(ErrorKind::Panic, "nö\0pe") };
        // SAFETY: the raw error is handed straight on.
        let back = unsafe { Error::take_raw(error.clone().into_raw()) };
        assert_eq!(back, error);
        assert_eq!(back.cause.unwrap().to_string(), "java.io.IOException: disk full");
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
