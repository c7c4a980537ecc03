//! Completion scripts and the manual page.

use metaffi_compiler::Diagnostic;

use crate::args;

/// A script that completes `metaffi` in a shell.
pub(crate) fn completions(shell: clap_complete::Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut args::command(), "metaffi", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// The manual page, in roff.
pub(crate) fn man() -> Result<String, Diagnostic> {
    let mut page = Vec::new();
    clap_mangen::Man::new(args::command())
        .render(&mut page)
        .map_err(|error| Diagnostic::new(format!("cannot write the manual page: {error}")))?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}
