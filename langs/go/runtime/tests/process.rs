//! Go's view of the process: environment, arguments, standard output, signals.
//! One test, because there is one process.

#![cfg(unix)]
#![allow(unsafe_code)] // reads the process's state as C does

mod support;

use std::ffi::{CStr, CString};
use std::mem::MaybeUninit;

use metaffi::{Callable, ErrorKind, Module, Signature, Value};
use support::{call, fails, get, hub, module};

fn c_setting(name: &str) -> Option<String> {
    let name = CString::new(name).unwrap();
    // SAFETY: the name is a C string, and nothing else changes the environment.
    let found = unsafe { libc::getenv(name.as_ptr()) };
    // SAFETY: it is a C string, or null.
    (!found.is_null()).then(|| unsafe { CStr::from_ptr(found) }.to_string_lossy().into_owned())
}

fn set(name: &str, value: Option<&str>) {
    // SAFETY: no other thread of this process reads the environment.
    unsafe {
        match value {
            Some(value) => std::env::set_var(name, value),
            None => std::env::remove_var(name),
        }
    }
}

fn seen(process: &Module, name: &str) -> Option<String> {
    let found = call(process, "callable=Setting", &[name.into()], 2).unwrap();
    match &found[..] {
        [Value::String8(value), Value::Bool(true)] => Some(value.clone()),
        _ => None,
    }
}

fn handler(signal: libc::c_int) -> usize {
    let mut action = MaybeUninit::<libc::sigaction>::uninit();
    // SAFETY: the action is written, as the signal exists.
    unsafe {
        libc::sigaction(signal, std::ptr::null(), action.as_mut_ptr());
        action.assume_init().sa_sigaction
    }
}

#[test]
fn a_guest_sees_the_process_as_its_host_does() {
    set("BEFORE_LOAD", Some("early"));
    set("TZ", Some("Asia/Tokyo"));
    let pipe_before = handler(libc::SIGPIPE);
    let process = module("process");
    assert_eq!(handler(libc::SIGPIPE), pipe_before, "the signal belongs to the host");
    the_environment_is_followed(&process);
    changes_made_by_a_callback_are_visible(&process);
    arguments_are_the_hosts(&process);
    a_closed_output_is_an_error(&process);
}

fn the_environment_is_followed(process: &Module) {
    assert_eq!(seen(process, "BEFORE_LOAD").as_deref(), Some("early"));
    assert_eq!(get(process, "callable=Hour", &[0_i64.into()]), 9_i64.into());
    for value in [Some("late"), Some("changed"), Some(""), None, Some("again"), None] {
        set("AFTER_LOAD", value);
        assert_eq!(seen(process, "AFTER_LOAD").as_deref(), value);
    }
    call(process, "callable=Change", &["FROM_GO".into(), "go".into()], 0).unwrap();
    assert_eq!(c_setting("FROM_GO").as_deref(), Some("go"));
    set("FROM_GO", Some("host"));
    assert_eq!(seen(process, "FROM_GO").as_deref(), Some("host"));
    let path = std::env::var("PATH").ok();
    assert_eq!(seen(process, "PATH"), path, "what was not changed stays the same");
}

fn changes_made_by_a_callback_are_visible(process: &Module) {
    let owner = hub().owner("the host of a process");
    let body = |_: Vec<Value>| {
        set("IN_CALLBACK", Some("yes"));
        Ok(Vec::new())
    };
    let change = Callable::new(owner, Signature::new(Vec::new(), Vec::new()), body);
    let found = get(process, "callable=SettingAfter", &["IN_CALLBACK".into(), change.into()]);
    assert_eq!(found, "yes".into());
}

fn arguments_are_the_hosts(process: &Module) {
    let arguments = get(process, "callable=Arguments", &[]);
    let Value::Array(arguments) = arguments else { panic!("{arguments:?}") };
    assert_eq!(arguments.len(), 1, "the program's name alone");
    assert_eq!(get(process, "callable=Level", &[]), 3_i64.into());
}

fn a_closed_output_is_an_error(process: &Module) {
    let mut ends = [0; 2];
    // SAFETY: standard output is restored below; what is written until then comes from the guest.
    let output = unsafe {
        libc::pipe(ends.as_mut_ptr());
        libc::close(ends[0]);
        let output = libc::dup(1);
        libc::dup2(ends[1], 1);
        output
    };
    let error = fails(process, "callable=Say", &["to nobody".into()], 0);
    // SAFETY: as above.
    unsafe { libc::dup2(output, 1) };
    assert_eq!(error.kind, ErrorKind::Guest);
    assert!(error.message.contains("broken pipe"), "{error}");
    call(process, "callable=Say", &["to somebody".into()], 0).unwrap();
}
