//! Reads an IDL that was saved as JSON.

use std::path::Path;

use metaffi_idl::Idl;

use crate::diagnostic::Diagnostic;
use crate::source::read_file;

/// Whether `source` is a saved IDL, by its suffix.
pub(crate) fn is_idl(source: &Path) -> bool {
    source.extension().is_some_and(|suffix| suffix.eq_ignore_ascii_case("json"))
}

/// Reads a saved IDL; every problem of an invalid one is reported with its JSON
/// path.
pub(crate) fn read(source: &Path) -> Result<Idl, Diagnostic> {
    let bytes = read_file(source).map_err(|error| Diagnostic::io("read", source, &error))?;
    let text = String::from_utf8(bytes)
        .map_err(|error| Diagnostic::new(format!("this is not UTF-8: {error}")).at(source))?;
    Idl::from_json(&text).map_err(|diagnostics| {
        Diagnostic::new("this is not a valid IDL")
            .at(source)
            .related(diagnostics.iter().map(|diagnostic| Diagnostic::new(diagnostic.to_string())))
            .help("share/metaffi-idl.schema.json of the installation describes its format")
    })
}
