//! Calculates with money using shopspring/decimal.

mod decimal {
    include!(concat!(env!("OUT_DIR"), "/decimal_MetaFFIHost.rs"));
}

use decimal::Decimal;

fn main() -> Result<(), metaffi::Error> {
    let guest = concat!(env!("OUT_DIR"), "/decimal_MetaFFIGuest");
    decimal::bind_module_to_code(guest, "go")?;
    let price = Decimal::new_from_string("136.02")?;
    let quantity = Decimal::new_from_int(3)?;
    let tax = Decimal::new_from_string("0.08875")?;
    let subtotal = price.mul(&quantity)?;
    let total = subtotal.mul(&tax.add(&Decimal::new_from_int(1)?)?)?;
    println!("{subtotal} {total} {} {}", total.round(2)?, total.string_fixed(3)?);
    println!("{} {}", price < total, price == Decimal::new_from_string("136.020")?);
    println!("{}", decimal::sum(&price, &[&tax, &quantity])?);
    let (quotient, rest) = price.quo_rem(&quantity, 0)?;
    println!("{quotient} rest {rest}");
    println!("{}", Decimal::new_from_string("12,5").unwrap_err().message);
    Ok(())
}
