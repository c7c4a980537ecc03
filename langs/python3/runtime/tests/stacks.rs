//! Python on threads with stacks of every size: overflows are Python's own error, never a
//! signal.

mod fixtures;

use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::Builder;

use fixtures::{hub, load, python};
use metaffi::{Callable, Error, ErrorKind, Module, Signature};

const KIB: usize = 1 << 10;
const SIZES: [usize; 6] = [256 * KIB, 512 * KIB, 1024 * KIB, 2048 * KIB, 8192 * KIB, 65_536 * KIB];
const ENDLESS: [&str; 7] = [
    "through_sorted",
    "through_key",
    "through_attribute",
    "through_json",
    "through_dumps",
    "through_comparison",
    "plain",
];

fn on_stack<R: Send>(size: usize, body: impl FnOnce() -> R + Send) -> R {
    std::thread::scope(|scope| {
        Builder::new().stack_size(size).spawn_scoped(scope, body).unwrap().join().unwrap()
    })
}

fn deep() -> &'static Module {
    static MODULE: OnceLock<Module> = OnceLock::new();
    MODULE.get_or_init(|| load(&python("deep.py")).unwrap())
}

fn works() -> bool {
    let works = deep().function::<(), bool>("callable=works").unwrap();
    works.call(()).unwrap()
}

/// One test at a time, and Python starts on a thread of the usual size.
fn turn() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    assert!(works());
    turn
}

#[test]
fn infinite_recursion_is_an_error_on_every_stack() {
    let _turn = turn();
    for size in SIZES {
        for name in ENDLESS {
            on_stack(size, || {
                let endless = deep().function::<(), ()>(&format!("callable={name}")).unwrap();
                for _ in 0..2 {
                    let error = endless.call(()).unwrap_err();
                    assert_eq!(error.type_name, "RecursionError", "{name} on {size}: {error}");
                    assert!(works());
                }
            });
        }
    }
}

/// A host function that calls Python, which calls it, and so on: at the end, less of the
/// stack is left than the thread had at first.
#[test]
fn recursion_through_two_languages_is_an_error_on_every_stack() {
    let _turn = turn();
    fn mutual() -> Result<(), Error> {
        let body = |_| mutual().map(|()| Vec::new());
        let again = Callable::new(hub().owner("rust"), Signature::new(vec![], vec![]), body);
        let call = deep().function::<(Callable,), ()>("callable=call").unwrap();
        call.call((again,))
    }
    for size in SIZES {
        on_stack(size, || {
            let error = mutual().unwrap_err();
            assert!(error.to_string().contains("recursion depth exceeded"), "{size}: {error}");
            assert!(works());
        });
    }
}

#[test]
fn a_stack_that_is_too_small_is_refused() {
    let _turn = turn();
    // The C library gives a thread the stack of one that has ended, up to four
    // times as large as requested.
    on_stack(48 * KIB, || {
        let works = deep().function::<(), bool>("callable=works");
        let error = works.and_then(|works| works.call(())).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Guest);
        assert!(error.message.contains("start the thread with a larger stack"), "{error}");
    });
    assert!(works());
}
