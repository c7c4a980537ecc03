//! Passes closures to Python.

use std::sync::mpsc;

use metaffi::{Callable, Runtime, callable};

fn main() -> Result<(), metaffi::Error> {
    let module = Runtime::load("python3")?.module("../callbacks/events.py")?;
    let events = module.object()?;

    let twice = callable(|value: i64| value * 2)?;
    println!("{}", events.call("apply", (&twice, 21))?);

    // Kept by Python, called from its threads.
    let (sender, heard) = mpsc::channel();
    let listener = callable(move |text: String| sender.send(text))?;
    events.call("listen", (&listener,))?;
    events.call("listen", (&listener,))?;
    events.call("publish", ("news",))?;
    println!("{:?}", heard.try_iter().collect::<Vec<_>>());

    // A function of Python, with its signature as Rust types.
    let adder = module.function::<(i64,), Callable>("callable=adder")?;
    let add_five = adder.call((5,))?;
    println!("{}", add_five.call_typed::<(i64,), i64>((4,))?);

    // Many threads.
    let sums = std::thread::scope(|scope| {
        let call = |i| add_five.call_typed::<(i64,), i64>((i,));
        let threads: Vec<_> = (0..4).map(|i| scope.spawn(move || call(i))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Result<Vec<_>, _>>()
    })?;
    println!("{sums:?}");
    Ok(())
}
