//! The options that the JVM is started with.

use std::path::Path;
use std::sync::OnceLock;

use jni_sys::{JNI_VERSION_21, jint};

use super::barrier;

/// The version of JDK 24; the crate has no name for it yet.
const JNI_VERSION_24: jint = 0x0018_0000;

/// Additional options, separated by blanks; quotes keep blanks.
pub(crate) const VARIABLE: &str = "METAFFI_JVM_OPTIONS";

/// Variables that the JVM itself reads: the first one before our options, so that ours override it,
/// the second one after them.
pub(crate) const OF_THE_JVM: [&str; 2] = ["JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS"];

/// The first feature version in which biased locking is off and its option is deprecated (JEP 374).
const WITHOUT_BIASED_LOCKING: u32 = 15;

/// The options of an embedded JVM with these JNI versions and this feature version, then the user's
/// own.
pub(crate) fn options(
    api: &Path,
    has: impl Fn(jint) -> bool,
    version: Option<u32>,
    extra: &str,
) -> Vec<String> {
    let mut options = vec![
        format!("-Djava.class.path={}", api.display()),
        // SIGINT, SIGTERM, SIGHUP and SIGQUIT stay the host's.
        "-Xrs".into(),
        // The JVM itself prints nothing but errors, and those to stderr.
        "-Xlog:disable".into(),
        "-Xlog:all=error:stderr".into(),
        "-XX:+DisplayVMOutputToStderr".into(),
        // The file in /tmp would never be deleted, because the JVM is never destroyed.
        "-XX:-UsePerfData".into(),
    ];
    if has(JNI_VERSION_21) {
        options.push("--enable-native-access=ALL-UNNAMED".into());
    }
    if has(JNI_VERSION_24) && barrier::is_available() {
        // Threads cross without a fence of their own, which saves a third of an upcall.
        options.push("-XX:+UnlockExperimentalVMOptions".into());
        options.push("-XX:+UseSystemMemoryBarrier".into());
    }
    if version.is_some_and(|version| version < WITHOUT_BIASED_LOCKING) {
        // To revoke a lock's bias, HotSpot lists every frame of the thread that holds it: with
        // deeply recursive threads that took 24 GB.
        options.push("-XX:-UseBiasedLocking".into());
    }
    options.extend(stack_option());
    options.extend(split(extra));
    options
}

/// HotSpot's default for its threads.
const DEFAULT_STACK: u64 = 1 << 20;

/// The stack size option, unless the user set one.
fn stack_option() -> Option<String> {
    let chosen = std::env::var(OF_THE_JVM[0]).unwrap_or_default();
    let is_chosen = ["-Xss", "ThreadStackSize="].iter().any(|known| chosen.contains(known));
    let limit = main_stack_limit()?;
    let size = stack_size(limit);
    STACK.get_or_init(|| Some(size.unwrap_or(DEFAULT_STACK).min(limit) as usize));
    let size = size?;
    (!is_chosen).then(|| format!("-Xss{}k", size / 1024))
}

/// The size that HotSpot assumes for the main thread's stack in a JVM that we started; `None` if
/// the user set one.
pub(crate) fn main_thread_stack() -> Option<usize> {
    const CHOICES: [&str; 4] = ["-Xss", "ThreadStackSize", "VMOptionsFile", "-XX:Flags"];
    let chosen = [VARIABLE].iter().chain(&OF_THE_JVM).filter_map(std::env::var_os);
    let mut chosen = chosen.map(|options| options.to_string_lossy().into_owned());
    let is_chosen = chosen.any(|options| CHOICES.iter().any(|choice| options.contains(choice)));
    let is_known = !is_chosen && super::Vm::get().is_some_and(|vm| vm.ours);
    is_known.then(|| *STACK.get()?).flatten()
}

/// The stack size of threads when the JVM started.
static STACK: OnceLock<Option<usize>> = OnceLock::new();

