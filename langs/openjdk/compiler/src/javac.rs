//! Compiles Java sources to class files, with the JDK's own compiler.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use metaffi_compiler::Diagnostic;
use tempfile::TempDir;

/// The maximum number of folders between a source and the root of its packages.
const MAX_PACKAGE_DEPTH: usize = 12;

/// Compiles `sources` into a folder that lives as long as the result. `class_path` is what they
/// need besides each other.
pub(crate) fn compile(sources: &[PathBuf], class_path: &[PathBuf]) -> Result<TempDir, Diagnostic> {
    let first = &sources[0];
    if let Some(missing) = sources.iter().find(|source| !source.is_file()) {
        return Err(Diagnostic::new("no such file")
            .at(missing)
            .help("check the path; it is relative to the working directory"));
    }
    let classes = tempfile::tempdir()
        .map_err(|error| Diagnostic::new(format!("cannot make a temporary folder: {error}")))?;
    let mut command =
        Command::new(metaffi_openjdk_jdk::tool("javac").ok_or_else(|| missing(first))?);
    // Only the requested sources are compiled; others are found, but not built.
    command.args(["-parameters", "-g", "-implicit:none", "-d"]).arg(classes.path());
    command.arg("-sourcepath").arg(joined(&source_roots(sources))?);
    if !class_path.is_empty() {
        command.arg("-classpath").arg(joined(class_path)?);
    } else if env::var_os("CLASSPATH").is_none() {
        // Without a class path, javac would use the working directory, and run annotation
        // processors in it.
        command.arg("-proc:none");
    }
    let output = command.args(sources).output().map_err(|error| not_started(first, &error))?;
    if output.status.success() {
        return Ok(classes);
    }
    let output = String::from_utf8_lossy(&output.stderr);
    Err(Diagnostic::new(format!("javac reports errors:\n{}", output.trim_end())).at(first))
}

fn missing(source: &Path) -> Diagnostic {
    no_javac("compiling a Java source needs javac, which cannot be found".into(), source)
}

fn not_started(source: &Path, error: &std::io::Error) -> Diagnostic {
    no_javac(format!("javac cannot be started: {error}"), source)
}

fn no_javac(message: String, source: &Path) -> Diagnostic {
    Diagnostic::new(message)
        .at(source)
        .help(metaffi_openjdk_jdk::get_jdk() + ", or pass class files or a jar")
}

/// The folders above the sources: one of them is the root of the packages, but only javac can know
/// which.
fn source_roots(sources: &[PathBuf]) -> Vec<PathBuf> {
    let mut roots: Vec<PathBuf> = Vec::new();
    for source in sources {
        let source = std::path::absolute(source).unwrap_or_else(|_| source.clone());
        for folder in source.ancestors().skip(1).take(MAX_PACKAGE_DEPTH) {
            if folder.parent().is_some() && !roots.iter().any(|root| root == folder) {
                roots.push(folder.to_owned());
            }
        }
    }
    roots
}

fn joined(paths: &[PathBuf]) -> Result<OsString, Diagnostic> {
    env::join_paths(paths)
        .map_err(|error| Diagnostic::new(format!("cannot make a path list: {error}")))
}
