//! Runs the constructs of every program here, checks results, and drops everything at the end.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use metaffi::Error;

#[allow(missing_docs, reason = "a guest's")]
mod loopback {
    include!(concat!(env!("METAFFI_STUBS"), "/loopback_MetaFFIHost.rs"));
}

const PATIENCE: Duration = Duration::from_secs(10);

/// The function that shows one construct.
pub type Construct = (&'static str, fn() -> Result<(), Error>);

/// Runs the constructs named after the module.
pub fn run(
    bind: impl Fn(&str) -> Result<(), Error>,
    collect: impl Fn() -> Result<(), Error>,
    constructs: &[Construct],
) -> Result<(), Error> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (module, names) = arguments.split_first().expect("a module");
    let construct = |name: &str| {
        let found = constructs.iter().find(|(known, _)| *known == name);
        found.unwrap_or_else(|| panic!("no construct {name}")).1()
    };
    if names.iter().any(|name| name == "binding") {
        construct("binding")?;
    }
    bind(module)?;
    for name in names.iter().filter(|name| *name != "binding") {
        construct(name)?;
    }
    finish(collect)?;
    println!("ok");
    Ok(())
}

/// The number of objects of others that stubs hold for good.
static CONSTANTS: AtomicI64 = AtomicI64::new(0);

/// Records that this many enum members have been used.
#[allow(dead_code, reason = "not every guest has such")]
pub fn used(members: i64) {
    CONSTANTS.fetch_add(members, Ordering::Relaxed);
}

/// Asserts that no runtime holds an object of another at the end, except for constants.
fn finish(collect: impl Fn() -> Result<(), Error>) -> Result<(), Error> {
    loopback::bind_module_to_code("loopback", "loopback")?;
    let deadline = Instant::now() + PATIENCE;
    loop {
        let (count, which) = loopback::live_objects("")?;
        if count == CONSTANTS.load(Ordering::Relaxed) {
            return Ok(());
        }
        assert!(Instant::now() < deadline, "{count} objects are live: {which}");
        collect()?;
        std::thread::sleep(Duration::from_millis(5));
    }
}
