//! What stubs were made from: a line at their start, which protects them from
//! being overwritten by stubs of another source.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use metaffi_idl::Idl;

use crate::cache::MadeFrom;
use crate::diagnostic::Diagnostic;
use crate::extractor::shortened;
use crate::output::{OutputFile, has_content};
use crate::stem::without_version;

/// The number of bytes in which the line is searched for.
const SEARCHED: u64 = 512;

/// The text in the first lines of every file of stubs, in a comment.
#[must_use]
pub fn origin(idl: &Idl) -> String {
    let name = match idl.idl_filename_with_extension.as_str() {
        "" => &idl.idl_source,
        name => name,
    };
    let (language, version) = (&idl.target_language, env!("CARGO_PKG_VERSION"));
    format!("Stubs of {name}, a module of {language}, made by metaffi {version}")
}

/// Whether two interfaces come from the same source, judging by its language
/// and its name, regardless of the version.
#[must_use]
pub fn is_same_source(one: &Idl, other: &Idl) -> bool {
    match (origin_line(origin(one).as_bytes()), origin_line(origin(other).as_bytes())) {
        (Some(one), Some(other)) => source(&one) == source(&other),
        _ => false,
    }
}

/// Refuses files that would overwrite what was made from another source,
/// judging by the origin line of stubs and by the cached sources of files.
/// Stubs of another version of an archive are overwritten, and so are files
/// with the same bytes.
pub(crate) fn check(
    folder: &Path,
    files: &[OutputFile],
    source: &Path,
    made: Option<&MadeFrom>,
) -> Result<(), Diagnostic> {
    for file in files {
        let place = folder.join(&file.path);
        let Some(old) = beginning(&place) else { continue };
        if has_content(&place, &file.bytes) {
            continue;
        }
        check_line(&place, origin_line(&old), origin_line(&file.bytes))?;
        check_made(&place, source, made)?;
    }
    Ok(())
}

/// Refuses to replace a file whose origin line differs from the new one's.
fn check_line(place: &Path, old: Option<String>, new: Option<String>) -> Result<(), Diagnostic> {
    let Some(new) = new else { return Ok(()) };
    if old.as_ref().is_some_and(|old| source(old) == source(&new)) {
        return Ok(());
    }
    let old = old.as_deref().map_or("not made by MetaFFI", |old| old);
    Err(already_exists(place, &format!("another file already exists here, {old}")))
}

/// Refuses to replace what was made from another source of the same name.
pub(crate) fn check_made(
    place: &Path,
    source: &Path,
    made: Option<&MadeFrom>,
) -> Result<(), Diagnostic> {
    let other = made.filter(|_| place.is_file()).and_then(|made| made.other_source(place, source));
    other.map_or(Ok(()), |other| {
        let other = shortened(&other);
        Err(already_exists(
            place,
            &format!("another file already exists here, made from {}", other.display()),
        ))
    })
}

fn already_exists(place: &Path, message: &str) -> Diagnostic {
    Diagnostic::new(message).at(place).help("write to another folder (-o DIR), or remove the file")
}

/// `None` if there is no such file.
fn beginning(path: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(SEARCHED).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// `Stubs of NAME, a module of LANGUAGE`, if a file contains this.
fn origin_line(bytes: &[u8]) -> Option<String> {
    let length = bytes.len().min(usize::try_from(SEARCHED).unwrap_or(usize::MAX));
    let text = String::from_utf8_lossy(&bytes[..length]);
    let (_, text) = text.split_once("Stubs of ")?;
    // Older ones are made by MetaFFI, without a version.
    let (text, _) = text.split_once(", made by ")?;
    text.contains(", a module of ").then(|| format!("stubs of {text}"))
}

/// The language, the name without a version, and the suffix.
fn source(origin: &str) -> (&str, &str, &str) {
    let (name, language) = origin.split_once(", a module of ").unwrap_or((origin, ""));
    if let Some((name, _version)) = name.split_once('@') {
        return (language, name, "");
    }
    let (name, suffix) = name.rsplit_once('.').unwrap_or((name, ""));
    (language, without_version(name), suffix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stubs_of_another_source_are_not_replaced() {
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
        assert_eq!(check(folder.path(), &jar, Path::new(""), None), Ok(()), "there is none");
        crate::write_files(folder.path(), &jar).unwrap();
        assert_eq!(check(folder.path(), &jar, Path::new(""), None), Ok(()), "the same");
        assert_eq!(
            check(folder.path(), &stubs("log4j-api-2.22.0.jar", "a"), Path::new(""), None),
            Ok(())
        );
        for (name, language) in
            [("log4j_api.jar", "a"), ("log4j-api-2.21.1.jar", "b"), ("log4j-api-2.21.1.class", "a")]
        {
            let error =
                check(folder.path(), &stubs(name, language), Path::new(""), None).unwrap_err();
            let expected =
                "another file already exists here, stubs of log4j-api-2.21.1.jar, a module of a";
            assert_eq!(error.message, expected);
        }
        std::fs::write(folder.path().join("stubs"), "my own").unwrap();
        let error = check(folder.path(), &jar, Path::new(""), None).unwrap_err();
        assert_eq!(error.message, "another file already exists here, not made by MetaFFI");
        let unmarked = [OutputFile::new("stubs", "")];
        assert_eq!(
            check(folder.path(), &unmarked, Path::new(""), None),
            Ok(()),
            "it has no origin line"
        );
    }
}
