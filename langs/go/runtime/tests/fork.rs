//! Children that are forked: Go starts in one, unless it ran in the parent.
#![cfg(unix)]
#![allow(unsafe_code)] // forks

mod support;

use std::time::{Duration, Instant};

use metaffi::{Callable, Error, ErrorKind};
use support::{guest, module, runtime};

fn told(outcome: Result<(), Error>) -> bool {
    outcome.is_err_and(|error| {
        error.kind == ErrorKind::Unsupported && error.message.contains("the runtime `go` ran")
    })
}

/// The exit code of a child that runs `body`, which must not take long.
fn in_child(body: impl FnOnce() -> bool) -> i32 {
    // SAFETY: the child calls what it may, and leaves.
    let child = unsafe { libc::fork() };
    if child == 0 {
        let begun = Instant::now();
        let good = body() && begun.elapsed() < Duration::from_secs(10);
        // SAFETY: ends the child.
        unsafe { libc::_exit(if good { 3 } else { 4 }) };
    }
    let mut status = 0;
    // SAFETY: waits for the child made above.
    unsafe { libc::waitpid(child, &raw mut status, 0) };
    libc::WEXITSTATUS(status)
}

#[test]
fn go_starts_in_a_child_unless_it_ran_in_the_parent() {
    let path = guest("callbacks");
    runtime();
    let make = "callable=Adder";
    let adds = |module: &metaffi::Module| {
        let adder = module.function::<(i64,), Callable>(make).unwrap().call((5,)).unwrap();
        adder.call_typed::<(i64,), i64>((10,)) == Ok(15)
    };
    assert_eq!(in_child(|| adds(&module("callbacks"))), 3);
    let module = module("callbacks");
    let function = module.function::<(i64,), Callable>(make).unwrap();
    let adder = function.call((5,)).unwrap();
    let child = in_child(|| {
        told(function.call((5,)).map(|_| ()))
            && told(adder.call_typed::<(i64,), i64>((10,)).map(|_| ()))
            && told(module.function::<(i64,), Callable>(make).map(|_| ()))
            && told(runtime().module(path.to_str().unwrap()).map(|_| ()))
    });
    assert_eq!(child, 3);
    assert!(adds(&module));
}
