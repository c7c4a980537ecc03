//! Reads and writes JSON with Jackson.

mod jackson {
    include!(concat!(env!("OUT_DIR"), "/jackson_databind_MetaFFIHost.rs"));
}

use jackson::{JsonProcessingException, ObjectMapper};

const JARS: &str =
    "jackson-databind-2.17.1.jar;jackson-core-2.17.1.jar;jackson-annotations-2.17.1.jar";
const ORDER: &str = r#"{"customer": "Ann", "items": [{"name": "pen", "price": 3}]}"#;

fn main() -> Result<(), metaffi::Error> {
    jackson::bind_module_to_code(JARS, "openjdk")?;
    let mapper = ObjectMapper::new()?;
    let order = mapper.read_tree(ORDER)?;
    println!("{}", order.get_string("customer")?.as_text()?);
    for item in &order.get_string("items")? {
        let item = item?;
        println!("{} {}", item.get_string("name")?.as_text()?, item.get_string("price")?.as_int()?);
    }
    let receipt = mapper.create_object_node()?;
    receipt.put_array("names")?.add_string("pen")?.add_string("ink")?;
    println!("{receipt}");
    let error = mapper.read_tree("{bad}").unwrap_err();
    if let Some(wrong) = error.exception::<JsonProcessingException>() {
        println!("{}", wrong.get_original_message()?);
    }
    Ok(())
}
