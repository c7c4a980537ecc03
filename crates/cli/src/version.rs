//! Which MetaFFI this is.

use std::sync::LazyLock;

use metaffi_manifest::{own_abi, own_platform};

/// The version with what it fits: `--version`.
pub(crate) fn long() -> &'static str {
    static TEXT: LazyLock<String> = LazyLock::new(|| {
        format!("{}\nABI {}\nplatform {}", metaffi::VERSION, own_abi(), own_platform())
    });
    &TEXT
}
