//! Python's `statistics`.

mod statistics {
    include!(concat!(env!("OUT_DIR"), "/statistics_MetaFFIHost.rs"));
}

use statistics::{NormalDist, StatisticsError, bind_module_to_code, fmean, quantiles_with};

fn main() -> Result<(), metaffi::Error> {
    bind_module_to_code("statistics", "python3")?;
    let data = [1.0, 2.0, 3.0, 4.0];
    let cuts = quantiles_with(data).n(10).call()?;
    println!("mean {}, {} cuts", fmean(data)?, cuts.len());
    println!("{}", NormalDist::new_with().mu(fmean(data)?).sigma(2.0).call()?);
    let error = fmean(Vec::<f64>::new()).unwrap_err();
    println!("no data: {}", error.is::<StatisticsError>());
    Ok(())
}
