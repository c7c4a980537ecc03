//! Java as host: programs in Java, which use `metaffi.api.jar` as a user's programs do.

mod fixtures;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use metaffi_testkit::home;

fn jar() -> PathBuf {
    home().join("plugins/openjdk/metaffi.api.jar")
}

/// The compiled programs.
fn programs() -> &'static Path {
    static PROGRAMS: OnceLock<PathBuf> = OnceLock::new();
    PROGRAMS.get_or_init(|| fixtures::compiled("host"))
}

/// `java` of `JAVA_HOME`, else the one on `PATH`.
fn java() -> Command {
    let jdk = std::env::var_os("JAVA_HOME").filter(|jdk| !jdk.is_empty());
    let java = jdk.map_or("java".into(), |jdk| Path::new(&jdk).join("bin/java"));
    let mut command = Command::new(java);
    command.stdin(Stdio::null()).env("METAFFI_HOME", home());
    command.env("MALLOC_PERTURB_", "165"); // memory that is used after it was freed shows
    command
}

/// Java warns about native code without permission from this version on.
fn warns_of_native_code() -> bool {
    let output = java().arg("-version").output().unwrap();
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let version = text.split('"').nth(1).and_then(|version| version.split('.').next());
    version.and_then(|version| version.parse::<u32>().ok()).is_some_and(|version| version >= 17)
}

/// Runs a program as the README describes.
fn run(program: &str, jar: &Path, change: impl FnOnce(&mut Command)) -> Output {
    run_with(program, &[], jar, change)
}

/// The same with arguments.
fn run_with(
    program: &str,
    arguments: &[&OsStr],
    jar: &Path,
    change: impl FnOnce(&mut Command),
) -> Output {
    let class_path = std::env::join_paths([jar, programs()]).unwrap();
    let mut command = java();
    if warns_of_native_code() {
        command.arg("--enable-native-access=ALL-UNNAMED");
    }
    change(&mut command);
    command.arg("-cp").arg(class_path).args(["host.Main", program]).args(arguments);
    command.output().unwrap()
}

/// Checks the exit code and the output, which contains nothing else.
fn passes(output: &Output, code: i32, stdout: &str) {
    let (out, err) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!((out.trim(), err.trim()), (stdout, ""));
    assert_eq!(output.status.code(), Some(code), "{}", output.status);
}

#[test]
fn values_of_every_type_return() {
    passes(&run("values", &jar(), |_| ()), 0, "ok");
}

#[test]
fn errors_threads_and_lifetimes() {
    passes(&run("life", &jar(), |_| ()), 0, "ok");
}

#[test]
fn jni_checks_report_nothing() {
    let checked = |java: &mut Command| {
        java.arg("-Xcheck:jni");
    };
    passes(&run("values", &jar(), checked), 0, "ok");
    passes(&run("life", &jar(), checked), 0, "ok");
}

/// Go functions declare which arrays they fill.
#[test]
fn arrays_are_filled_by_go() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../go/fixtures/lends/lends.go");
    let folder = tempfile::tempdir().unwrap();
    let mut build = Command::new(home().join("bin").join("metaffi"));
    build.args(["-c", "-g", "--idl"]).arg(source).arg("-o").arg(folder.path());
    let built = build.env("METAFFI_HOME", home()).output().unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let guest = folder.path().join("lends_MetaFFIGuest");
    passes(&run_with("fills", &[guest.as_os_str()], &jar(), |_| ()), 0, "ok");
    // JNI's own check also reports that Go has signal handlers, and ends the process on an error.
    let checked = run_with("fills", &[guest.as_os_str()], &jar(), |java| {
        java.arg("-Xcheck:jni");
    });
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
}

#[test]
fn exits_with_its_own_code_while_threads_call() {
    passes(&run("exit", &jar(), |_| ()), 7, "hook");
}

#[test]
#[cfg(target_os = "linux")]
fn a_name_that_the_locale_cannot_encode() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(jar(), folder.path().join("é.jar")).unwrap();
    let output = run("locale", &jar(), |java| {
        java.env("LC_ALL", "C").current_dir(folder.path());
    });
    let text = String::from_utf8_lossy(&output.stderr);
    let wanted = "that the JVM cannot encode in the locale of this process (LC_ALL=C): start the \
                  program with LC_ALL=C.UTF-8";
    assert!(text.contains(wanted), "{text}");
    assert_eq!(output.status.code(), Some(1));
    let output = run("locale", &jar(), |java| {
        java.env("LC_ALL", "C.UTF-8").current_dir(folder.path());
    });
    passes(&output, 0, "ok");
    let home = folder.path().join("é");
    let output = run("values", &jar(), |java| {
        java.env("LC_ALL", "C").env("METAFFI_HOME", home);
    });
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(text.contains("METAFFI_HOME") && text.contains("LC_ALL=C.UTF-8"), "{text}");
}

#[test]
fn the_jar_finds_its_own_installation() {
    let without_home = |java: &mut Command| {
        java.env_remove("METAFFI_HOME");
    };
    passes(&run("exit", &jar(), without_home), 7, "hook");
}

#[test]
fn a_missing_installation_is_an_error_that_lists_the_places() {
    let folder = tempfile::tempdir().unwrap();
    let lonely = folder.path().join("metaffi.api.jar");
    std::fs::copy(jar(), &lonely).unwrap();
    let output = run("values", &lonely, |java| {
        java.env_remove("METAFFI_HOME").env("HOME", "/nobody");
    });
    let text = String::from_utf8_lossy(&output.stderr);
    for part in ["no MetaFFI installation; tried ", "/nobody/.metaffi/lib/", "set METAFFI_HOME"] {
        assert!(text.contains(part), "{text}");
    }
    let output = run("values", &jar(), |java| {
        java.env("METAFFI_HOME", "/nowhere");
    });
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(text.contains("tried /nowhere/lib/"), "{text}");
    assert_eq!(output.status.code(), Some(1));
}
