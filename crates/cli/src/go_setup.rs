//! `metaffi go-setup`: a Go project that finds the Go API.

use metaffi_compiler::Diagnostic;
use metaffi_go_compiler::{Wired, wire_project};

use crate::{Failure, home, out, report};

/// Wires the project of the working directory, and says what was done.
pub(crate) fn go_setup() -> Result<(), Failure> {
    let dir = std::env::current_dir()
        .map_err(|error| Diagnostic::new(format!("no working directory: {error}")))?;
    let wired = wire_project(&dir, &home::home())?;
    wired.warnings.iter().for_each(report::warning);
    Ok(out::print(&lines(&wired))?)
}

fn lines(wired: &Wired) -> String {
    let done = match (wired.made, wired.changed) {
        (true, _) => "made: it takes the Go API from",
        (false, true) => "takes the Go API from",
        (false, false) => "already takes the Go API from",
    };
    let mut text = format!("{} {done} {}\n", wired.gomod.display(), wired.api.display());
    if wired.cgo_turned_on {
        text.push_str("CGO_ENABLED was 0; it is 1 now (go env -w CGO_ENABLED=1)\n");
    }
    text
}
