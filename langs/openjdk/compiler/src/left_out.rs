//! What of a source is not in its IDL, and why.

use metaffi_compiler::{Diagnostic, Progress};

/// So many are named in a warning; all are in the report.
const NAMED: usize = 20;

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

    /// Tells each, and with one warning how many there are.
    pub(crate) fn tell(&self, progress: &dyn Progress) {
        if self.is_empty() {
            return;
        }
        self.0.iter().for_each(|(what, why)| progress.left_out(what, why));
        let named = self.0.iter().take(NAMED);
        let named = named.map(|(what, why)| Diagnostic::new(format!("{what}: {why}")));
        let more = self.0.len().saturating_sub(NAMED);
        let more = (more > 0).then(|| Diagnostic::new(format!("and {more} more")));
        let message = match self.0.len() {
            1 => "1 class file or member was left out".to_owned(),
            count => format!("{count} class files and members were left out"),
        };
        progress.warn(&Diagnostic::new(message).related(named.chain(more)));
    }
}
