//! How a compiler tells what it is doing.
//!
//! Languages never print: a terminal, a pipe and a test each want it another way.

use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;

/// Receives steps, warnings, and what is left out.
pub trait Progress: Sync {
    /// A long step begins; `message` is lower-case and has no full stop.
    fn step(&self, message: &str);

    /// Something looks wrong, and the work goes on.
    fn warn(&self, warning: &Diagnostic);

    /// `what` of a source is not in its IDL, for `reason`. The driver counts
    /// them and says so once.
    fn left_out(&self, _what: &str, _reason: &str) {}
}

/// Tells nobody.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn step(&self, _message: &str) {}

    fn warn(&self, _warning: &Diagnostic) {}
}

/// Something public of a source that its IDL does not describe.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LeftOut {
    /// Its full name; extractors say `name`.
    #[serde(alias = "name")]
    pub what: String,
    /// Why.
    pub reason: String,
}

/// Hands on what is told, and keeps what is left out.
pub(crate) struct Collecting<'a> {
    to: &'a dyn Progress,
    left_out: Mutex<Vec<LeftOut>>,
}

impl<'a> Collecting<'a> {
    pub(crate) fn new(to: &'a dyn Progress) -> Collecting<'a> {
        Collecting { to, left_out: Mutex::default() }
    }

    /// What was left out, in order; says how much that is.
    pub(crate) fn finish(self) -> Vec<LeftOut> {
        let mut all = self.left_out.into_inner().unwrap_or_else(PoisonError::into_inner);
        all.sort();
        all.dedup();
        if let Some(first) = all.first() {
            let others = match all.len() {
                1 => String::new(),
                count => format!(", and {} more", count - 1),
            };
            let message =
                format!("{} left out: {} ({}){others}", all.len(), first.what, first.reason);
            self.to.warn(&Diagnostic::new(message).help("--report FILE lists what is left out"));
        }
        all
    }
}

impl Progress for Collecting<'_> {
    fn step(&self, message: &str) {
        self.to.step(message);
    }

    fn warn(&self, warning: &Diagnostic) {
        self.to.warn(warning);
    }

    fn left_out(&self, what: &str, reason: &str) {
        let mut all = self.left_out.lock().unwrap_or_else(PoisonError::into_inner);
        all.push(LeftOut { what: what.to_owned(), reason: reason.to_owned() });
        drop(all);
        self.to.left_out(what, reason);
    }
}
