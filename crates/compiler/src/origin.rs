//! What stubs were made from: a line at their beginning, by which stubs of
//! another source are not overwritten.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use metaffi_idl::Idl;

use crate::diagnostic::Diagnostic;
use crate::output::OutputFile;
use crate::stem::without_version;

/// Where the line may be.
const BEGINNING: u64 = 512;

/// What is in the first lines of every file of stubs, in a comment.
#[must_use]
pub fn origin(idl: &Idl) -> String {
    let name = match idl.idl_filename_with_extension.as_str() {
        "" => &idl.idl_source,
        name => name,
    };
    let (language, version) = (&idl.target_language, env!("CARGO_PKG_VERSION"));
    format!("Stubs of {name}, a module of {language}, made by metaffi {version}")
}

/// Refuses files whose place is taken by stubs of another source. Those of
/// another version of an archive give way.
pub(crate) fn check(folder: &Path, files: &[OutputFile]) -> Result<(), Diagnostic> {
    for file in files {
        let place = folder.join(&file.path);
        let (Some(old), Some(new)) = (beginning(&place), found(&file.bytes)) else { continue };
        let old = found(&old);
        if old.as_ref().is_some_and(|old| source(old) == source(&new)) {
            continue;
        }
        let old = old.as_deref().map_or("which MetaFFI did not make", |old| old);
        return Err(Diagnostic::new(format!("there is another file here, {old}"))
            .at(place)
            .help("write to another folder (-o DIR), or remove the file"));
    }
    Ok(())
}

/// `None` when there is no such file.
fn beginning(path: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(BEGINNING).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// `Stubs of NAME, a module of LANGUAGE`, where a file says so.
fn found(bytes: &[u8]) -> Option<String> {
    let length = bytes.len().min(usize::try_from(BEGINNING).unwrap_or(usize::MAX));
    let text = String::from_utf8_lossy(&bytes[..length]);
    let (_, text) = text.split_once("Stubs of ")?;
    // Older ones are made by MetaFFI, without a version.
    let (text, _) = text.split_once(", made by ")?;
    text.contains(", a module of ").then(|| format!("stubs of {text}"))
}

/// The language, the name without a version, and the suffix.
fn source(origin: &str) -> (&str, &str, &str) {
    let (name, language) = origin.split_once(", a module of ").unwrap_or((origin, ""));
    let (name, suffix) = name.rsplit_once('.').unwrap_or((name, ""));
    (language, without_version(name), suffix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stubs_of_another_source_stay() {
        let folder = tempfile::tempdir().unwrap();
        let stubs = |name: &str, language: &str| {
            let idl = Idl {
                idl_filename_with_extension: name.to_owned(),
                target_language: language.to_owned(),
                ..Idl::default()
            };
            [OutputFile::new("stubs", format!("# {}. Do not edit.\n", origin(&idl)))]
        };
        let jar = stubs("log4j-api-2.21.1.jar", "a");
        assert_eq!(check(folder.path(), &jar), Ok(()), "there is none");
        crate::write_files(folder.path(), &jar).unwrap();
        assert_eq!(check(folder.path(), &jar), Ok(()), "the same");
        assert_eq!(check(folder.path(), &stubs("log4j-api-2.22.0.jar", "a")), Ok(()));
        for (name, language) in
            [("log4j_api.jar", "a"), ("log4j-api-2.21.1.jar", "b"), ("log4j-api-2.21.1.class", "a")]
        {
            let error = check(folder.path(), &stubs(name, language)).unwrap_err();
            let expected =
                "there is another file here, stubs of log4j-api-2.21.1.jar, a module of a";
            assert_eq!(error.message, expected);
        }
        std::fs::write(folder.path().join("stubs"), "my own").unwrap();
        let error = check(folder.path(), &jar).unwrap_err();
        assert_eq!(error.message, "there is another file here, which MetaFFI did not make");
        let unmarked = [OutputFile::new("stubs", "")];
        assert_eq!(check(folder.path(), &unmarked), Ok(()), "nothing says what it is made from");
    }
}
