//! Prints the view: templates, then line breaks.

use metaffi_compiler::{Diagnostic, OutputFile, Request, Templates};
use metaffi_idl::Idl;

use crate::layout::layout;
use crate::{literals, passes};

/// One template per construct.
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
pub(crate) fn emit(request: &Request<'_>, idl: &Idl) -> Result<OutputFile, Diagnostic> {
    let templates = Templates::new(TEMPLATES)?.with_filter("quote", literals::quote);
    let file = passes::file(idl);
    request.report_simplified(&file.simplified);
    let text = templates.print("module.py.j2", &file)?;
    Ok(OutputFile::new(format!("{}_MetaFFIHost.py", idl.idl_source), layout(&text)))
}
