//! Compiles sources to classes, and packs both into jars.

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use metaffi_compiler::{Diagnostic, OutputFile, origin};
use metaffi_idl::Idl;
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::Source;

/// The sources, their jar, and the jar of their classes.
pub(crate) fn pack(
    idl: &Idl,
    sources: &[Source],
    home: &Path,
) -> Result<Vec<OutputFile>, Diagnostic> {
    let stem = format!("{}_MetaFFIHost", idl.idl_source);
    let folder = tempfile::tempdir().map_err(|error| no_folder(&error))?;
    let classes = compile(sources, &folder, home)?;
    let origin = origin(idl);
    let texts = sources.iter().map(|one| (one.path.clone(), one.text.clone().into_bytes()));
    let mut files = vec![
        OutputFile::new(format!("{stem}.jar"), jar(&origin, classes)?),
        OutputFile::new(format!("{stem}-sources.jar"), jar(&origin, texts.collect())?),
    ];
    let beside = |one: &Source| OutputFile::new(format!("{stem}/{}", one.path), one.text.clone());
    files.extend(sources.iter().map(beside));
    Ok(files)
}

fn no_folder(error: &std::io::Error) -> Diagnostic {
    Diagnostic::new(format!("cannot use a temporary folder: {error}"))
}

/// The classes, by their paths.
fn compile(
    sources: &[Source],
    folder: &TempDir,
    home: &Path,
) -> Result<Vec<(String, Vec<u8>)>, Diagnostic> {
    let (source_folder, classes) = (folder.path().join("sources"), folder.path().join("classes"));
    let mut list = String::new();
    for source in sources {
        let path = source_folder.join(&source.path);
        let parent = path.parent().unwrap_or(&source_folder);
        let written = fs::create_dir_all(parent).and_then(|()| fs::write(&path, &source.text));
        written.map_err(|error| no_folder(&error))?;
        list.push_str(&format!("\"{}\"\n", path.display().to_string().replace('\\', "/")));
    }
    let arguments = folder.path().join("arguments");
    fs::write(&arguments, list).map_err(|error| no_folder(&error))?;
    let javac = metaffi_openjdk_jdk::tool("javac").ok_or_else(no_javac)?;
    let mut command = Command::new(javac);
    // The compiler ends before optimizing its own code pays off.
    command.args(["-J-XX:TieredStopAtLevel=1", "-J-Xshare:auto", "-J-XX:+UseSerialGC"]);
    command.args(["--release", "11", "-encoding", "UTF-8", "-proc:none", "-parameters", "-nowarn"]);
    command.args(["-Xlint:-options", "-implicit:none", "-sourcepath"]).arg(&source_folder);
    command.arg("-classpath").arg(home.join("plugins/openjdk/metaffi.api.jar"));
    command.arg("-d").arg(&classes).arg(format!("@{}", arguments.display()));
    let output = command.output().map_err(|error| {
        no_javac().related([Diagnostic::new(format!("javac cannot be started: {error}"))])
    })?;
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr);
        let errors = errors.replace(&format!("{}/", source_folder.display()), "");
        return Err(Diagnostic::new(format!(
            "javac reports errors in the stubs:\n{}",
            errors.trim_end()
        ))
        .help("this is a bug in MetaFFI: report it with the module and this message"));
    }
    let mut found = Vec::new();
    collect(&classes, &classes, &mut found).map_err(|error| no_folder(&error))?;
    found.sort();
    Ok(found)
}

fn no_javac() -> Diagnostic {
    Diagnostic::new("stubs for Java need javac, which cannot be found")
        .help(metaffi_openjdk_jdk::get_jdk())
}

fn collect(
    root: &Path,
    folder: &PathBuf,
    found: &mut Vec<(String, Vec<u8>)>,
) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, found)?;
        } else {
            let name = path.strip_prefix(root).unwrap_or(&path).display().to_string();
            found.push((name.replace('\\', "/"), fs::read(&path)?));
        }
    }
    Ok(())
}

/// A jar whose first entries state its origin; the same bytes for the same files.
fn jar(origin: &str, files: Vec<(String, Vec<u8>)>) -> Result<Vec<u8>, Diagnostic> {
    let zip_error =
        |error: zip::result::ZipError| Diagnostic::new(format!("cannot create a jar: {error}"));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let plain = SimpleFileOptions::default()
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let stored = plain.compression_method(CompressionMethod::Stored);
    let deflated = plain.compression_method(CompressionMethod::Deflated);
    let manifest = b"Manifest-Version: 1.0\r\nCreated-By: metaffi\r\n\r\n".to_vec();
    let first = [
        ("META-INF/MANIFEST.MF".to_owned(), manifest),
        ("META-INF/metaffi.txt".to_owned(), format!("{origin}\n").into_bytes()),
    ];
    for (at, (name, bytes)) in first.into_iter().chain(files).enumerate() {
        zip.start_file(name, if at < 2 { stored } else { deflated }).map_err(zip_error)?;
        zip.write_all(&bytes).map_err(|error| no_folder(&error))?;
    }
    Ok(zip.finish().map_err(zip_error)?.into_inner())
}
