//! Calls Python from Rust, and catches what it raises.

use metaffi::{Error, Runtime, Value, callable, named};

fn main() -> Result<(), Error> {
    let python = Runtime::load("python3")?;

    // By name: nothing is declared, and every result is an `Object`.
    let counter = python.module("collections")?.object()?.call("Counter", ("mississippi",))?;
    for pair in counter.call("most_common", (2,))?.iter()? {
        let [letter, count] = pair?.lift::<[Value; 2]>()?;
        println!("{letter} {count}");
    }

    // A closure, which Python calls.
    let length = callable(|city: String| city.len() as i64)?;
    let cities = ["Rome", "Lisbon", "Riga", "Ulm"].as_slice();
    let builtins = python.module("builtins")?.object()?;
    let sorted = builtins.call_named("sorted", (cities,), [named("key", length)])?;
    println!("{:?}", sorted.lift::<Vec<String>>()?);

    // By entity path, with the signature as Rust types.
    let statistics = python.module("statistics")?;
    let mean = statistics.function::<(&[f64],), f64>("callable=fmean")?;
    println!("{}", mean.call((&[1.0, 2.0, 4.5],))?);
    if let Err(error) = mean.call((&[],)) {
        println!("{error}");
    }
    Ok(())
}
