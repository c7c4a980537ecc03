//! From the view to a file's text: templates, then line breaks.

use metaffi_compiler::{Diagnostic, template_environment};
use minijinja::value::Serde;
use minijinja::{Environment, Error, context};

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
pub(crate) struct Printer(Environment<'static>);

impl Printer {
    pub(crate) fn new() -> Result<Printer, Diagnostic> {
        let mut environment = template_environment();
        for (name, source) in TEMPLATES {
            environment.add_template(name, source).map_err(|error| broken(&error))?;
        }
        Ok(Printer(environment))
    }

    /// The text of a file.
    pub(crate) fn print(&self, file: &view::File) -> Result<String, Diagnostic> {
        let template = self.0.get_template("file.java.j2").map_err(|error| broken(&error))?;
        let text = template.render(context! { file => Serde(file) });
        text.map(|text| layout(&text)).map_err(|error| broken(&error))
    }
}

/// The error with its causes: that of a template in a template comes last.
fn broken(error: &Error) -> Diagnostic {
    let first: &dyn std::error::Error = error;
    let causes = std::iter::successors(Some(first), |error| error.source());
    let all = causes.map(ToString::to_string).collect::<Vec<_>>().join(": ");
    Diagnostic::new(format!("a template is broken: {all}"))
}
