//! Starts the JVM, once per process.

use std::path::Path;
use std::sync::OnceLock;

use metaffi_openjdk_jdk::{self as jdk, Place};
use metaffi_plugin::value::{Error, ErrorKind};

use super::create::{self, NotCreated, Options};

use super::library::Library;
use super::options::{self, OF_THE_JVM, VARIABLE};
use super::{Vm, messages, signals};

/// Starts the best available JVM.
pub(crate) fn start(api: &Path) -> Result<Vm, Error> {
    let (library, jdk, refused) = open(jdk::places())?;
    let refused = REFUSED.get_or_init(|| refused).as_deref();
    let extra = std::env::var(VARIABLE).unwrap_or_default();
    let mut all = options::options(api, |version| library.has(version), jdk.version(), &extra);
    all.extend(refused.map(|why| format!("-D{REFUSED_PROPERTY}={why}")));
    let options = Options::new(all)?;
    let create = || signals::with_handlers_kept(|| create::create(&library, options));
    let (outcome, output) = messages::during(create);
    let raw = outcome.map_err(|why| failed(&why, &jdk.origin, output.trim(), &extra))?;
    Ok(Vm { raw, library, ours: true })
}

/// Why the `JAVA_HOME` cannot be used; set if another JVM was used instead.
static REFUSED: OnceLock<Option<String>> = OnceLock::new();
/// The system property with the same text, for `metaffi doctor`.
const REFUSED_PROPERTY: &str = "metaffi.java.home.refused";

/// A sentence about a `JAVA_HOME` that was skipped, or an empty string.
pub(crate) fn refused_java_home() -> String {
    let why = REFUSED.get().and_then(Option::as_ref);
    why.map_or_else(String::new, |why| format!("; {why}, so another JVM is used"))
}

fn failed(why: &NotCreated, home: &str, output: &str, extra: &str) -> Error {
    let output = match output {
        "" => " (its output is on standard error)".to_owned(),
        output => format!(": {output}"),
    };
    let (hint, refused) = (hint(why, extra), refused_java_home());
    let message = format!("the JVM of {home} did not start: {why}{output}; {hint}{refused}");
    let error = Error::new(ErrorKind::Load, message);
    if matches!(why, NotCreated::GaveUp) {
        GAVE_UP.get_or_init(|| error.clone());
    }
    error
}

/// The options that were set, and what to do.
fn hint(why: &NotCreated, extra: &str) -> String {
    let own = [VARIABLE].into_iter().zip([extra.to_owned()]);
    let of_the_jvm = OF_THE_JVM.iter().map(|name| (*name, std::env::var(name).unwrap_or_default()));
    let set = own.chain(of_the_jvm).filter(|(_, options)| !options.is_empty());
    let mut hints: Vec<String> =
        set.map(|(name, options)| format!("{name} is `{options}`")).collect();
    hints.extend(options::advice(extra));
    if hints.is_empty() {
        hints.push("try another JDK through JAVA_HOME".into());
    }
    if matches!(why, NotCreated::GaveUp) {
        hints.push("this process cannot try again".into());
    }
    hints.join("; ")
}

/// Why there will be no JVM in this process: HotSpot can only give up once.
static GAVE_UP: OnceLock<Error> = OnceLock::new();

/// The error of a start that cannot be repeated.
pub(crate) fn gave_up() -> Option<Error> {
    GAVE_UP.get().cloned()
}

/// The first library that opens, with its place, and why it is not the `JAVA_HOME` that is set.
fn open(places: Vec<Place>) -> Result<(Library, Place, Option<String>), Error> {
    let mut tried: Vec<String> = Vec::new();
    for place in places {
        let opened = place.library.clone().and_then(|path| Library::open(&path));
        match opened {
            Ok(library) => {
                let refused = tried.into_iter().find(|tried| tried.starts_with("JAVA_HOME="));
                return Ok((library, place, refused));
            }
            Err(why) => tried.push(format!("{} {why}", place.origin)),
        }
    }
    Err(Error::new(ErrorKind::Load, jdk::none(&tried).to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_lists_all_that_was_tried() {
        let folder = tempfile::tempdir().unwrap();
        let fake = folder.path().join("libjvm.so");
        std::fs::write(&fake, "no library").unwrap();
        let place = |origin: &str, library| {
            let origin = origin.into();
            Place { why: "test", origin, home: None, library }
        };
        let places = vec![place("JAVA_HOME", Err("is not set".into())), place("/opt/x", Ok(fake))];
        let error = open(places).err().unwrap();
        assert_eq!(error.kind, ErrorKind::Load);
        assert!(
            error.message.starts_with("no JVM found: JAVA_HOME is not set; /opt/x "),
            "{error}"
        );
        assert!(error.message.ends_with("(or set JAVA_HOME to a JDK, 11 or later)"), "{error}");
    }
}
