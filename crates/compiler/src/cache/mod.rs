//! What is remembered from one run of the command to the next, in the user's
//! cache folder. Nothing depends on it: without it, work is done again.

mod inputs;
mod made;
mod outcome;
mod store;

use std::path::Path;

pub use inputs::Input;
pub(crate) use inputs::Key;
pub(crate) use made::Made;
pub(crate) use outcome::{Recording, Remembered};
use store::Store;
pub use store::hexadecimal;

/// What is remembered.
#[derive(Debug, Default)]
pub struct Cache {
    /// Which source each file was made from.
    pub(crate) made: Option<Made>,
    /// What compilations came to, by all that they depend on.
    pub(crate) outcomes: Option<Store>,
}

impl Cache {
    /// What is remembered in `folder`, which is made when it is first needed.
    #[must_use]
    pub fn of(folder: &Path) -> Cache {
        Cache {
            made: Some(Made(Store::new(folder.join("made"), 1 << 20))),
            outcomes: Some(Store::new(folder.join("stubs"), 256 << 20)),
        }
    }

    /// The same, but for what compilations came to: they are done again.
    #[must_use]
    pub fn without_outcomes(self) -> Cache {
        Cache { outcomes: None, ..self }
    }

    /// Remembers that these files were made from `source`.
    pub(crate) fn remember_made<'f>(&self, files: impl Iterator<Item = &'f Path>, source: &Path) {
        if let Some(made) = &self.made {
            files.for_each(|file| made.remember(file, source));
        }
    }
}
