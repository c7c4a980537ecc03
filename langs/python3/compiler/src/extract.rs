//! Reads Python: runs the extractor, which is a Python program, with the interpreter
//! that a host would embed.

use std::path::{Path, PathBuf};
use std::process::Output;

use metaffi_compiler::{
    Diagnostic, Key, Loss, Problem, Request, ask_extractor, extractor_answer, identifier, idl_for,
    source_paths, stem_of_file,
};
use metaffi_idl::Idl;
use metaffi_python3_interpreter::package_folder;

use crate::answer::{Answer, Question};
use crate::operations;
use crate::python::{self, Python};

/// The only option for reading.
pub(crate) const NO_IMPORT: Key<'_> =
    Key { name: "no-import", about: "read the source's text only, without running it" };

pub(crate) fn extract(request: &Request<'_>) -> Result<Idl, Diagnostic> {
    let option = NO_IMPORT.name;
    let import = match request.options.get(option) {
        None | Some("false") => true,
        Some("true") => false,
        Some(other) => {
            let message = format!("the option '{option}' must be true or false, not '{other}'");
            return Err(Diagnostic::new(message).help(format!("write {option} alone")).misuse());
        }
    };
    let paths = source_paths(request.source);
    if let Some(missing) = paths.iter().find(|path| is_path(path) && !path.exists()) {
        return Err(Diagnostic::new("no such file or folder")
            .at(missing)
            .help("check the path; it is relative to the working directory"));
    }
    let sources: Vec<String> =
        paths.iter().map(|path| path.to_string_lossy().into_owned()).collect();
    let loader = package_folder(request.home).join("metaffi/_modules.py");
    let question = Question { sources: &sources, import, loader: &loader };
    let answer = ask(&question, request)?;
    if let [first, ..] = &answer.errors[..] {
        return Err(refused(request.source, first.clone()));
    }
    answer.warnings.into_iter().for_each(|warning| {
        request.progress.warn(&warning.into_diagnostic());
    });
    for Loss { what, reason } in &answer.left_out {
        request.progress.left_out(what, reason);
    }
    let mut idl = idl(request.source, &paths, answer.modules)?;
    operations::add(&mut idl);
    Ok(idl)
}

/// Whether a source is a path rather than a name to import.
fn is_path(source: &Path) -> bool {
    source.extension().is_some_and(|suffix| suffix == "py") || source.components().count() > 1
}

/// The diagnostic of a problem; if the extractor names no file, it names the source.
fn refused(source: &Path, problem: Problem) -> Diagnostic {
    let diagnostic = problem.into_diagnostic();
    if diagnostic.file.is_some() { diagnostic } else { diagnostic.at(source) }
}

fn ask(question: &Question<'_>, request: &Request<'_>) -> Result<Answer, Diagnostic> {
    let python = python::chosen()?;
    let extractor = extractor(request.home)?;
    let mut command = python.run(&extractor);
    let output = ask_extractor(&mut command, question)
        .map_err(|error| Diagnostic::io("run", python.executable(), &error))?;
    read(&output, python, request)
}

fn read(output: &Output, python: &Python, request: &Request<'_>) -> Result<Answer, Diagnostic> {
    if !output.status.success() {
        return Err(ended(output, python).at(request.source));
    }
    extractor_answer("Python", output)
}

/// The diagnostic for an interpreter that crashed while importing a module.
fn ended(output: &Output, python: &Python) -> Diagnostic {
    const LINES: usize = 12;
    let output_text = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<&str> = output_text.trim_end().lines().collect();
    let last = lines[lines.len().saturating_sub(LINES)..].iter();
    let executable = python.executable().display();
    let message = format!("{executable} crashed while reading this: {}", output.status);
    Diagnostic::new(message)
        .related(last.map(|line| Diagnostic::new(*line)))
        .help(format!("read the source without importing it: --guest-options {}", NO_IMPORT.name))
}

/// The extractor's folder: the one that METAFFI_PYTHON_EXTRACTOR names, or the
/// installation's.
fn extractor(home: &Path) -> Result<PathBuf, Diagnostic> {
    let named = std::env::var_os("METAFFI_PYTHON_EXTRACTOR").map(PathBuf::from);
    let path = named.unwrap_or_else(|| home.join("libexec/python3"));
    if path.join("metaffi_extract/__init__.py").is_file() {
        return Ok(path);
    }
    Err(Diagnostic::new("the Python extractor is missing").at(path).help("reinstall MetaFFI"))
}

/// The IDL of the modules that the extractor found.
fn idl(
    source: &Path,
    paths: &[PathBuf],
    modules: Vec<serde_json::Value>,
) -> Result<Idl, Diagnostic> {
    let lib: Vec<_> = paths.iter().map(|path| path.to_string_lossy()).collect();
    let root = idl_for(source, "python3", stem(paths), lib.join(";"));
    let mut json: serde_json::Value = serde_json::from_str(&root.to_json()).unwrap_or_default();
    json["modules"] = serde_json::Value::Array(modules);
    Idl::from_json(&json.to_string()).map_err(|faults| {
        Diagnostic::new("the Python extractor wrote an IDL that is not valid")
            .related(faults.iter().map(|fault| Diagnostic::new(fault.to_string())))
            .help("please report this as a bug")
    })
}

/// The module's name, as an identifier.
fn stem(paths: &[PathBuf]) -> String {
    let Some(first) = paths.first() else { return identifier("") };
    if !first.exists() {
        return identifier(&first.to_string_lossy());
    }
    let full = dunce::canonicalize(first).unwrap_or_else(|_| first.clone());
    let is_package = full.file_name().is_some_and(|name| name == "__init__.py");
    let named = if is_package { full.parent().unwrap_or(&full) } else { &full };
    if named.is_dir() {
        return identifier(&named.file_name().unwrap_or_default().to_string_lossy());
    }
    stem_of_file(named)
}
