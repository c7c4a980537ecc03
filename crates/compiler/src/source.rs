//! Reading a source, and describing it in the IDL, for all languages.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use metaffi_idl::Idl;

/// The maximum size of a file, in bytes.
const MAX_SIZE: u64 = 1 << 30;

/// The bytes of a regular file. Others are refused, since a device may never
/// end.
pub fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let found = file.metadata()?;
    if !found.is_file() {
        let what = if found.is_dir() { "it is a folder" } else { "it is not a regular file" };
        return Err(io::Error::new(io::ErrorKind::InvalidInput, what));
    }
    if found.len() > MAX_SIZE {
        let what = format!("it has {} MB, which is too large for a source", found.len() >> 20);
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, what));
    }
    let mut bytes = Vec::new();
    file.take(MAX_SIZE).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The individual paths of a source, which are separated by `;`.
pub fn source_paths(source: &Path) -> Vec<PathBuf> {
    let text = source.to_string_lossy();
    text.split(';').map(str::trim).filter(|part| !part.is_empty()).map(PathBuf::from).collect()
}

/// An IDL without modules for `source`, a file or folder of `language`.
///
/// `stem` names the files that are written, and `guest_lib` is what a host
/// loads.
pub fn idl_for(source: &Path, language: &str, stem: String, guest_lib: String) -> Idl {
    let paths = source_paths(source);
    let first = paths.first().cloned().unwrap_or_default();
    let text = |part: Option<&std::ffi::OsStr>| {
        part.map(|part| part.to_string_lossy().into_owned()).unwrap_or_default()
    };
    let suffix = if first.is_dir() { String::new() } else { text(first.extension()) };
    let full: Vec<String> = paths.iter().map(|path| absolute(path)).collect();
    Idl {
        idl_source: stem,
        idl_extension: if suffix.is_empty() { suffix } else { format!(".{suffix}") },
        idl_filename_with_extension: text(first.file_name()),
        idl_full_path: full.join(";"),
        metaffi_guest_lib: guest_lib,
        target_language: language.to_owned(),
        has_null_elements: false,
        class_of: None,
        supertypes_of: None,
        object_operations: BTreeMap::new(),
        modules: Vec::new(),
    }
}

/// The absolute path if it exists; an importable name is unchanged.
fn absolute(path: &Path) -> String {
    let full = if path.exists() { std::path::absolute(path).ok() } else { None };
    full.unwrap_or_else(|| path.to_owned()).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn endless_and_huge_files_are_not_read() {
        for (path, reason) in [("/dev/zero", "it is not a regular file"), ("/", "it is a folder")] {
            let error = read_file(Path::new(path)).unwrap_err();
            assert_eq!(error.to_string(), reason);
        }
        let folder = tempfile::tempdir().unwrap();
        let huge = folder.path().join("huge");
        File::create(&huge).unwrap().set_len(3 << 30).unwrap();
        assert!(read_file(&huge).unwrap_err().to_string().starts_with("it has 3072 MB"));
    }

    #[test]
    fn the_first_path_names_the_source() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = (folder.path().join("a-1.0.jar"), folder.path().join("b.jar"));
        std::fs::write(&a, "").unwrap();
        std::fs::write(&b, "").unwrap();
        let joined = format!("{} ; {};", a.display(), b.display());
        let idl = idl_for(Path::new(&joined), "tongue", "a".to_owned(), "lib".to_owned());
        assert_eq!(idl.idl_filename_with_extension, "a-1.0.jar");
        assert_eq!(idl.idl_extension, ".jar");
        assert_eq!(idl.idl_full_path, format!("{};{}", a.display(), b.display()));
        assert_eq!((idl.idl_source.as_str(), idl.target_language.as_str()), ("a", "tongue"));
    }

    #[test]
    fn folders_and_names_keep_their_suffix() {
        let folder = tempfile::Builder::new().suffix("v1.2").tempdir().unwrap();
        let idl = idl_for(folder.path(), "tongue", String::new(), String::new());
        assert_eq!(idl.idl_extension, "");
        let idl = idl_for(Path::new("some_module"), "tongue", String::new(), String::new());
        assert_eq!(idl.idl_full_path, "some_module");
    }
}
