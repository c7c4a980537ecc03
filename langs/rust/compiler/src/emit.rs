//! From the view to the file's bytes.

use metaffi_compiler::{Diagnostic, OutputFile, Request, Templates};
use metaffi_idl::Idl;
use metaffi_stubs::{Simplified, selected};

use crate::file;

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
pub(crate) fn emit(request: &Request<'_>, idl: &Idl) -> Result<OutputFile, Diagnostic> {
    let part = request.options.get("only").map(|names| only(idl, names)).transpose()?;
    let idl = part.as_ref().unwrap_or(idl);
    let file = file::view(idl);
    for Simplified { what, why } in &file.simplified {
        request.progress.simplified(what, why);
    }
    let text = Templates::new(TEMPLATES)?.print("module.rs.j2", &file)?;
    Ok(OutputFile::new(format!("{}_MetaFFIHost.rs", idl.idl_source), text))
}

/// The part that the option `only` names.
fn only(idl: &Idl, names: &str) -> Result<Idl, Diagnostic> {
    let names: Vec<&str> = names.split(';').map(str::trim).filter(|one| !one.is_empty()).collect();
    selected(idl, &names).map_err(|name| {
        Diagnostic::new(format!("only={name}: {} has nothing of this name", idl.idl_source))
            .help("`metaffi inspect` shows the names of its classes and functions")
            .misuse()
    })
}
