//! Many threads in Java at once, short-lived ones, and the state of each.

mod fixtures;

use fixtures::{function, handle, load};
use metaffi::{Handle, Value};

#[test]
fn eight_threads_call_at_once() {
    let next = function::<(), i64>("Keeper.next");
    let echo = function::<(String,), String>("Texts.echo");
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let (next, echo) = (&next, &echo);
            scope.spawn(move || {
                for round in 0..5000 {
                    let text = format!("{thread} {round}");
                    assert_eq!(echo.call((text.clone(),)).unwrap(), text);
                    next.call(()).unwrap();
                }
            });
        }
    });
    assert_eq!(next.call(()).unwrap(), 8 * 5000 + 1);
}

#[test]
fn short_lived_threads() {
    let echo = function::<(i64,), i64>("Scalars.int64");
    let fail = function::<(i32,), i32>("Failures.overflow");
    for round in 0..200 {
        std::thread::scope(|scope| {
            scope.spawn(|| assert_eq!(echo.call((round,)).unwrap(), round));
        });
    }
    // A stack whose guard pages Java used is restored.
    for _ in 0..10 {
        std::thread::scope(|scope| {
            scope.spawn(|| assert!(fail.call((0,)).is_err()));
        });
    }
}

#[test]
fn every_stack_overflow_is_an_error_and_a_small_stack_too() {
    let echo = function::<(i64,), i64>("Scalars.int64");
    let fail = function::<(i32,), i32>("Failures.overflow");
    let on_stack = |kibibytes: usize, body: &(dyn Fn() + Sync)| {
        let sized = std::thread::Builder::new().stack_size(kibibytes << 10);
        std::thread::scope(|scope| sized.spawn_scoped(scope, body).unwrap().join().unwrap());
    };
    for kibibytes in [256, 512, 1024, 2048, 8192, 65536] {
        on_stack(kibibytes, &|| {
            for _ in 0..2 {
                let error = fail.call((0,)).unwrap_err();
                assert_eq!(error.type_name, "java.lang.StackOverflowError", "{kibibytes} KiB");
                assert_eq!(echo.call((1,)).unwrap(), 1);
            }
        });
    }
    // The C library may give it a stack up to four times as large.
    on_stack(48, &|| {
        let error = echo.call((1,)).unwrap_err();
        assert!(error.message.contains("start the thread with a larger stack"), "{error}");
    });
}

#[test]
fn threads_are_daemons_and_detached_when_they_end() {
    assert!(function::<(), bool>("Keeper.isDaemon").call(()).unwrap());
    let count = load("class=java.lang.Thread,callable=activeCount", &[], &["int32"]).unwrap();
    let active = || match count.call(&[]).unwrap()[..] {
        [Value::Int32(count)] => count,
        _ => unreachable!(),
    };
    let before = active();
    for _ in 0..20 {
        std::thread::scope(|scope| {
            scope.spawn(active);
        });
    }
    // The other tests' threads start and end meanwhile, but far fewer of them.
    assert!(active() < before + 15, "{} threads, {before} before", active());
}

#[test]
fn the_context_class_loader_is_the_modules() {
    let context = function::<(), Handle>("Keeper.contextLoader");
    let own = function::<(), Handle>("Keeper.ownLoader").call(()).unwrap();
    assert_eq!(context.call(()).unwrap(), own);
    // Another module's loader replaces it, but the JDK's own module does not.
    let jdk = fixtures::runtime().module("").unwrap();
    let current =
        jdk.function::<(), Handle>("class=java.lang.Thread,callable=currentThread").unwrap();
    let of_thread = load(
        "class=java.lang.Thread,callable=getContextClassLoader,instance_required",
        &["handle"],
        &["handle"],
    )
    .unwrap();
    let thread = current.call(()).unwrap();
    let loader = handle(of_thread.call(&[thread.into()]).unwrap().remove(0));
    assert_eq!(loader, own);
    let more = tempfile::tempdir().unwrap();
    let paths = format!("{};{}", fixtures::classes().display(), more.path().display());
    let second = fixtures::runtime().module(&paths).unwrap();
    let context =
        second.function::<(), Handle>("class=fixtures.Keeper,callable=contextLoader").unwrap();
    let other = context.call(()).unwrap();
    assert_ne!(other, own);
    assert_eq!(function::<(), Handle>("Keeper.contextLoader").call(()).unwrap(), own);
}

#[test]
fn a_thread_keeps_its_system_name() {
    let on_thread = |thread: std::thread::Builder| {
        let ask = || function::<(), String>("Named.thread").call(()).unwrap();
        thread.spawn(ask).unwrap().join().unwrap()
    };
    let named = |name: &str| on_thread(std::thread::Builder::new().name(name.to_owned()));
    assert_eq!(named("worker-7"), "worker-7");
    // The system stores 15 bytes, here without half of the last character.
    assert_eq!(named("sorting-large-é"), "sorting-large-");
}
