//! Calls a Python function.

fn main() -> Result<(), metaffi::Error> {
    let math = metaffi::Runtime::load("python3")?.module("math")?;
    let hypot = math.function::<(f64, f64), f64>("callable=hypot")?;
    println!("hypot of 3 and 4: {}", hypot.call((3.0, 4.0))?);
    Ok(())
}
