//! Logs with log4j.

mod log4j_api {
    include!(concat!(env!("OUT_DIR"), "/log4j_api_MetaFFIHost.rs"));
}

use log4j_api::{LogManager, bind_module_to_code};

fn main() -> Result<(), metaffi::Error> {
    bind_module_to_code("log4j-api-2.21.1.jar;log4j-core-2.21.1.jar", "openjdk")?;
    let logger = LogManager::get_logger_string("mylogger")?;
    logger.error("Hello from Rust!")
}
