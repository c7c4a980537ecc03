//! The version of this MetaFFI.

use std::sync::LazyLock;

use metaffi_manifest::{own_abi, own_platform};

/// The text of `--version`: the version, with the ABI and platform that plugins
/// must match.
pub(crate) fn long() -> &'static str {
    static TEXT: LazyLock<String> = LazyLock::new(|| {
        format!("{}\nABI {}\nplatform {}", metaffi::VERSION, own_abi(), own_platform())
    });
    &TEXT
}
