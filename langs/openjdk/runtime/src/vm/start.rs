//! Starts the JVM, once per process.

use core::ptr::null_mut;
use std::ffi::CString;
use std::path::Path;
use std::sync::OnceLock;

use jni_sys::{JNI_EINVAL, JNI_ENOMEM, JNI_VERSION_1_8, JavaVMInitArgs, JavaVMOption, jint};
use metaffi_plugin::value::{Error, ErrorKind};

use super::find::{self, Place};
use super::library::Library;
use super::options::{self, VARIABLE};
use super::{Vm, messages, signals};

/// Starts the best JVM there is.
pub(crate) fn start(api: &Path) -> Result<Vm, Error> {
    let (library, home, refused) = open(find::places())?;
    let refused = REFUSED.get_or_init(|| refused).as_deref();
    let extra = std::env::var(VARIABLE).unwrap_or_default();
    let mut all = options::options(api, library.is_21_or_later(), &extra);
    all.extend(refused.map(|why| format!("-D{REFUSED_PROPERTY}={why}")));
    let mut options = Options::new(all)?;
    let create = || signals::kept(|| library.create(&mut options.args()));
    let (outcome, said) = messages::during(create);
    let raw = outcome.map_err(|status| failed(status, &home, said.trim(), &extra))?;
    Ok(Vm { raw, library, ours: true })
}

/// The `JAVA_HOME` that is of no use, and why; set when another JVM was taken.
static REFUSED: OnceLock<Option<String>> = OnceLock::new();
/// The same as a system property, for `metaffi doctor`.
const REFUSED_PROPERTY: &str = "metaffi.java.home.refused";

/// A sentence about a `JAVA_HOME` that was passed over, or nothing.
pub(crate) fn refused_java_home() -> String {
    let why = REFUSED.get().and_then(Option::as_ref);
    why.map_or_else(String::new, |why| format!("; {why}, so another JVM was taken"))
}

fn failed(status: jint, home: &str, said: &str, extra: &str) -> Error {
    let why = match status {
        JNI_ENOMEM => "there is not enough memory",
        JNI_EINVAL => "an option is not valid",
        _ => "it gave up",
    };
    let said = if said.is_empty() { String::new() } else { format!(": {said}") };
    let hint = match extra {
        "" => "try another JDK through JAVA_HOME".to_owned(),
        _ => format!("{VARIABLE} is `{extra}`"),
    };
    let refused = refused_java_home();
    let message =
        format!("the JVM of {home} did not start: {why} (status {status}){said}; {hint}{refused}");
    Error::new(ErrorKind::Load, message)
}

/// The first library that opens, with the place it is from, and why that is not
/// the `JAVA_HOME` which is set.
fn open(places: Vec<Place>) -> Result<(Library, String, Option<String>), Error> {
    let mut tried: Vec<String> = Vec::new();
    for place in places {
        let opened = place.library.and_then(|path| Library::open(&path));
        match opened {
            Ok(library) => {
                let refused = tried.into_iter().find(|tried| tried.starts_with("JAVA_HOME="));
                return Ok((library, place.origin, refused));
            }
            Err(why) => tried.push(format!("{} {why}", place.origin)),
        }
    }
    let message = format!(
        "no JVM found: {}; install a JDK of version 11 or later, or set JAVA_HOME to one",
        tried.join("; ")
    );
    Err(Error::new(ErrorKind::Load, message))
}

/// Options in the form that the JVM reads.
struct Options {
    #[allow(dead_code, reason = "`raw` points into it")]
    texts: Vec<CString>,
    raw: Vec<JavaVMOption>,
}

impl Options {
    fn new(options: Vec<String>) -> Result<Self, Error> {
        let bad = |_| Error::new(ErrorKind::Load, "an option of the JVM contains a NUL");
        let texts: Vec<CString> =
            options.into_iter().map(CString::new).collect::<Result<_, _>>().map_err(bad)?;
        // First, so that it hears what the JVM says of the others.
        let hook = JavaVMOption {
            optionString: c"vfprintf".as_ptr().cast_mut(),
            extraInfo: messages::hook(),
        };
        let option = |text: &CString| JavaVMOption {
            optionString: text.as_ptr().cast_mut(),
            extraInfo: null_mut(),
        };
        let raw = [hook].into_iter().chain(texts.iter().map(option)).collect();
        Ok(Self { texts, raw })
    }

    fn args(&mut self) -> JavaVMInitArgs {
        JavaVMInitArgs {
            version: JNI_VERSION_1_8,
            nOptions: self.raw.len() as jint,
            options: self.raw.as_mut_ptr(),
            ignoreUnrecognized: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_lists_all_that_was_tried() {
        let folder = tempfile::tempdir().unwrap();
        let fake = folder.path().join("libjvm.so");
        std::fs::write(&fake, "no library").unwrap();
        let place = |origin: &str, library| Place { origin: origin.into(), library };
        let places = vec![place("JAVA_HOME", Err("is not set".into())), place("/opt/x", Ok(fake))];
        let error = open(places).err().unwrap();
        assert_eq!(error.kind, ErrorKind::Load);
        assert!(
            error.message.starts_with("no JVM found: JAVA_HOME is not set; /opt/x "),
            "{error}"
        );
        assert!(error.message.ends_with("or set JAVA_HOME to one"), "{error}");
    }
}
