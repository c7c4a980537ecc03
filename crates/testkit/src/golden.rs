//! Golden files: expected generated code that is checked in.

use std::fs;
use std::path::Path;

use similar::TextDiff;

/// Compares `made` with the file at `path`. With `METAFFI_BLESS=1`, writes the
/// file instead: read the diff before you commit it.
///
/// # Panics
/// With the difference, if there is one.
pub fn golden(path: &Path, made: &str) {
    if std::env::var_os("METAFFI_BLESS").is_some() {
        fs::create_dir_all(path.parent().expect("a golden file is in a folder")).unwrap();
        return fs::write(path, made).unwrap();
    }
    let golden = fs::read_to_string(path).unwrap_or_default();
    let difference = TextDiff::from_lines(golden.as_str(), made).unified_diff().to_string();
    assert!(
        difference.is_empty(),
        "{} differs from the generated code; METAFFI_BLESS=1 accepts the change:\n{difference}",
        path.display()
    );
}
