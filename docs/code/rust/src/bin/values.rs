//! Passes values of several types to Python.

use metaffi::{Error, Handle, Runtime, Value};

fn main() -> Result<(), Error> {
    let seen = Runtime::load("python3")?.module("../values/seen.py")?;
    let show = seen.function::<(Value,), String>("callable=show")?;
    let values: [Value; 6] = [
        5_i64.into(),
        2.5_f32.into(),
        'x'.into(),
        vec![0_u8, 255].into(),
        vec![vec![1_i64, 2], vec![]].into(),
        Value::Null,
    ];
    for value in values {
        println!("{}", show.call((value,))?);
    }

    // Exact values are handles: they can be read, and passed on.
    let values = seen.function::<(), Vec<Value>>("callable=values")?;
    for value in values.call(())? {
        match &value {
            Value::Handle(handle) => println!("{}", exact(handle)),
            other => println!("{other}"),
        }
    }
    Ok(())
}

fn exact(handle: &Handle) -> String {
    match handle.exact() {
        Some(exact) => exact.to_string(), // `exact.kind` and `exact.text` are its parts
        None => "an object".into(),
    }
}
