//! Whether the tools that Go hosts and guests need can be found.

use metaffi_compiler::Tool;

use crate::toolchain::{c_compiler, find_go, get_c_compiler, get_go};

/// Go, and cgo's C compiler.
pub(crate) const TOOLS: &[Tool] = &[
    Tool {
        name: "go",
        find: find_go,
        args: &["version"],
        least: Some((1, 22)),
        needed_for: "Go hosts, and building Go guests",
        get: get_go,
    },
    Tool {
        name: "C compiler",
        find: c_compiler,
        args: &["--version"],
        least: None,
        needed_for: "Go hosts and guests (cgo)",
        get: get_c_compiler,
    },
];
