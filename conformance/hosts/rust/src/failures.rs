//! Checks for errors.

use anyhow::{Context, Result, ensure};
use metaffi::{Error, ErrorKind};

use crate::functions;
use crate::plan::Failure;

/// Compares an error with `fails` of a step.
pub(crate) fn check_failure(expected: &Failure, error: &Error) -> Result<()> {
    if expected.original.is_some() {
        let raised = error.downcast_ref::<functions::Failure>();
        ensure!(raised.is_some_and(functions::Failure::is_last), "it is another error: {error:?}");
        return Ok(());
    }
    let equal = |what, expected: &Option<String>, actual: &str| {
        let fits = expected.as_deref().is_none_or(|expected| expected == actual);
        ensure!(fits, "its {what} is `{actual}`: {error:?}");
        Ok(())
    };
    equal("kind", &expected.kind, kind(error.kind))?;
    equal("language", &expected.language, &error.language)?;
    equal("type", &expected.ty, &error.type_name)?;
    let shown = error.to_string();
    for (texts, whole) in [(&expected.message, &*shown), (&expected.stack, error.stack_trace())] {
        for text in texts.all() {
            ensure!(whole.contains(text), "`{text}` is not in `{whole}`");
        }
    }
    match &expected.cause {
        None => Ok(()),
        Some(cause) => check_failure(cause, error.cause.as_ref().context("it has no cause")?),
    }
}

const fn kind(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Argument => "argument",
        ErrorKind::NotFound => "not_found",
        ErrorKind::Load => "load",
        ErrorKind::Signature => "signature",
        ErrorKind::Guest => "guest",
        ErrorKind::Panic => "panic",
        ErrorKind::Released => "released",
        ErrorKind::Abi => "abi",
        ErrorKind::Unsupported => "unsupported",
        ErrorKind::Internal => "internal",
    }
}
