//! From the view to the file's bytes.

use metaffi_compiler::{Diagnostic, OutputFile, Request, Templates};
use metaffi_idl::Idl;

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
    let file = file::view(idl);
    request.report_simplified(&file.simplified);
    let text = Templates::new(TEMPLATES)?.print("module.rs.j2", &file)?;
    Ok(OutputFile::new(format!("{}_MetaFFIHost.rs", idl.idl_source), text))
}
