//! From the view to the file's bytes.

use metaffi_compiler::{Diagnostic, OutputFile, Request, template_environment};
use metaffi_idl::Idl;
use minijinja::value::Serde;
use minijinja::{Environment, Error, context};

use crate::{file, view};

/// One template for each construct.
const TEMPLATES: &[(&str, &str)] = &[
    ("builder.rs.j2", include_str!("../templates/builder.rs.j2")),
    ("class.rs.j2", include_str!("../templates/class.rs.j2")),
    ("constant.rs.j2", include_str!("../templates/constant.rs.j2")),
    ("docs.rs.j2", include_str!("../templates/docs.rs.j2")),
    ("form.rs.j2", include_str!("../templates/form.rs.j2")),
    ("function.rs.j2", include_str!("../templates/function.rs.j2")),
    ("interface.rs.j2", include_str!("../templates/interface.rs.j2")),
    ("module.rs.j2", include_str!("../templates/module.rs.j2")),
];

/// The stubs of `idl`.
pub(crate) fn emit(_request: &Request<'_>, idl: &Idl) -> Result<OutputFile, Diagnostic> {
    let text = print(&file::view(idl))
        .map_err(|error| Diagnostic::new(format!("a template is broken: {}", whole(&error))))?;
    Ok(OutputFile::new(format!("{}_MetaFFIHost.rs", idl.idl_source), text))
}

fn print(file: &view::File) -> Result<String, Error> {
    let environment = environment()?;
    let template = environment.get_template("module.rs.j2")?;
    template.render(context! { file => Serde(file) })
}

/// The error with its causes: that of a template in a template comes last.
fn whole(error: &Error) -> String {
    let first: &dyn std::error::Error = error;
    let causes = std::iter::successors(Some(first), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

fn environment() -> Result<Environment<'static>, Error> {
    let mut environment = template_environment();
    for (name, source) in TEMPLATES {
        environment.add_template(name, source)?;
    }
    Ok(environment)
}
