//! Go's `net/url`, and google/uuid.

mod url {
    include!(concat!(env!("OUT_DIR"), "/url_MetaFFIHost.rs"));
}
mod uuid {
    include!(concat!(env!("OUT_DIR"), "/uuid_MetaFFIHost.rs"));
}

fn main() -> Result<(), metaffi::Error> {
    url::bind_module_to_code(concat!(env!("OUT_DIR"), "/url_MetaFFIGuest"), "go")?;
    uuid::bind_module_to_code(concat!(env!("OUT_DIR"), "/uuid_MetaFFIGuest"), "go")?;
    let link = url::parse("https://example.org/a%20b?q=rust")?;
    println!("{} {} {}", link.host()?, link.path()?, link.query()?.get("q")?);
    let id = uuid::parse("2fd4e1c6-7a2d-4b5e-8f00-0123456789ab")?;
    println!("{}: version {}", id.string()?, id.version()?.string()?);
    println!("{}", uuid::parse("short").unwrap_err());
    Ok(())
}
