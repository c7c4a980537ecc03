//! What is cached in the user's cache folder between runs of the command.
//! Without it, work is done again.

mod inputs;
mod made;
mod outcome;
mod store;

use std::path::Path;

pub use inputs::Input;
pub(crate) use inputs::Key;
pub(crate) use made::MadeFrom;
pub(crate) use outcome::{CachedOutcome, Recording};
use store::Store;
pub use store::hexadecimal;

/// The caches.
#[derive(Debug, Default)]
pub struct Cache {
    /// Which source each file was made from.
    pub(crate) made: Option<MadeFrom>,
    /// The outcomes of compilations, by everything that they depend on.
    pub(crate) outcomes: Option<Store>,
}

impl Cache {
    /// The caches in `folder`, which is created when it is first needed.
    #[must_use]
    pub fn of(folder: &Path) -> Cache {
        Cache {
            made: Some(MadeFrom(Store::new(folder.join("made"), 1 << 20))),
            outcomes: Some(Store::new(folder.join("stubs"), 256 << 20)),
        }
    }

    /// The same without the outcomes of compilations, which are done again.
    #[must_use]
    pub fn without_outcomes(self) -> Cache {
        Cache { outcomes: None, ..self }
    }

    /// Stores that these files were made from `source`.
    pub(crate) fn remember_made<'f>(&self, files: impl Iterator<Item = &'f Path>, source: &Path) {
        if let Some(made) = &self.made {
            files.for_each(|file| made.remember(file, source));
        }
    }
}
