//! Solves linear equations with numpy.

use metaffi::{Error, Runtime};

fn main() -> Result<(), Error> {
    let linalg = Runtime::load("python3")?.module("numpy.linalg")?;
    let solve = linalg.function::<(Vec<Vec<f64>>, Vec<f64>), Vec<f64>>("callable=solve")?;
    let inverse = linalg.function::<(Vec<Vec<f64>>,), Vec<Vec<f64>>>("callable=inv")?;

    // 3x + y = 9, x + 2y = 8
    let equations = vec![vec![3.0, 1.0], vec![1.0, 2.0]];
    println!("x, y = {:?}", solve.call((equations.clone(), vec![9.0, 8.0]))?);
    println!("inverse: {:.1?}", inverse.call((equations,))?);

    // An exception of numpy is an `Err`; the next call works.
    let singular = vec![vec![1.0, 2.0], vec![2.0, 4.0]];
    if let Err(error) = solve.call((singular, vec![1.0, 2.0])) {
        println!("{error}");
    }
    Ok(())
}
