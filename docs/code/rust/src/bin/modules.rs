//! Loads modules of Python and Java.

use metaffi::Runtime;

fn main() -> Result<(), metaffi::Error> {
    let greeting = Runtime::load("python3")?.module("../modules/greeting.py")?;
    let jdk = Runtime::load("openjdk")?.module("")?;

    println!("{}", greeting.object()?.call("greet", ("Rust",))?);
    println!("{}", jdk.object()?.get("java.lang.Math")?.call("floorMod", (-7, 3))?);
    Ok(())
}
