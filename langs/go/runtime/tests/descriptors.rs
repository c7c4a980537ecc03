//! A process without free file descriptors: a Go guest opens its own when it is loaded, and fails
//! to load if there are none.
//!
//! The limit applies to the whole process, so this is one test.

#![cfg(unix)]
#![allow(unsafe_code)] // sets the limit

mod support;

use metaffi::{ErrorKind, Value};
use support::{get, guest, module, runtime};

/// Lets the process open no more files than are open, except for single gaps.
fn allow_no_more() {
    let highest = std::fs::read_dir("/dev/fd").unwrap().flatten();
    let highest = highest.filter_map(|entry| entry.file_name().to_str()?.parse::<u64>().ok()).max();
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: reads and writes a place of its type.
    unsafe {
        assert_eq!(libc::getrlimit(libc::RLIMIT_NOFILE, &raw mut limit), 0);
        limit.rlim_cur = highest.unwrap();
        assert_eq!(libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit), 0);
    }
}

#[test]
fn a_guest_needs_no_descriptor_after_its_start() {
    let (faults, other) = (module("faults"), guest("values"));
    allow_no_more();
    let mut held = Vec::new();
    while let Ok(file) = std::fs::File::open("/dev/null") {
        held.push(file);
    }
    // It sleeps, for which Go uses a timer, which uses the poller.
    assert!(matches!(get(&faults, "callable=Spin", &[]), Value::Int64(_)));
    let Err(error) = runtime().module(other.to_str().unwrap()) else { panic!("it was loaded") };
    assert_eq!(error.kind, ErrorKind::Load);
    assert!(
        error.message.contains("file descriptors") && error.message.contains("ulimit -n"),
        "{error}"
    );
}
