//! Golden files: generated code that is checked in and compared.

use std::fs;
use std::path::Path;

use similar::TextDiff;

/// Holds `made` against the file at `path`. With `METAFFI_BLESS=1` the file is
/// written instead: read the diff before you commit it.
///
/// # Panics
/// With the difference, when there is one.
pub fn golden(path: &Path, made: &str) {
    if std::env::var_os("METAFFI_BLESS").is_some() {
        fs::create_dir_all(path.parent().expect("a golden file is in a folder")).unwrap();
        return fs::write(path, made).unwrap();
    }
    let golden = fs::read_to_string(path).unwrap_or_default();
    let difference = TextDiff::from_lines(golden.as_str(), made).unified_diff().to_string();
    assert!(
        difference.is_empty(),
        "{} is not what is generated now; METAFFI_BLESS=1 accepts it:\n{difference}",
        path.display()
    );
}
