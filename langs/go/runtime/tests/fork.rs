//! Forked children: Go starts in one, and guests that ran in the parent start again.
#![cfg(target_os = "linux")] // elsewhere a guest that ran in the parent refuses
#![allow(unsafe_code)] // forks

mod support;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use metaffi::{Callable, Error, ErrorKind, Handle, Module, Value};
use support::{guest, module, runtime};

/// Fails unless `body` returns true in a child, within a time limit.
fn in_child(body: impl FnOnce() -> bool) {
    // SAFETY: the child calls what it may, and leaves.
    let child = unsafe { libc::fork() };
    if child == 0 {
        // Ends a child that hangs.
        // SAFETY: sets this process's timer.
        unsafe { libc::alarm(60) };
        let good = catch_unwind(AssertUnwindSafe(body));
        // SAFETY: ends the child.
        unsafe { libc::_exit(good.map_or(5, |good| if good { 3 } else { 4 })) };
    }
    let mut status = 0;
    // SAFETY: waits for the child made above.
    unsafe { libc::waitpid(child, &raw mut status, 0) };
    assert_eq!((libc::WIFEXITED(status), libc::WEXITSTATUS(status)), (true, 3));
}

/// Whether something belongs to a Go runtime that is dead, and fails with the error for it.
fn is_dead<T>(outcome: Result<T, Error>) -> bool {
    outcome.err().is_some_and(|error| error.message.contains("does not survive a fork"))
}

fn adds(module: &Module) -> bool {
    let adder = module.function::<(i64,), Callable>("callable=Adder").unwrap().call((5,)).unwrap();
    adder.call_typed::<(i64,), i64>((10,)) == Ok(15)
}

/// Goroutines, preemption, the collector and faults of a guest that was started again.
fn works(module: &Module) -> bool {
    let spin = module.function::<(), i64>("callable=Spin").unwrap();
    let error = module.function::<(), String>("callable=NilPointer").unwrap().call(()).unwrap_err();
    spin.call(()).is_ok() && error.kind == ErrorKind::Panic && spin.call(()).is_ok()
}

#[test]
fn guests_start_in_a_child_and_anew_if_they_ran_in_the_parent() {
    let names = ["callbacks", "faults", "shapes", "testmap"];
    let _built = names.map(guest);
    runtime();
    in_child(|| adds(&module("callbacks")) && works(&module("faults")));
    let [callbacks, faults, shapes, testmap] = names.map(module);
    assert!(adds(&callbacks) && works(&faults));

    let make = callbacks.function::<(i64,), Callable>("callable=Adder").unwrap();
    let adder = make.call((5,)).unwrap();
    let add = |adder: &Callable| adder.call_typed::<(i64,), i64>((10,));
    let by_name = |module: &Module| match module.value("callable=Adder").unwrap() {
        Value::Callable(found) => found.call(&[5.into()]),
        other => panic!("{other:?}"),
    };
    let Value::Callable(named) = callbacks.value("callable=Adder").unwrap() else { panic!() };
    let new = testmap.function::<(), Handle>("callable=NewTestMap").unwrap();
    let contains = testmap
        .function::<(Handle, &str), bool>("callable=TestMap.Contains,instance_required")
        .unwrap();
    let map = new.call(()).unwrap();
    let count = shapes.function::<(), i64>("global=Counter,getter").unwrap();
    shapes.function::<(i64,), ()>("global=Counter,setter").unwrap().call((8,)).unwrap();

    let all = || {
        let begun = Instant::now();
        let new_ones = add(&make.call((5,)).unwrap()) == Ok(15) && count.call(()) == Ok(7);
        let old = is_dead(add(&adder))
            && is_dead(contains.call((map.clone(), "a")))
            && is_dead(named.call(&[5.into()]));
        let own = contains.call((new.call(()).unwrap(), "a")) == Ok(false);
        let named = by_name(&callbacks).is_ok() && by_name(&module("callbacks")).is_ok();
        let loads = named && adds(&callbacks) && adds(&module("callbacks")) && works(&faults);
        new_ones && old && own && loads && begun.elapsed() < Duration::from_secs(30)
    };
    for _ in 0..3 {
        in_child(|| {
            all() && {
                let (map, adder) = (new.call(()).unwrap(), make.call((1,)).unwrap());
                in_child(|| {
                    let old = is_dead(contains.call((map.clone(), "a"))) && is_dead(add(&adder));
                    old && all()
                });
                contains.call((map, "a")) == Ok(false) && add(&adder) == Ok(11)
            }
        });
    }
    // What the child never calls is released there, too, and threads share what is loaded again.
    in_child(move || {
        drop((new, contains, testmap, map, adder));
        std::thread::scope(|scope| {
            let call = || make.call((5,)).is_ok_and(|adder| add(&adder) == Ok(15));
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(call)).collect();
            threads.into_iter().all(|thread| thread.join().unwrap_or(false))
        })
    });
    assert!(adds(&callbacks) && works(&faults));
    assert_eq!(count.call(()), Ok(8));
}
