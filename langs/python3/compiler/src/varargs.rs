//! Overloads with a list for functions that take any number of arguments.

use metaffi_stubs::{Candidate, Shape};

/// The candidates, and for each variadic one also one with a list, unless another
/// candidate accepts that.
pub(crate) fn with_lists<'a>(candidates: &[Candidate<'a>]) -> Vec<Candidate<'a>> {
    let mut all: Vec<Candidate<'a>> = Vec::new();
    for candidate in candidates {
        all.push(candidate.clone());
        all.extend(with_list(candidate).filter(|listed| !takes_alike(candidates, listed)));
    }
    all
}

/// The same with a list for all further arguments, if a list cannot be such an argument
/// itself.
fn with_list<'a>(candidate: &Candidate<'a>) -> Option<Candidate<'a>> {
    let last = candidate.parameters.last().filter(|argument| argument.is_rest)?;
    matches!(last.shape, Shape::Scalar(_) | Shape::Text).then_some(())?;
    let mut listed = candidate.clone();
    let argument = listed.parameters.last_mut()?;
    argument.shape = Shape::Array(Box::new(argument.shape.clone()));
    argument.is_rest = false;
    Some(listed)
}

/// Whether one of several accepts the same.
fn takes_alike(candidates: &[Candidate<'_>], to_match: &Candidate<'_>) -> bool {
    let shapes = |candidate: &Candidate<'_>| -> Vec<Shape> {
        candidate.parameters.iter().map(|argument| argument.shape.clone()).collect()
    };
    candidates.iter().any(|one| !one.has_rest() && shapes(one) == shapes(to_match))
}
