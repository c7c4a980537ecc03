//! What of a source is not in its IDL, and why.

use metaffi_compiler::Progress;

/// Names with reasons.
#[derive(Default)]
pub(crate) struct LeftOut(Vec<(String, String)>);

impl LeftOut {
    pub(crate) fn add(&mut self, what: String, why: String) {
        self.0.push((what, why));
    }

    /// Adds a class or member that nothing can load.
    pub(crate) fn add_unnameable(&mut self, name: &str) {
        self.add(name.to_owned(), "no entity path can hold ',' or '='".to_owned());
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What, and why.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &(String, String)> {
        self.0.iter()
    }

    /// Tells each.
    pub(crate) fn tell(&self, progress: &dyn Progress) {
        self.0.iter().for_each(|(what, why)| progress.left_out(what, why));
    }
}
