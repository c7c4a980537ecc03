//! Downloads an archive to the user's cache folder. An interrupted download
//! resumes where it stopped if the server still has the same file.

use std::fs::{self, File};
use std::io::{self, Read, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::Duration;

use metaffi_compiler::{Diagnostic, hexadecimal};
use metaffi_home::cache_folder;
use metaffi_home::untrusted;
use sha2::{Digest as _, Sha256};
use ureq::Agent;
use ureq::http::{HeaderMap, Response, StatusCode, header};

/// The maximum size of an archive, in bytes.
const ARCHIVE: u64 = 512 << 20;
/// The maximum size of a signature, in bytes.
const TEXT: u64 = 1 << 16;

/// A downloaded file, which is removed when this is dropped.
pub(crate) struct Download {
    pub(crate) file: File,
    part: Part,
}

impl Drop for Download {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.part.path);
        let _ = fs::remove_file(&self.part.tag);
    }
}

/// A partial download, and the tag that the server identifies the file by.
struct Part {
    path: PathBuf,
    tag: PathBuf,
}

impl Part {
    fn of(url: &str) -> Result<Part, Diagnostic> {
        let folder = cache_folder().join("plugins");
        fs::create_dir_all(&folder).map_err(|error| Diagnostic::io("create", &folder, &error))?;
        if let Some(why) = untrusted(&folder) {
            let why = format!("cannot download to a folder that others can change: {why}");
            return Err(Diagnostic::new(why));
        }
        let name = hexadecimal(&Sha256::digest(url));
        let path = |suffix: &str| folder.join(format!("{name}{suffix}"));
        Ok(Part { path: path(".part"), tag: path(".tag") })
    }
}

fn agent(url: &str) -> Agent {
    const WAIT: Option<Duration> = Some(Duration::from_secs(30));
    Agent::config_builder()
        .https_only(url.starts_with("https:"))
        .http_status_as_error(false)
        .max_redirects(5)
        .timeout_resolve(WAIT)
        .timeout_connect(WAIT)
        .timeout_recv_response(WAIT)
        .timeout_per_read(WAIT)
        .timeout_recv_body(Some(Duration::from_secs(3600)))
        .user_agent(concat!("metaffi/", env!("CARGO_PKG_VERSION")))
        .build()
        .into()
}

fn diagnostic(url: &str, why: impl std::fmt::Display) -> Diagnostic {
    Diagnostic::new(format!("{url}: {why}"))
}

/// Downloads a short text; `None` if there is no such file.
pub(crate) fn text(url: &str) -> Result<Option<String>, Diagnostic> {
    let response = agent(url).get(url).call().map_err(|error| diagnostic(url, error))?;
    match response.status() {
        StatusCode::OK => {
            let body = response.into_body().into_with_config().limit(TEXT).read_to_string();
            body.map(Some).map_err(|error| diagnostic(url, error))
        }
        StatusCode::NOT_FOUND | StatusCode::FORBIDDEN | StatusCode::GONE => Ok(None),
        status => Err(diagnostic(url, format_args!("the server responds with {status}"))),
    }
}

/// Downloads an archive.
pub(crate) fn download(url: &str) -> Result<Download, Diagnostic> {
    let part = Part::of(url)?;
    let broken = |error: io::Error| Diagnostic::io("write", &part.path, &error);
    let options = File::options().read(true).write(true).create(true).truncate(false).to_owned();
    let mut file = options.open(&part.path).map_err(broken)?;
    file.lock().map_err(broken)?;
    let mut response = ask(url, &part, file.metadata().map_err(broken)?.len())?;
    if response.status() == StatusCode::RANGE_NOT_SATISFIABLE {
        response = ask(url, &part, 0)?;
    }
    let have = match response.status() {
        StatusCode::PARTIAL_CONTENT => {
            let have = file.metadata().map_err(broken)?.len();
            start(response.headers()).filter(|start| *start <= have)
        }
        StatusCode::OK => Some(0),
        status => return Err(diagnostic(url, format_args!("the server responds with {status}"))),
    };
    let have =
        have.ok_or_else(|| diagnostic(url, "the server does not say which part it sends"))?;
    file.set_len(have).and_then(|()| file.seek(SeekFrom::End(0))).map_err(broken)?;
    remember(&part.tag, response.headers());
    receive(url, response, &mut file, have)?;
    file.seek(SeekFrom::Start(0)).map_err(broken)?;
    Ok(Download { file, part })
}

/// Requests the missing part, if the file on the server has not changed.
fn ask(url: &str, part: &Part, have: u64) -> Result<Response<ureq::Body>, Diagnostic> {
    let request = agent(url).get(url);
    let tag = fs::read_to_string(&part.tag).unwrap_or_default();
    let request = match have > 0 && !tag.is_empty() {
        true => {
            request.header(header::RANGE, format!("bytes={have}-")).header(header::IF_RANGE, tag)
        }
        false => request,
    };
    request.call().map_err(|error| {
        diagnostic(url, error).help("check the URL and the connection, then try again")
    })
}

/// The offset at which the part starts that the server sends: `bytes 7-9/10`.
fn start(headers: &HeaderMap) -> Option<u64> {
    let range = headers.get(header::CONTENT_RANGE)?.to_str().ok()?;
    range.strip_prefix("bytes ")?.split_once('-')?.0.parse().ok()
}

/// Stores what identifies the file: a strong ETag, or else the time of its last
/// change.
fn remember(tag: &Path, headers: &HeaderMap) {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let strong = text(header::ETAG).filter(|tag| !tag.starts_with("W/"));
    let known = strong.or_else(|| text(header::LAST_MODIFIED));
    let _ = fs::write(tag, known.unwrap_or_default());
}

/// Appends the response to the file.
fn receive(
    url: &str,
    response: Response<ureq::Body>,
    file: &mut File,
    have: u64,
) -> Result<(), Diagnostic> {
    let expected = response.body().content_length();
    let too_large = |file: &File| {
        let _ = file.set_len(0); // cannot be resumed
        Err(diagnostic(url, format_args!("more than {} MiB", ARCHIVE >> 20)))
    };
    if expected.is_some_and(|more| have.saturating_add(more) > ARCHIVE) {
        return too_large(file);
    }
    let most = ARCHIVE + 1 - have.min(ARCHIVE);
    let body = response.into_body().into_with_config().limit(u64::MAX).reader();
    let copied = io::copy(&mut body.take(most), file);
    let again = "install it again to resume the download";
    let copied = copied.map_err(|error| diagnostic(url, error).help(again))?;
    if copied == most {
        return too_large(file);
    }
    match expected {
        Some(expected) if copied < expected => {
            Err(diagnostic(url, format_args!("the connection ended after {copied} bytes"))
                .help(again))
        }
        _ => Ok(()),
    }
}
