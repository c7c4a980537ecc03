//! Python from Rust, by stubs.

#[path = "statistics_MetaFFIHost.rs"]
mod statistics;

use statistics::*;

fn main() -> Result<(), metaffi::Error> {
    bind_module_to_code(&std::env::args().nth(1).unwrap(), "python3")?;
    assert_eq!(fmean([1.0, 2.0])?, 1.5);
    assert_eq!(fmean_with([1.0, 2.0]).weights([1.0, 3.0]).call()?, 1.75);
    assert_eq!(quantiles_with([1.0, 2.0, 3.0, 4.0]).n(2).call()?, [2.5.into()]);
    let normal = NormalDist::new_with().sigma(2.0).call()?;
    assert_eq!((normal.mean()?, normal.stdev()?), (0.0, 2.0));
    assert_eq!(normal.to_string(), "NormalDist(mu=0.0, sigma=2.0)");
    assert_eq!(normal, NormalDist::new_with().mu(0.0).sigma(2.0).call()?);
    assert_eq!(linear_regression([1.0, 2.0], [2.0, 4.0])?.slope()?, 2.0);
    let error = fmean(Vec::<f64>::new()).unwrap_err();
    assert!(error.is::<StatisticsError>(), "{error:?}");
    Ok(())
}
