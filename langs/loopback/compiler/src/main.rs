//! Loopback as a program that a `plugin.json` names: this is all that it needs.

use std::process::ExitCode;

use metaffi_loopback_compiler::Loopback;

fn main() -> ExitCode {
    metaffi_compiler::serve(&Loopback)
}
