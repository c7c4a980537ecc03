//! Progress of long steps, and warnings, on standard error.

use std::io::{self, IsTerminal};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use metaffi_compiler::{Diagnostic, Progress};

use crate::report;

/// A spinner that shows the current step, on terminals only. Warnings are
/// always printed.
pub(crate) struct Steps(ProgressBar);

impl Steps {
    pub(crate) fn new() -> Steps {
        if !io::stderr().is_terminal() {
            return Steps(ProgressBar::hidden());
        }
        let style = ProgressStyle::with_template("{spinner} {msg} ({elapsed})");
        let bar = ProgressBar::new_spinner();
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        bar.enable_steady_tick(Duration::from_millis(100));
        Steps(bar)
    }
}

impl Progress for Steps {
    fn step(&self, message: &str) {
        self.0.set_message(message.to_owned());
    }

    fn warn(&self, warning: &Diagnostic) {
        self.0.suspend(|| report::warning(warning));
    }
}

impl Drop for Steps {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
