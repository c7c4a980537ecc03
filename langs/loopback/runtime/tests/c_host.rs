//! A C program, written against the header alone, is a host.

use std::path::{Path, PathBuf};
use std::process::Command;

use metaffi_testkit::home;

fn build(folder: &Path) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/host.c");
    let exe = folder.join("host");
    let mut cc = Command::new(std::env::var("CC").unwrap_or_else(|_| "cc".into()));
    cc.args(["-std=gnu11", "-g", "-Wall", "-Wextra", "-Werror", "-I"]).arg(home().join("include"));
    let compiled = cc.arg(&source).arg("-o").arg(&exe).arg("-ldl").output().expect("a C compiler");
    assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stderr));
    exe
}

#[test]
fn a_c_program_loads_loopback_and_calls_it() {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(build(folder.path())).arg(home().join("lib/libmetaffi.so")).output();
    let output = output.unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "42\n");
    assert!(output.status.success());
}

/// Memory of the crossing itself: no invalid access, no definite leak.
#[test]
fn the_same_program_is_clean_under_valgrind() {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new("valgrind")
        .args(["--quiet", "--error-exitcode=9", "--leak-check=full"])
        .args(["--show-leak-kinds=definite", "--errors-for-leak-kinds=definite"])
        .arg(build(folder.path()))
        .arg(home().join("lib/libmetaffi.so"))
        .output()
        .expect("valgrind is installed; `./dev test` does so");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "42\n");
}
