//! The parts of a source that are not in its IDL, and why.

use metaffi_compiler::Progress;

/// Names with reasons.
#[derive(Default)]
pub(crate) struct Skipped(Vec<(String, String)>);

impl Skipped {
    pub(crate) fn add(&mut self, what: String, why: String) {
        self.0.push((what, why));
    }

    /// Adds a class or member that no entity path can name.
    pub(crate) fn add_unnameable(&mut self, name: &str) {
        self.add(name.to_owned(), "an entity path cannot contain ',' or '=' in a name".to_owned());
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The skipped parts with their reasons.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &(String, String)> {
        self.0.iter()
    }

    /// Reports all skipped parts.
    pub(crate) fn report(&self, progress: &dyn Progress) {
        self.0.iter().for_each(|(what, why)| progress.left_out(what, why));
    }
}
