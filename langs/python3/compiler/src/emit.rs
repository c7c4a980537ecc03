//! From the view to the file's bytes: templates, then line breaks.

use metaffi_compiler::{Diagnostic, OutputFile, template_environment};
use metaffi_idl::Idl;
use minijinja::value::Serde;
use minijinja::{Environment, Error, context};

use crate::layout::layout;
use crate::{literals, passes, view};

/// One template for each construct.
const TEMPLATES: &[(&str, &str)] = &[
    ("beside.py.j2", include_str!("../templates/beside.py.j2")),
    ("block.py.j2", include_str!("../templates/block.py.j2")),
    ("callable.py.j2", include_str!("../templates/callable.py.j2")),
    ("class.py.j2", include_str!("../templates/class.py.j2")),
    ("docs.py.j2", include_str!("../templates/docs.py.j2")),
    ("entity.py.j2", include_str!("../templates/entity.py.j2")),
    ("method.py.j2", include_str!("../templates/method.py.j2")),
    ("module.py.j2", include_str!("../templates/module.py.j2")),
    ("notation.py.j2", include_str!("../templates/notation.py.j2")),
    ("no_constructor.py.j2", include_str!("../templates/no_constructor.py.j2")),
    ("release.py.j2", include_str!("../templates/release.py.j2")),
];

/// The stubs of `idl`.
pub(crate) fn emit(idl: &Idl) -> Result<OutputFile, Diagnostic> {
    let text = print(&passes::file(idl))
        .map_err(|error| Diagnostic::new(format!("a template is broken: {}", whole(&error))))?;
    Ok(OutputFile::new(format!("{}_MetaFFIHost.py", idl.idl_source), layout(&text)))
}

fn print(file: &view::File) -> Result<String, Error> {
    let template = environment()?;
    let template = template.get_template("module.py.j2")?;
    template.render(context! { file => Serde(file) })
}

/// The error with its causes: that of a template in a template comes last.
fn whole(error: &Error) -> String {
    let first: &dyn std::error::Error = error;
    let causes = std::iter::successors(Some(first), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// All templates, with what they print by.
fn environment() -> Result<Environment<'static>, Error> {
    let mut environment = template_environment();
    environment.add_filter("quote", |text: String| literals::quote(&text));
    for (name, source) in TEMPLATES {
        environment.add_template(name, source)?;
    }
    Ok(environment)
}
