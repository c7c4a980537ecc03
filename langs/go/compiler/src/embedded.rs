//! Reads the IDL that is embedded in a built guest, without running any of its code.

use std::path::Path;

use metaffi_compiler::{Diagnostic, read_file};
use metaffi_idl::Idl;
use object::read::{ExportTarget, NameOrOrdinal};
use object::{Object as _, ObjectSection as _};

use crate::whole;

/// METAFFI_ABI_VERSION of the header that guests are built with.
const ABI_VERSION: u32 = 1;

/// Why a file is not a usable guest.
#[derive(Debug)]
pub enum EmbeddedIdlError {
    /// It cannot be read.
    Io(std::io::Error),
    /// It is not a library for this kind of system, or not a guest.
    NoGuest(&'static str),
    /// It was built for another version of MetaFFI's ABI.
    Abi(u32),
    /// It is a library that would crash the system's loader.
    Damaged(String),
    /// Its embedded text is not an IDL.
    Broken(String),
}

impl EmbeddedIdlError {
    /// A description of the problem.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::Io(error) => format!("cannot read: {error}"),
            Self::NoGuest(reason) => format!("this is not a Go guest: {reason}"),
            Self::Abi(version) => format!(
                "this Go guest has ABI version {version}, this MetaFFI has version {ABI_VERSION}"
            ),
            Self::Damaged(problem) => format!("this library is damaged: {problem}"),
            Self::Broken(problem) => {
                format!("the interface in this Go guest is damaged: {problem}")
            }
        }
    }

    /// What the user can do about it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::Io(_) => "check the path and its permissions",
            _ => "build the guest with `metaffi -c --idl SOURCE -g`",
        }
    }

    pub(crate) fn into_diagnostic(self, path: &Path) -> Diagnostic {
        Diagnostic::new(self.message()).at(path).help(self.help())
    }
}

/// Whether the path is that of a library, for any system.
pub(crate) fn is_library(path: &Path) -> bool {
    let suffix = path.extension().and_then(|suffix| suffix.to_str());
    matches!(suffix, Some("so" | "dll" | "dylib")) && !path.is_dir()
}

/// The IDL in the guest at `path`.
///
/// # Errors
/// If the file is not a guest, or a guest with another ABI version.
pub fn embedded_idl(path: &Path) -> Result<Idl, EmbeddedIdlError> {
    let bytes = read_file(path).map_err(EmbeddedIdlError::Io)?;
    let library = object::File::parse(&*bytes)
        .map_err(|_| EmbeddedIdlError::NoGuest("it is not a library that this system can read"))?;
    whole::check(&library, &bytes).map_err(EmbeddedIdlError::Damaged)?;
    let number = |name, size| constant(&library, name, size).and_then(little_endian);
    let version = number("metaffi_guest_abi", 4)
        .ok_or(EmbeddedIdlError::NoGuest("it does not have the mark of one"))?;
    if version != u64::from(ABI_VERSION) {
        return Err(EmbeddedIdlError::Abi(u32::try_from(version).unwrap_or(u32::MAX)));
    }
    let size = number("metaffi_guest_idl_size", 8);
    let text = size.and_then(|size| constant(&library, "metaffi_guest_idl", size));
    let text = text.ok_or_else(|| EmbeddedIdlError::Broken("it is missing".to_owned()))?;
    parse(text)
}

fn parse(text: &[u8]) -> Result<Idl, EmbeddedIdlError> {
    let broken = |problem: String| EmbeddedIdlError::Broken(problem);
    let text = std::str::from_utf8(text).map_err(|error| broken(error.to_string()))?;
    Idl::from_json(text)
        .map_err(|problems| broken(problems.first().map_or_else(String::new, ToString::to_string)))
}

/// The bytes of an exported constant.
fn constant<'d>(library: &object::File<'d>, name: &str, size: u64) -> Option<&'d [u8]> {
    let mut exports = library.exports().ok()?.flatten();
    let export = exports.find(|export| is_named(export, name.as_bytes()))?;
    let ExportTarget::Address { address } = export.target() else { return None };
    library.sections().find_map(|section| section.data_range(address, size).ok().flatten())
}

/// macOS puts an underscore before the names of C.
fn is_named(export: &object::Export<'_>, name: &[u8]) -> bool {
    let NameOrOrdinal::Name(found) = export.name() else { return false };
    found == name || found.strip_prefix(b"_") == Some(name)
}

fn little_endian(bytes: &[u8]) -> Option<u64> {
    let mut padded = [0; 8];
    padded.get_mut(..bytes.len())?.copy_from_slice(bytes);
    Some(u64::from_le_bytes(padded))
}
