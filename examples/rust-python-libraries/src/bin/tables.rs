//! Adds up sales by city with pandas.

mod pandas {
    include!(concat!(env!("OUT_DIR"), "/pandas_MetaFFIHost.rs"));
}

use metaffi::Value;
use pandas::{Series, SeriesGroupBy, bind_module_to_code, read_csv};

fn main() -> Result<(), metaffi::Error> {
    bind_module_to_code("pandas", "python3")?;
    let sales = read_csv("sales.csv")?;
    println!("{}", sales.head_with().n(2).call()?);
    let by_city = sales.groupby_with().by("city").call()?;
    let amounts = by_city.get("amount")?.lift::<SeriesGroupBy>()?;
    let totals = amounts.sum()?.lift::<Series>()?;
    for entry in &totals.items()? {
        let [city, amount] = entry?.lift::<[Value; 2]>()?;
        println!("{city}: {amount}");
    }
    let large = sales.query("amount > 10")?;
    println!("{} of {} rows", large.len()?, sales.len()?);
    Ok(())
}
