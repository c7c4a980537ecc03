//! Commands that a language adds.

use metaffi_compiler::{CommandRequest, Diagnostic, ExtraCommand};

use crate::progress::Steps;
use crate::{Failure, home, out};

/// Runs a language's command in the working directory, and prints its result.
pub(crate) fn run(command: &ExtraCommand) -> Result<(), Failure> {
    let folder = std::env::current_dir()
        .map_err(|error| Diagnostic::new(format!("cannot find the working directory: {error}")))?;
    let steps = Steps::new();
    let request =
        CommandRequest { folder: &folder, home: &home::installation()?, progress: &steps };
    let done = (command.run)(&request)?;
    drop(steps);
    Ok(out::print(&done)?)
}
