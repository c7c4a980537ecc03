//! Makes stubs from an IDL: decides here what the template prints.

use metaffi_compiler::{Diagnostic, OutputFile, Templates, origin};
use metaffi_idl::{Callable, Idl, Kind, Parameter};
use serde::Serialize;

use crate::names::Names;

const TEMPLATES: &[(&str, &str)] = &[("host.rs.j2", include_str!("../templates/host.rs.j2"))];

/// The file of stubs.
#[derive(Serialize)]
struct File {
    origin: String,
    stubs: Vec<Stub>,
}

/// One function of the stub file.
#[derive(Serialize)]
struct Stub {
    name: String,
    doc: Vec<String>,
    path: String,
    arguments: Vec<String>,
    params: Vec<String>,
    returns: Vec<String>,
}

/// The one file of stubs.
pub(crate) fn emit(idl: &Idl) -> Result<Vec<OutputFile>, Diagnostic> {
    let mut names = Names::default();
    let stubs = idl.callables().map(|callable| stub(&callable, &mut names)).collect();
    let file = File { origin: origin(idl), stubs };
    let text = Templates::new(TEMPLATES)?.print("host.rs.j2", &file)?;
    Ok(vec![OutputFile::new(format!("{}_MetaFFIHost.rs", idl.idl_source), text)])
}

fn stub(callable: &Callable<'_>, names: &mut Names) -> Stub {
    let function = callable.function;
    let receiver = callable.instance_required.then(|| ("this", "handle".to_owned()));
    let declared = function.parameters.iter().map(|p| (p.name.as_str(), type_text(p)));
    let mut own = Names::default();
    let (arguments, params) =
        receiver.into_iter().chain(declared).map(|(name, ty)| (own.unique(name), ty)).unzip();
    Stub {
        name: names.unique(&name(callable)),
        doc: function.comment.lines().map(str::to_owned).collect(),
        path: callable.entity_path().to_string(),
        arguments,
        params,
        returns: function.return_values.iter().map(type_text).collect(),
    }
}

/// `counter_new`, `counter_get_value`.
fn name(callable: &Callable<'_>) -> String {
    let accessor = match callable.kind {
        Kind::Getter => "get_",
        Kind::Setter => "set_",
        _ => "",
    };
    let name = format!("{accessor}{}", callable.function.name);
    match callable.class {
        Some(class) => format!("{}_{name}", class.name),
        None => name,
    }
}

/// The type's name, and the rank if the name does not imply it.
fn type_text(parameter: &Parameter) -> String {
    match parameter.dimensions {
        0 | 1 => parameter.ty.to_string(),
        rank => format!("{}[{rank}]", parameter.ty),
    }
}
