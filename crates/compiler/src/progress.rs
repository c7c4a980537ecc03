//! How a compiler tells what it is doing.
//!
//! Languages never print: a terminal, a pipe and a test each want it another way.

use crate::diagnostic::Diagnostic;

/// Receives steps and warnings.
pub trait Progress: Sync {
    /// A long step begins; `message` is lower-case and has no full stop.
    fn step(&self, message: &str);

    /// Something was left out or looks wrong, and the work goes on.
    fn warn(&self, warning: &Diagnostic);

    /// Something public is not described, for this reason. A reader tells each
    /// here, and how many they are in one warning.
    fn left_out(&self, _name: &str, _reason: &str) {}
}

/// Tells nobody.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn step(&self, _message: &str) {}

    fn warn(&self, _warning: &Diagnostic) {}
}
