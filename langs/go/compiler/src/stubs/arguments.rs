//! The parts that parameters play in Go: arguments, options, what is left.

use metaffi_idl::Passing;
use metaffi_stubs::{Argument, Candidate, Classes, Names, Shape, suffix};

use super::names;

/// What a parameter is to whoever calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// An argument.
    Argument,
    /// An argument that the guest takes by its name alone.
    Named,
    /// A field of the options.
    Option,
    /// All further arguments.
    Rest,
    /// All further arguments by name.
    Others,
}

/// A parameter with its part and its name in Go.
#[derive(Clone, Debug)]
pub(super) struct Taken<'c, 'a> {
    pub(super) part: Part,
    pub(super) name: String,
    pub(super) argument: &'c Argument<'a>,
    /// Of what comes as the rest, the shape of each.
    pub(super) shape: &'c Shape,
}

fn part(argument: &Argument<'_>) -> Part {
    let declared = argument.declared;
    match declared.passing {
        Passing::KeywordVariadic => Part::Others,
        Passing::Variadic if argument.is_rest || argument.shape.is_array() => Part::Rest,
        Passing::PositionalOnly => Part::Argument,
        _ if declared.is_optional => Part::Option,
        Passing::KeywordOnly => Part::Named,
        _ => Part::Argument,
    }
}

/// The parameters of a candidate.
pub(super) fn taken<'c, 'a>(candidate: &'c Candidate<'a>) -> Vec<Taken<'c, 'a>> {
    let receiver = candidate.receiver.map(|_| "x");
    let context = candidate.function.is_async.then_some("ctx");
    let mut names = Names::new(names::parameter).without(receiver.into_iter().chain(context));
    let taken = |argument: &'c Argument<'a>| {
        let part = part(argument);
        let name = match part {
            Part::Option | Part::Others => String::new(),
            _ => names.give(argument.name),
        };
        let shape = match part {
            Part::Rest if !argument.is_rest => argument.shape.element(),
            _ => &argument.shape,
        };
        Taken { part, name, argument, shape }
    };
    candidate.parameters.iter().map(taken).collect()
}

/// The candidates of a group that Go's callers can tell apart: fewer arguments
/// are fewer options, and of those that want the same arguments one is enough,
/// an `own` one if there is such.
pub(super) fn ways<'c, 'a>(
    candidates: &'c [Candidate<'a>],
    own: impl Fn(&Candidate<'a>) -> bool,
) -> Vec<&'c Candidate<'a>> {
    let is_shorter = |one: &Candidate<'_>, other: &Candidate<'_>| {
        std::ptr::eq(one.function, other.function)
            && one.parameters.len() < other.parameters.len()
            && other.parameters[one.parameters.len()..].iter().all(|a| part(a) != Part::Argument)
    };
    let longest =
        candidates.iter().filter(|one| !candidates.iter().any(|other| is_shorter(one, other)));
    let mut kept: Vec<&Candidate<'a>> = Vec::new();
    for candidate in longest {
        match kept.iter_mut().find(|other| wanted(other) == wanted(candidate)) {
            Some(other) if own(candidate) && !own(other) => *other = candidate,
            Some(_) => {}
            None => kept.push(candidate),
        }
    }
    kept
}

/// What whoever calls has to give.
fn wanted<'c>(candidate: &'c Candidate<'_>) -> Vec<(Part, &'c Shape)> {
    let given = candidate.parameters.iter().map(|one| (part(one), &one.shape));
    given.filter(|(part, _)| !matches!(part, Part::Option | Part::Others)).collect()
}

/// What tells a candidate from others of its name: the types of its arguments.
pub(super) fn signature_suffix(candidate: &Candidate<'_>, classes: &Classes<'_>) -> String {
    let mut plain = candidate.clone();
    plain.parameters.retain(|one| !matches!(part(one), Part::Option | Part::Others));
    suffix(&plain, classes).concat()
}
