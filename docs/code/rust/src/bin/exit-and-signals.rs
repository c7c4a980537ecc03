//! Ends a program that uses Python.

use metaffi::Runtime;

fn main() -> Result<(), metaffi::Error> {
    let cleanup = Runtime::load("python3")?.module("../exit-and-signals/cleanup.py")?.object()?;
    println!("still here: {}", cleanup.call("leave", (3,)).unwrap_err());
    Ok(())
}
