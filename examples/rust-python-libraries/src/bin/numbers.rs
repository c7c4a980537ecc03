//! Solves equations with numpy.

mod linalg {
    include!(concat!(env!("OUT_DIR"), "/numpy_linalg_MetaFFIHost.rs"));
}

use linalg::LinAlgError;

fn main() -> Result<(), metaffi::Error> {
    linalg::bind_module_to_code("numpy.linalg", "python3")?;
    let equations = [[2.0, 1.0], [1.0, 3.0]];
    let x = linalg::solve(equations, [3.0, 5.0])?;
    println!("{x} {:?}", x.tolist()?.lift::<Vec<f64>>()?);
    println!("{:.3}", linalg::det(equations)?.lift::<f64>()?);
    let eigen = linalg::eigh(equations)?;
    println!("{}", eigen.eigenvalues()?.round_with().decimals(3).call()?);
    match linalg::inv([[1.0, 2.0], [2.0, 4.0]]) {
        Err(error) if error.is::<LinAlgError>() => println!("{}", error.message),
        inverse => println!("{}", inverse?),
    }
    Ok(())
}
