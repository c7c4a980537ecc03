//! Which MetaFFI this is.

use std::env::consts::{ARCH, OS};
use std::sync::LazyLock;

/// The system and the processor that this command is for: `linux-x86_64`.
pub(crate) fn platform() -> String {
    format!("{OS}-{ARCH}")
}

/// The version with what it fits: `--version`.
pub(crate) fn long() -> &'static str {
    static TEXT: LazyLock<String> = LazyLock::new(|| {
        let (version, abi) = (metaffi::VERSION, metaffi::ABI_VERSION);
        format!("{version}\nABI {abi}\nplatform {}", platform())
    });
    &TEXT
}
