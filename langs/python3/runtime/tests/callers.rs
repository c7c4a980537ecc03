//! Functions that inspect their caller, which is another language.

mod fixtures;

use fixtures::load;
use metaffi::{Handle, LiftAll, LowerAll};

fn call<A: LowerAll, R: LiftAll>(module: &str, name: &str, args: A::Args<'_>) -> R {
    let function = load(module).unwrap().function::<A, R>(&format!("callable={name}"));
    let function = function.unwrap_or_else(|error| panic!("{name}: {error:?}"));
    function.call(args).unwrap_or_else(|error| panic!("{name}: {error:?}"))
}

fn eval(expression: &str) -> i64 {
    call::<(&str,), i64>("builtins", "eval", (expression,))
}

/// All with the names of `__main__`, which every thread shares.
fn works_on_this_thread(name: &str) {
    call::<(&str,), ()>("builtins", "exec", (&format!("{name} = 41"),));
    assert_eq!(eval(&format!("{name} + 1")), 42);
    let module = call::<(&str,), Handle>("importlib", "import_module", ("__main__",));
    let get = call::<(Handle, &str), i64>("builtins", "getattr", (module, name));
    assert_eq!(get, 41);
    for names in ["globals", "locals", "vars", "dir"] {
        call::<(), Handle>("builtins", names, ());
    }
    let frame = call::<(), Handle>("sys", "_getframe", ());
    let line = load("builtins").unwrap();
    let line = line.function::<(Handle,), i64>("attribute=f_lineno,instance_required").unwrap();
    assert_eq!(line.call((frame,)).unwrap(), 1);
}

#[test]
fn builtins_that_inspect_their_caller() {
    works_on_this_thread("on_this_thread");
    std::thread::spawn(|| works_on_this_thread("on_another")).join().unwrap();
    assert_eq!(eval("on_this_thread + on_another"), 82);
}

#[test]
fn python_functions_that_inspect_their_caller() {
    let caller = call::<(), String>(&fixtures::python("looks.py"), "caller", ());
    assert_eq!(caller, "<module> of __main__ in <another language>");
    let depth = call::<(), i64>(&fixtures::python("looks.py"), "depth", ());
    assert_eq!(depth, 2);
    let warned = call::<(), String>(&fixtures::python("looks.py"), "warned", ());
    assert_eq!(warned, "<another language>");
    let pair = call::<(&str, &str), Handle>("collections", "namedtuple", ("Pair", "left right"));
    let name = load("builtins").unwrap();
    let name = name.function::<(Handle,), String>("attribute=__module__,instance_required");
    assert_eq!(name.unwrap().call((pair,)).unwrap(), "__main__");
    call::<(&str, &str), Handle>("enum", "Enum", ("Colour", "RED BLUE"));
}

#[test]
fn errors_and_recursion_do_not_change_it() {
    let deep = load(&fixtures::python("looks.py")).unwrap();
    let deep = deep.function::<(i64,), i64>("callable=deep").unwrap();
    for _ in 0..3 {
        assert_eq!(deep.call((1 << 40,)).unwrap_err().into_parts().type_name, "RecursionError");
        assert_eq!(deep.call((100,)).unwrap(), 0);
        assert_eq!(eval("6 * 7"), 42);
    }
}

#[test]
fn it_ends_with_its_thread() {
    let frames = || eval("len(__import__('sys')._current_frames())");
    let before = frames();
    for _ in 0..50 {
        std::thread::spawn(|| assert_eq!(eval("1 + 1"), 2)).join().unwrap();
    }
    // The other tests of this process also have threads.
    assert!(frames() < before + 20, "{before} frames became {}", frames());
}
