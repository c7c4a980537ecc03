//! Standard output: results only, and no panic when the reader closes the pipe.

use std::io::{self, IsTerminal, Write};

use metaffi_compiler::Diagnostic;

/// The width of the terminal in columns, or `None` when standard output is not
/// a terminal.
pub(crate) fn columns() -> Option<usize> {
    io::stdout().is_terminal().then(|| console::Term::stdout().size().1.into())
}

/// Prints `text` unchanged. A closed pipe (`| head`) is not an error.
pub(crate) fn print(text: &str) -> Result<(), Diagnostic> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Diagnostic::new(format!("cannot write to standard output: {error}")))
        }
        _ => Ok(()),
    }
}
