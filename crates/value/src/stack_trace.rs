//! Stack traces of errors, which are read on first use.

use core::ptr::NonNull;
use std::sync::{Arc, OnceLock};

use metaffi_abi as abi;

use crate::object::Handle;
use crate::text::str_from_raw;

#[derive(Clone)]
pub(crate) enum StackTrace {
    Text(String),
    Deferred { text: OnceLock<String>, from: Source },
}

/// Where to read it from.
#[derive(Clone)]
pub(crate) enum Source {
    /// The exception's own language.
    Original(fn(&Handle) -> String),
    /// The creator of the raw error.
    Raw(NonNull<abi::Error>, #[expect(dead_code, reason = "kept, not read")] Keeper),
}

// SAFETY: the raw error lives as long as its keeper, and the header requires that
// its stack trace can be read from any thread; the other parts are `Send` and
// `Sync` themselves.
unsafe impl Send for Source {}
// SAFETY: as above.
unsafe impl Sync for Source {}

impl Default for StackTrace {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl StackTrace {
    pub(crate) const fn of_original(read: fn(&Handle) -> String) -> Self {
        Self::Deferred { text: OnceLock::new(), from: Source::Original(read) }
    }

    /// # Safety
    /// `raw` must have a function that reads the trace, and live as long as
    /// `keeper`.
    pub(crate) unsafe fn of_raw(raw: NonNull<abi::Error>, keeper: &Keeper) -> Self {
        Self::Deferred { text: OnceLock::new(), from: Source::Raw(raw, keeper.clone()) }
    }

    /// The text, if it has already been read.
    pub(crate) fn known(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Deferred { text, .. } => text.get().map(String::as_str),
        }
    }

    /// The text, for an error with this original.
    pub(crate) fn text(&self, original: Option<&Handle>) -> &str {
        match self {
            Self::Text(text) => text,
            // A thread does not wait for another that is reading, since the
            // reader may need a lock that the first one holds.
            Self::Deferred { text, from } => match text.get() {
                Some(text) => text,
                None => {
                    let read = from.read(original);
                    text.get_or_init(|| read)
                }
            },
        }
    }
}

impl Source {
    #[cold]
    fn read(&self, original: Option<&Handle>) -> String {
        match self {
            Self::Original(read) => original.map(read).unwrap_or_default(),
            Self::Raw(raw, _) => {
                // SAFETY: it lives as long as its keeper, which `self` holds, and
                // has the function; the text is borrowed from it.
                unsafe {
                    let read = raw.as_ref().read_stack_trace;
                    read.map(|read| str_from_raw(read(*raw))).unwrap_or_default()
                }
            }
        }
    }
}

/// Keeps a raw error alive, or the object that it belongs to, until its stack
/// trace is read.
#[derive(Clone)]
pub(crate) struct Keeper(#[expect(dead_code, reason = "kept, not read")] Option<Arc<KeptAlive>>);

enum KeptAlive {
    Error(NonNull<abi::Error>),
    Object(#[expect(dead_code, reason = "kept, not read")] Handle),
}

// SAFETY: errors and objects can be released from any thread.
unsafe impl Send for KeptAlive {}
// SAFETY: as above; nothing of it changes.
unsafe impl Sync for KeptAlive {}

impl Keeper {
    /// Nothing will be read later.
    pub(crate) const fn none() -> Self {
        Self(None)
    }

    /// Releases the error when it is dropped.
    ///
    /// # Safety
    /// `raw` must be live, and the caller gives it up.
    pub(crate) unsafe fn of_error(raw: NonNull<abi::Error>) -> Self {
        Self(Some(Arc::new(KeptAlive::Error(raw))))
    }

    /// For an error that is borrowed from an object.
    pub(crate) fn of_object(object: Handle) -> Self {
        Self(Some(Arc::new(KeptAlive::Object(object))))
    }
}

impl Drop for KeptAlive {
    fn drop(&mut self) {
        if let Self::Error(raw) = self {
            // SAFETY: `of_error` was given the only reference.
            unsafe { (raw.as_ref().release)(*raw) };
        }
    }
}
