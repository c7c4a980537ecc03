//! Calls a shop of Python by entity paths.

use metaffi::{Handle, Runtime, Type, TypeInfo, Value};

fn main() -> Result<(), metaffi::Error> {
    let shop = Runtime::load("python3")?.module("../entity-paths/shop.py")?;

    // The signature as Rust types.
    let item = shop.function::<(&str, f64), Handle>("callable=Item")?;
    let total = shop.function::<(&Handle, i64), f64>("callable=Item.total,instance_required")?;
    let tea = item.call(("tea", 2.5))?;
    println!("{}", total.call((&tea, 4))?);

    // Types that are known only at run time.
    let parameters = [TypeInfo::new(Type::HANDLE), TypeInfo::new(Type::INT64)];
    let results = [TypeInfo::new(Type::FLOAT64)];
    let total = shop.entity("callable=Item.total,instance_required", &parameters, &results)?;
    println!("{:?}", total.call(&[Value::Handle(tea), Value::Int64(2)])?);

    // The types of the module.
    let parse = shop.callable("callable=Item.parse")?;
    println!("{}", parse.call_typed::<(String,), metaffi::Object>(("cup:9".into(),))?.get("name")?);
    Ok(())
}