/// The stack size of Java threads. HotSpot assumes that the main thread's stack is as small as
/// those of its own threads (1 MiB), and protects the pages below; and other languages whose code
/// runs on Java threads expect the system's default size. So all threads get the latter; `None` if
/// it is smaller.
fn stack_size(limit: u64) -> Option<u64> {
    /// HotSpot's own limit.
    const LARGEST: u64 = 1 << 30;
    const INSTEAD_OF_UNLIMITED: u64 = 64 << 20;
    match limit {
        _ if limit <= DEFAULT_STACK => None,
        _ if limit > i64::MAX as u64 => Some(INSTEAD_OF_UNLIMITED),
        _ => Some(limit.min(LARGEST)),
    }
}

/// The maximum size of the main thread's stack, in bytes.
#[cfg(unix)]
fn main_stack_limit() -> Option<u64> {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: writes to a place of its type.
    let status = unsafe { libc::getrlimit(libc::RLIMIT_STACK, &raw mut limit) };
    #[allow(clippy::useless_conversion, reason = "its type differs between systems")]
    (status == 0).then(|| limit.rlim_cur.into())
}

#[cfg(not(unix))]
fn main_stack_limit() -> Option<u64> {
    None // set in the executable file, and HotSpot respects it
}

/// A suggestion for options written in the style of the `java` command, which separates some
/// options from their values and has some of its own.
pub(crate) fn advice(extra: &str) -> Option<String> {
    let words = split(extra);
    let is_option = |word: &str| word.starts_with('-');
    let index = words.iter().position(|word| !is_option(word))?;
    let word = &words[index];
    if let Some(file) = word.strip_prefix('@') {
        return Some(format!("write `-XX:VMOptionsFile={file}` instead of `{word}`"));
    }
    let before = index.checked_sub(1).map(|before| words[before].as_str());
    Some(match before {
        Some("-cp" | "-classpath" | "--class-path" | "-jar") => {
            "classes are found by the path of the loaded module, not by an option".into()
        }
        Some("-p") => format!("write `--module-path={word}`, an option and its value in one word"),
        Some(option) if option.starts_with("--") && !option.contains('=') => {
            format!("write `{option}={word}`, an option and its value in one word")
        }
        Some(option) => format!("write `'{option} {word}'`, if the blank is part of the option"),
        None => format!("`{word}` is not an option"),
    })
}

/// Splits at blanks outside quotes.
fn split(text: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for c in text.chars() {
        match quote {
            Some(open) if open == c => quote = None,
            Some(_) => word.get_or_insert_default().push(c),
            None if c == '"' || c == '\'' => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            None if c.is_whitespace() => words.extend(word.take()),
            None => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_separate_and_quotes_keep_blanks() {
        assert_eq!(split(""), Vec::<String>::new());
        assert_eq!(split("  -Xmx1g -Da='b c'  -De=\"\" "), ["-Xmx1g", "-Da=b c", "-De="]);
    }

    #[test]
    fn biased_locking_is_disabled_only_where_it_is_on_by_default() {
        let is_disabled = |version| {
            let options = options(Path::new("api.jar"), |_| false, version, "");
            options.iter().any(|option| option == "-XX:-UseBiasedLocking")
        };
        assert!(is_disabled(Some(11)) && is_disabled(Some(14)));
        assert!(!is_disabled(Some(15)) && !is_disabled(None));
    }

    #[test]
    fn threads_get_the_stack_size_of_the_system() {
        assert_eq!(stack_size(8 << 20), Some(8 << 20));
        assert_eq!(stack_size(256 << 10), None);
        assert_eq!(stack_size(4 << 30), Some(1 << 30));
        assert_eq!(stack_size(u64::MAX), Some(64 << 20));
    }

    #[test]
    fn options_in_the_style_of_the_java_command_get_advice() {
        let says = |extra: &str, part: &str| {
            let advice = advice(extra).unwrap();
            assert!(advice.contains(part), "{extra}: {advice}");
        };
        says("-ea --add-opens java.base/x=ALL-UNNAMED", "`--add-opens=java.base/x=ALL-UNNAMED`");
        says("-p mods", "`--module-path=mods`");
        says("-cp a.jar", "path of the loaded module");
        says("-Da=two words", "`'-Da=two words'`");
        says("@args", "`-XX:VMOptionsFile=args`");
        says("nonsense", "`nonsense` is not an option");
        assert_eq!(advice("-Xmx1g '-Da=b c' --add-opens=x"), None);
    }
}
