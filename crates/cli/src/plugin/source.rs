//! Where a plugin comes from: an archive, a folder, or the URL of an archive.

use std::fmt;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use metaffi_compiler::{Diagnostic, Progress};
use percent_encoding::percent_decode_str;
use ureq::http::Uri;

use super::content::{Content, Limits};
use super::download::{self, Download};
use super::signature::SUFFIX;

/// A source that has not been opened.
#[derive(Debug)]
pub(crate) enum Source {
    Path(PathBuf),
    Url(String),
}

/// An opened source.
pub(crate) enum Opened {
    Folder(PathBuf),
    Archive(File),
    Downloaded(Download),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Path(path) => write!(f, "{}", path.display()),
            Source::Url(url) => f.write_str(url),
        }
    }
}

impl Source {
    /// Parses what the user passed. `is_signed` says that a signature will be
    /// checked, which makes plain HTTP safe.
    pub(crate) fn named(text: &str, is_signed: bool) -> Result<Source, Diagnostic> {
        if let Some(path) = text.strip_prefix("file://") {
            let path = path.strip_prefix("localhost").unwrap_or(path);
            let path = percent_decode_str(path).decode_utf8();
            let path = path.map_err(|_| Diagnostic::new(format!("{text}: not UTF-8")).misuse())?;
            return Ok(Source::Path(PathBuf::from(&*path)));
        }
        if !text.contains("://") {
            return Ok(Source::Path(text.into()));
        }
        let misuse = |why: &str| Err(Diagnostic::new(format!("{text}: {why}")).misuse());
        let Ok(url) = text.parse::<Uri>() else { return misuse("not a URL") };
        match url.scheme_str() {
            Some("https") => Ok(Source::Url(text.to_owned())),
            Some("http") if is_signed || url.host().is_some_and(is_local) => {
                Ok(Source::Url(text.to_owned()))
            }
            Some("http") => misuse("http is not secure; use https, or sign the archive"),
            _ => misuse("only https, http and file URLs are supported"),
        }
    }

    /// Opens the source, downloading it if it is remote.
    pub(crate) fn open(&self, progress: &dyn Progress) -> Result<Opened, Diagnostic> {
        match self {
            Source::Url(url) => {
                progress.step(&format!("downloading {url}"));
                download::download(url).map(Opened::Downloaded)
            }
            Source::Path(path) if path.is_dir() => Ok(Opened::Folder(path.clone())),
            Source::Path(path) => {
                let file = File::open(path).map_err(|e| Diagnostic::io("read", path, &e))?;
                Ok(Opened::Archive(file))
            }
        }
    }

    /// The signature next to an archive, if there is one.
    pub(crate) fn signature(&self) -> Result<Option<String>, Diagnostic> {
        match self {
            Source::Url(url) => download::text(&signature_of(url)),
            Source::Path(path) => {
                let mut file = path.clone().into_os_string();
                file.push(SUFFIX);
                let path = Path::new(&file);
                match fs::read_to_string(path) {
                    Ok(text) => Ok(Some(text)),
                    Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
                    Err(error) => Err(Diagnostic::io("read", path, &error)),
                }
            }
        }
    }
}

impl Opened {
    /// The archive; `None` for a folder.
    pub(crate) fn archive(&mut self) -> Option<&mut File> {
        match self {
            Opened::Folder(_) => None,
            Opened::Archive(file) => Some(file),
            Opened::Downloaded(download) => Some(&mut download.file),
        }
    }

    /// The files of the source.
    pub(crate) fn content(&self, limits: Limits) -> Result<Content, Diagnostic> {
        let again = |file: &File| {
            file.try_clone()
                .map_err(|error| Diagnostic::new(format!("cannot read the archive: {error}")))
        };
        match self {
            Opened::Folder(folder) => Content::of_folder(folder, limits),
            Opened::Archive(file) => Content::of_archive(again(file)?, limits),
            Opened::Downloaded(download) => Content::of_archive(again(&download.file)?, limits),
        }
    }
}

/// Whether a host is this machine.
fn is_local(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    let is_loopback = |address: std::net::IpAddr| address.is_loopback();
    host == "localhost" || address.parse().is_ok_and(is_loopback)
}

/// The URL of the signature: the suffix goes before any query or fragment.
fn signature_of(url: &str) -> String {
    let end = url.find(['?', '#']).unwrap_or(url.len());
    format!("{}{SUFFIX}{}", &url[..end], &url[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_distinguished() {
        let shown = |text: &str| match Source::named(text, false) {
            Ok(Source::Path(path)) => format!("path {}", path.display()),
            Ok(Source::Url(url)) => format!("url {url}"),
            Err(error) => error.message,
        };
        assert_eq!(shown("a b.zip"), "path a b.zip");
        assert_eq!(shown("file:///a%20b.zip"), "path /a b.zip");
        assert_eq!(shown("file://localhost/a"), "path /a");
        assert_eq!(shown("https://example.org/a"), "url https://example.org/a");
        for own in ["http://127.0.0.1:1/a", "http://localhost/a", "http://[::1]/a"] {
            assert_eq!(shown(own), format!("url {own}"));
        }
        assert!(shown("http://example.org/a").ends_with("use https, or sign the archive"));
        assert!(
            shown("http://127.0.0.1.example.org/a").ends_with("use https, or sign the archive")
        );
        assert!(Source::named("http://example.org/a", true).is_ok());
        assert!(shown("ftp://example.org/a").ends_with("URLs are supported"));
    }

    #[test]
    fn a_signature_is_next_to_its_archive() {
        assert_eq!(signature_of("https://e.org/a.zip"), "https://e.org/a.zip.minisig");
        assert_eq!(signature_of("https://e.org/a.zip?b#c"), "https://e.org/a.zip.minisig?b#c");
    }
}
