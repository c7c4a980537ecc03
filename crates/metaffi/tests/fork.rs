//! A forked child: no runtime survives in it, and it is told so.
#![cfg(unix)]
#![allow(unsafe_code)] // forks

use metaffi::{Error, ErrorKind, Runtime};
use metaffi_testkit::home;

fn told(outcome: Result<(), Error>) -> bool {
    let error = outcome.expect_err("a child may not call");
    error.kind == ErrorKind::Unsupported && error.message.contains("spawn")
}

#[test]
fn a_forked_child_is_told_to_spawn_and_the_parent_goes_on() {
    let hub = metaffi::Hub::open(Some(&home())).unwrap();
    let runtime = Runtime::load_from(hub, "loopback").unwrap();
    let module = runtime.module("loopback").unwrap();
    let add = module.function::<(i64, i64), i64>("callable=add").unwrap();
    // SAFETY: the child calls what it may, and leaves.
    let child = unsafe { libc::fork() };
    if child == 0 {
        let all = told(add.call((1, 2)).map(|_| ()))
            && told(module.function::<(), ()>("callable=fail").map(|_| ()))
            && told(runtime.module("loopback").map(|_| ()))
            && told(Runtime::load_from(hub, "loopback").map(|_| ()));
        drop(add);
        // SAFETY: ends the child.
        unsafe { libc::_exit(if all { 3 } else { 4 }) };
    }
    let mut status = 0;
    // SAFETY: waits for the child made above.
    unsafe { libc::waitpid(child, &raw mut status, 0) };
    assert_eq!(libc::WEXITSTATUS(status), 3);
    assert_eq!(add.call((1, 2)), Ok(3));
    module.function::<(i64, i64), i64>("callable=add").unwrap();
}
