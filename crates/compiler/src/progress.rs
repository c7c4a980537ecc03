//! How a compiler reports what it is doing.
//!
//! Languages never print: terminals, pipes and tests show progress differently.

use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;

/// Receives steps, warnings, and what is skipped.
pub trait Progress: Sync {
    /// A long step starts; `message` is lower-case and has no full stop.
    fn step(&self, message: &str);

    /// Something looks wrong, but the work continues.
    fn warn(&self, warning: &Diagnostic);

    /// `what` of a source is not in its IDL, for `reason`. The driver counts
    /// these and reports them once.
    fn left_out(&self, _what: &str, _reason: &str) {}

    /// The type of `what` cannot be expressed in a host's language; `became`
    /// says what replaces it.
    fn simplified(&self, _what: &str, _became: &str) {}
}

/// Ignores everything.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn step(&self, _message: &str) {}

    fn warn(&self, _warning: &Diagnostic) {}
}

/// Something public in a source that is lost: its IDL does not describe it, or
/// a host cannot express its type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Loss {
    /// Its full name, which extractors call `name`.
    #[serde(alias = "name")]
    pub what: String,
    /// Why, or what replaces it.
    pub reason: String,
}

impl Loss {
    /// The same, with the language whose stubs are affected.
    pub(crate) fn in_language(self, name: &str) -> Loss {
        Loss { reason: format!("{} in {name}", self.reason), ..self }
    }
}

/// Forwards everything, and collects what is lost.
pub(crate) struct Collecting<'a> {
    to: &'a dyn Progress,
    left_out: Mutex<Vec<Loss>>,
    simplified: Mutex<Vec<Loss>>,
}

impl<'a> Collecting<'a> {
    pub(crate) fn new(to: &'a dyn Progress) -> Collecting<'a> {
        Collecting { to, left_out: Mutex::default(), simplified: Mutex::default() }
    }

    /// Returns what was skipped, in order, and reports how much it is.
    pub(crate) fn left_out(self) -> Vec<Loss> {
        let all = sorted(self.left_out);
        if let Some(first) = all.first() {
            let others = match all.len() {
                1 => String::new(),
                count => format!(", and {} more", count - 1),
            };
            let message =
                format!("{} skipped: {} ({}){others}", all.len(), first.what, first.reason);
            self.to.warn(
                &Diagnostic::new(message).help("--report FILE lists everything that is skipped"),
            );
        }
        all
    }

    /// The types that were simplified, in order.
    pub(crate) fn simplified(self) -> Vec<Loss> {
        sorted(self.simplified)
    }
}

fn sorted(all: Mutex<Vec<Loss>>) -> Vec<Loss> {
    let mut all = all.into_inner().unwrap_or_else(PoisonError::into_inner);
    all.sort();
    all.dedup();
    all
}

fn keep(list: &Mutex<Vec<Loss>>, what: &str, reason: &str) {
    let loss = Loss { what: what.to_owned(), reason: reason.to_owned() };
    list.lock().unwrap_or_else(PoisonError::into_inner).push(loss);
}

impl Progress for Collecting<'_> {
    fn step(&self, message: &str) {
        self.to.step(message);
    }

    fn warn(&self, warning: &Diagnostic) {
        self.to.warn(warning);
    }

    fn left_out(&self, what: &str, reason: &str) {
        keep(&self.left_out, what, reason);
        self.to.left_out(what, reason);
    }

    fn simplified(&self, what: &str, became: &str) {
        keep(&self.simplified, what, became);
        self.to.simplified(what, became);
    }
}
