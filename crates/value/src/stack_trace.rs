//! Stack traces of errors, which are read when somebody looks.

use core::ptr::NonNull;
use std::sync::{Arc, OnceLock};

use metaffi_abi as abi;

use crate::object::Handle;
use crate::text::str_from_raw;

#[derive(Clone)]
pub(crate) enum StackTrace {
    Text(String),
    Later { text: OnceLock<String>, from: Source },
}

/// Who is asked for it.
#[derive(Clone)]
pub(crate) enum Source {
    /// The language that the exception lives in.
    Original(fn(&Handle) -> String),
    /// Whoever made the raw error.
    Raw(NonNull<abi::Error>, #[expect(dead_code, reason = "kept, not read")] Keeper),
}

// SAFETY: the raw error lives as long as its keeper, and the header demands that it
// may be asked from any thread; the other parts may cross threads by themselves.
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
        Self::Later { text: OnceLock::new(), from: Source::Original(read) }
    }

    /// # Safety
    /// `raw` must have the function that reads it, and live as long as `keeper`.
    pub(crate) unsafe fn of_raw(raw: NonNull<abi::Error>, keeper: &Keeper) -> Self {
        Self::Later { text: OnceLock::new(), from: Source::Raw(raw, keeper.clone()) }
    }

    /// What needs not be read.
    pub(crate) fn known(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Later { text, .. } => text.get().map(String::as_str),
        }
    }

    /// The text, of an error with this original.
    pub(crate) fn text(&self, original: Option<&Handle>) -> &str {
        match self {
            Self::Text(text) => text,
            // Nobody waits for another who reads, for that one may need a lock
            // which the first holds.
            Self::Later { text, from } => match text.get() {
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
                // SAFETY: it lives as long as its keeper, which we hold, and has the
                // function; the text is borrowed from it.
                unsafe {
                    let read = raw.as_ref().read_stack_trace;
                    read.map(|read| str_from_raw(read(*raw))).unwrap_or_default()
                }
            }
        }
    }
}

/// What a raw error belongs to, for those who read it later.
#[derive(Clone)]
pub(crate) struct Keeper(#[expect(dead_code, reason = "kept, not read")] Option<Arc<Kept>>);

enum Kept {
    Error(NonNull<abi::Error>),
    Object(#[expect(dead_code, reason = "kept, not read")] Handle),
}

// SAFETY: errors are released from any thread, and objects, too.
unsafe impl Send for Kept {}
// SAFETY: as above; nothing of it is changed.
unsafe impl Sync for Kept {}

impl Keeper {
    /// Nothing is read later.
    pub(crate) const fn none() -> Self {
        Self(None)
    }

    /// Releases the error in the end.
    ///
    /// # Safety
    /// `raw` must be live, and given up here.
    pub(crate) unsafe fn of_error(raw: NonNull<abi::Error>) -> Self {
        Self(Some(Arc::new(Kept::Error(raw))))
    }

    /// For an error that is borrowed from an object.
    pub(crate) fn of_object(object: Handle) -> Self {
        Self(Some(Arc::new(Kept::Object(object))))
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        if let Self::Error(raw) = self {
            // SAFETY: `of_error` was given the one reference.
            unsafe { (raw.as_ref().release)(*raw) };
        }
    }
}
