//! Calls the till from Rust.

mod till {
    include!(concat!(env!("OUT_DIR"), "/till_MetaFFIHost.rs"));
}

use till::{Size, SoldOut, Till, total_with};

fn main() -> Result<(), metaffi::Error> {
    let module = std::env::args().nth(1).expect("the path of till.py");
    till::bind_module_to_code(&module, "python3")?;
    let shop = Till::new()?;
    shop.put("tea", 2.5)?;
    shop.put_with("pot", 20.0).size(&Size::Large).call()?;
    shop.change(|price| price * 2.0)?;
    for thing in &shop {
        let thing = thing?;
        println!("{thing}: {:.1} {}", shop.price(&thing)?, shop.currency()?);
    }
    println!("total: {:.1}", total_with(&[2.0, 3.0]).discount(0.5).call()?);
    match shop.price("cup") {
        Err(error) if error.is::<SoldOut>() => println!("sold out"),
        other => println!("{}", other?),
    }
    Ok(())
}
