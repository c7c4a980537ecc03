//! Named fault points: `METAFFI_FAULT=plugin.load_entity` makes that point
//! fail, and `METAFFI_FAULT=plugin.load_entity:panic` makes it panic.
//!
//! Only load-time code has fault points; calls do not check them.

use std::sync::OnceLock;

use metaffi_value::{Error, ErrorKind};

/// Fails or panics if `METAFFI_FAULT` names `point`.
///
/// # Errors
/// `Internal` when `METAFFI_FAULT` names this point.
///
/// # Panics
/// When `METAFFI_FAULT` is `point:panic`.
pub fn fault_point(point: &str) -> Result<(), Error> {
    static FAULT: OnceLock<Option<String>> = OnceLock::new();
    let Some(fault) = FAULT.get_or_init(|| std::env::var("METAFFI_FAULT").ok()) else {
        return Ok(());
    };
    match fault.strip_prefix(point) {
        Some("") => Err(Error::new(
            ErrorKind::Internal,
            format!("fault injected at {point} (METAFFI_FAULT)"),
        )),
        Some(":panic") => panic!("fault injected at {point} (METAFFI_FAULT)"),
        _ => Ok(()),
    }
}
