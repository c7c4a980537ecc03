//! A Rust program with embedded Python, for the tests of start and exit.
//!
//! Each argument is one step: `env NAME VALUE`, `load MODULE`, `call FUNCTION`,
//! `thread FUNCTION` (and wait for it), `spin FUNCTION` (on a thread, for ever),
//! `text FUNCTION` (prints its result), `exiting`, `raise SIGNAL`, `exit CODE`.
#![allow(unsafe_code)] // sets variables and raises signals
#![allow(clippy::print_stdout, reason = "tests read what it prints")]

use metaffi::{Error, Hub, Module, Runtime};

fn main() {
    let mut module = None;
    for step in std::env::args().skip(1) {
        if let Err(error) = run(&step, &mut module) {
            println!("{step}: {:?}: {error}", error.kind);
        }
    }
}

fn run(step: &str, module: &mut Option<Module>) -> Result<(), Error> {
    let words: Vec<&str> = step.split(' ').collect();
    let function = |path: &str| {
        let module = module.as_ref().expect("a module is loaded first");
        module.function::<(), ()>(&format!("callable={path}"))
    };
    match words[..] {
        // SAFETY: no other thread reads variables meanwhile.
        ["env", name, value] => unsafe { std::env::set_var(name, value) },
        ["load", path] => *module = Some(Runtime::load("python3")?.module(path)?),
        ["call", path] => function(path)?.call(())?,
        ["thread", path] => {
            let function = function(path)?;
            std::thread::spawn(move || function.call(())).join().expect("it does not panic")?;
        }
        ["spin", path] => {
            let function = function(path)?;
            std::thread::spawn(move || while function.call(()).is_ok() {});
        }
        ["text", path] => {
            let module = module.as_ref().expect("a module is loaded first");
            println!("{}", module.function::<(), String>(path)?.call(())?);
        }
        ["exiting"] => Hub::open(None)?.begin_exit(),
        // SAFETY: raising a signal is always allowed.
        ["raise", signal] => _ = unsafe { libc::raise(signal.parse().expect("a number")) },
        ["exit", code] => std::process::exit(code.parse().expect("a number")),
        _ => panic!("no step `{step}`"),
    }
    Ok(())
}
