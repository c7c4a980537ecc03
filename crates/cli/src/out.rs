//! Standard output: results only, and no panic when the reader goes away.

use std::io::{self, IsTerminal, Write};

use metaffi_compiler::Diagnostic;

/// How many columns whoever looks at it has; `None` when it is no terminal.
pub(crate) fn columns() -> Option<usize> {
    io::stdout().is_terminal().then(|| console::Term::stdout().size().1.into())
}

/// Prints `text` as it stands. A closed pipe (`| head`) is no failure.
pub(crate) fn print(text: &str) -> Result<(), Diagnostic> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Diagnostic::new(format!("cannot write to standard output: {error}")))
        }
        _ => Ok(()),
    }
}
