//! Which MetaFFI this is.

use std::env::consts::{ARCH, OS};

/// The system and the processor that this command is for: `linux-x86_64`.
pub(crate) fn platform() -> String {
    format!("{OS}-{ARCH}")
}
