//! From the view to the file's content, and the file's path.

use std::path::{Path, PathBuf};

use metaffi_compiler::{Diagnostic, Key, OutputFile, Request, Templates, origin};
use metaffi_idl::Idl;

use super::{file, names};
use crate::setup;

/// The suffix of the file names of stubs.
pub(crate) const ENDING: &str = "_MetaFFIHost.go";

/// The options of Go stubs.
pub(crate) const OPTIONS: &[Key<'static>] = &[Key {
    name: "package",
    about: "the name of the package, and of its folder; by default the stem's letters and digits",
}];

const TEMPLATES: &[(&str, &str)] = &[
    ("class.go.j2", include_str!("../../templates/stubs/class.go.j2")),
    ("constant.go.j2", include_str!("../../templates/stubs/constant.go.j2")),
    ("docs.go.j2", include_str!("../../templates/stubs/docs.go.j2")),
    ("function.go.j2", include_str!("../../templates/stubs/function.go.j2")),
    ("options.go.j2", include_str!("../../templates/stubs/options.go.j2")),
    ("stubs.go.j2", include_str!("../../templates/stubs/stubs.go.j2")),
];

/// The stubs of `idl`, in a package folder of their own.
pub(crate) fn emit(request: &Request<'_>, idl: &Idl) -> Result<Vec<OutputFile>, Diagnostic> {
    let package = package(request, idl)?;
    let name = format!("{}{ENDING}", idl.idl_source);
    only_stubs(&request.out_dir.join(&package), &name)?;
    warn_of_module(request);
    let mut file = file::file(idl, &package);
    file.origin = origin(idl);
    request.report_simplified(&file.simplified);
    let templates = Templates::new(TEMPLATES)?.with_filter("comment", comment);
    let text = templates.print("stubs.go.j2", &file)?;
    Ok(vec![OutputFile::new(PathBuf::from(&package).join(name), text)])
}

fn package(request: &Request<'_>, idl: &Idl) -> Result<String, Diagnostic> {
    let Some(wanted) = request.options.get("package") else {
        return Ok(names::package(&idl.idl_source));
    };
    let is_word = wanted.chars().all(|c| c.is_alphanumeric() || c == '_')
        && wanted.starts_with(|c: char| c.is_alphabetic());
    if is_word && !names::is_keyword(wanted) && wanted != "main" {
        return Ok(wanted.to_owned());
    }
    Err(Diagnostic::new(format!("'{wanted}' is not a name of a package that Go can import"))
        .help("use letters, digits and underscores, such as --host-options package=log4j")
        .misuse())
}

/// Warns about what Go will report for the stubs if no module finds the API.
fn warn_of_module(request: &Request<'_>) {
    let Ok(folder) = std::path::absolute(request.out_dir) else { return };
    let found = folder.ancestors().map(|one| one.join("go.mod")).find(|one| one.is_file());
    let names_api = |gomod: &PathBuf| {
        std::fs::read_to_string(gomod).is_ok_and(|text| text.contains(setup::MODULES[0].0))
    };
    let warning = match found {
        None => Diagnostic::new("the stubs are not in a Go module: there is no go.mod").at(&folder),
        Some(gomod) if !names_api(&gomod) => {
            Diagnostic::new("go.mod does not require the API, which the stubs import").at(&gomod)
        }
        Some(_) => return,
    };
    let help = "run `metaffi go-setup` in the project's folder, before or after this command";
    request.progress.warn(&warning.help(help));
}

/// Refuses a folder with stubs of something else: they would be one package.
fn only_stubs(folder: &Path, name: &str) -> Result<(), Diagnostic> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(()) };
    for entry in entries.flatten() {
        let other = entry.file_name();
        let other = other.to_string_lossy();
        if other.ends_with(ENDING) && other != name {
            return Err(Diagnostic::new(format!(
                "{} is already in this package: stubs of two modules have to be two packages",
                other
            ))
            .at(folder)
            .help(
                "choose another package (--host-options package=NAME) or another folder (-o DIR)",
            ));
        }
    }
    Ok(())
}

/// A line of documentation as a line of a comment.
fn comment(line: &str) -> String {
    match line {
        "" => "//".to_owned(),
        code if code.starts_with('\t') => format!("//{code}"),
        text => format!("// {text}"),
    }
}
