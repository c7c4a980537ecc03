//! Converts the view to the text of a file: templates first, then line breaks.

use metaffi_compiler::{Diagnostic, Templates};

use crate::layout::layout;
use crate::view;

/// One template for each construct.
const TEMPLATES: &[(&str, &str)] = &[
    ("class.java.j2", include_str!("../templates/class.java.j2")),
    ("field.java.j2", include_str!("../templates/field.java.j2")),
    ("file.java.j2", include_str!("../templates/file.java.j2")),
    ("method.java.j2", include_str!("../templates/method.java.j2")),
];

/// Prints files.
pub(crate) struct Printer(Templates);

impl Printer {
    pub(crate) fn new() -> Result<Printer, Diagnostic> {
        Templates::new(TEMPLATES).map(Printer)
    }

    /// The text of a file.
    pub(crate) fn print(&self, file: &view::File) -> Result<String, Diagnostic> {
        self.0.print("file.java.j2", file).map(|text| layout(&text))
    }
}
