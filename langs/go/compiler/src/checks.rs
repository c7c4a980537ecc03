//! Whether what Go hosts and guests need is there.

use metaffi_compiler::{Found, Tool};

use crate::toolchain::go_command;

/// Go, and the C compiler of cgo.
pub(crate) const TOOLS: &[Tool] = &[
    Tool {
        name: "go",
        found: Found::By(go_command),
        command: "go",
        args: &["version"],
        least: (1, 22),
        needed_for: "Go hosts, and building Go guests",
        mend: "install Go, 1.22 or later, and put it on PATH",
    },
    Tool {
        name: "C compiler",
        found: Found::Variable("CC"),
        command: "gcc",
        args: &["--version"],
        least: (0, 0),
        needed_for: "Go hosts and guests (cgo)",
        mend: "install gcc or clang, or name one in CC",
    },
];
