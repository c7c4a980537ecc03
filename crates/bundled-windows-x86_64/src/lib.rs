//! The installation of MetaFFI for Windows on x86-64, which the feature `bundled` of the crate
//! `metaffi` unpacks. In a checkout there is none: a published crate holds it.
#![forbid(unsafe_code)]

/// The installation, as a zip archive.
#[cfg(has_installation)]
pub const ARCHIVE: Option<&[u8]> = Some(include_bytes!("../installation.zip"));

/// The installation, as a zip archive.
#[cfg(not(has_installation))]
pub const ARCHIVE: Option<&[u8]> = None;

/// The SHA-256 of the archive, in hexadecimal digits.
#[cfg(has_installation)]
pub const DIGEST: &str = include_str!("../installation.sha256");

/// The SHA-256 of the archive, in hexadecimal digits.
#[cfg(not(has_installation))]
pub const DIGEST: &str = "";
