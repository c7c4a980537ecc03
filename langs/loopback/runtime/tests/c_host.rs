//! Tests that a C program needs only the header to be a host.

use std::path::{Path, PathBuf};
use std::process::Command;

use metaffi_testkit::home;

fn build(name: &str, folder: &Path) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name);
    let exe = folder.join("host");
    let mut cc = Command::new(std::env::var("CC").unwrap_or_else(|_| "cc".into()));
    cc.args(["-std=gnu11", "-g", "-Wall", "-Wextra", "-Werror", "-I"]).arg(home().join("include"));
    let compiled = cc
        .arg(&source)
        .arg("-o")
        .arg(&exe)
        .args(["-rdynamic", "-ldl"])
        .output()
        .expect("a C compiler");
    assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stderr));
    exe
}

#[test]
fn a_c_program_loads_loopback_and_calls_it() {
    let folder = tempfile::tempdir().unwrap();
    let output =
        Command::new(build("host.c", folder.path())).arg(home().join("lib/libmetaffi.so")).output();
    let output = output.unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "42\n");
    assert!(output.status.success());
}

/// The interface itself makes no invalid access and no definite leak.
#[test]
fn the_same_program_is_clean_under_valgrind() {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new("valgrind")
        .args(["--quiet", "--error-exitcode=9", "--leak-check=full"])
        .args(["--show-leak-kinds=definite", "--errors-for-leak-kinds=definite"])
        .arg(build("host.c", folder.path()))
        .arg(home().join("lib/libmetaffi.so"))
        .output()
        .expect("valgrind is installed; `./dev test` does so");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "42\n");
}

/// The hot path makes no allocation anywhere in the process for scalars and short
/// strings. `concat` uses safe values, and shows that counting works.
#[test]
#[cfg(target_env = "gnu")] // the C program wraps glibc's malloc
fn a_call_allocates_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut host = Command::new(build("allocations.c", folder.path()));
    let output = host.arg(home().join("lib/libmetaffi.so")).output().unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    let count = |path: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(path)).unwrap();
        line.trim().parse::<u64>().unwrap()
    };
    for path in ["callable=add", "callable=echo_int64", "callable=echo_string"] {
        assert_eq!(count(path), 0, "{path}");
    }
    assert!(count("callable=concat") >= 1000);
}
