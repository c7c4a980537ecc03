//! Releases objects of Python.

use metaffi::Runtime;

fn main() -> Result<(), metaffi::Error> {
    let files = Runtime::load("python3")?.module("../memory/files.py")?.object()?;

    // The operation `close` calls the object's own close.
    let first = files.call("Log", ("first",))?;
    first.call("write", ("a line",))?;
    first.operation("close", ())?;

    // Dropping the last clone gives up the reference.
    let second = first.clone();
    drop(first);
    println!("{}", second.get("lines")?.len()?);
    drop(second);
    println!("{}", files.get("Log")?.get("__name__")?);
    Ok(())
}
