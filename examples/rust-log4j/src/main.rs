//! Logs through Apache log4j.

use metaffi::{Error, Handle, Runtime};

fn main() -> Result<(), Error> {
    let log4j = Runtime::load("openjdk")?.module("log4j-api-2.21.1.jar;log4j-core-2.21.1.jar")?;
    let get_logger = log4j.function::<(&str,), Handle>(
        "class=org.apache.logging.log4j.LogManager,callable=getLogger",
    )?;
    let error = log4j.function::<(Handle, &str), ()>(
        "class=org.apache.logging.log4j.Logger,callable=error,instance_required",
    )?;

    let logger = get_logger.call(("mylogger",))?;
    error.call((logger, "Hello from Rust!"))
}
