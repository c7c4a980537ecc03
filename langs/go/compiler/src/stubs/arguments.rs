//! The roles of parameters in Go: arguments, options, the rest.

use metaffi_idl::Passing;
use metaffi_stubs::{Argument, Candidate, Classes, Names, Shape, suffix, suffixes};

use super::names;

/// The role of a parameter for the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// An argument.
    Argument,
    /// An argument that the guest takes by name only.
    Named,
    /// A field of the options.
    Option,
    /// All further arguments.
    Rest,
    /// All further arguments by name.
    Others,
}

/// A parameter with its role and its name in Go.
#[derive(Clone, Debug)]
pub(super) struct GoParameter<'c, 'a> {
    pub(super) part: Part,
    pub(super) name: String,
    pub(super) argument: &'c Argument<'a>,
    /// The shape of each element of the rest.
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
pub(super) fn go_parameters<'c, 'a>(candidate: &'c Candidate<'a>) -> Vec<GoParameter<'c, 'a>> {
    let receiver = candidate.receiver.map(|_| "x");
    let context = candidate.function.is_async.then_some("ctx");
    let mut names = Names::new(names::parameter).without(receiver.into_iter().chain(context));
    let go_parameters = |argument: &'c Argument<'a>| {
        let part = part(argument);
        let name = match part {
            Part::Option | Part::Others => String::new(),
            _ => names.give(argument.name),
        };
        let shape = match part {
            Part::Rest if !argument.is_rest => argument.shape.element(),
            _ => &argument.shape,
        };
        GoParameter { part, name, argument, shape }
    };
    candidate.parameters.iter().map(go_parameters).collect()
}

/// One of several functions with the same name.
#[derive(Clone, Debug)]
pub(super) struct Overload<'c, 'a> {
    pub(super) candidate: &'c Candidate<'a>,
    /// The suffix that follows the common name.
    pub(super) suffix: String,
}

/// The candidates of a group that Go's callers can distinguish: fewer arguments mean fewer options,
/// and of those with the same required arguments one is enough, preferably an `own` one.
pub(super) fn overloads<'c, 'a>(
    candidates: &'c [Candidate<'a>],
    own: impl Fn(&Candidate<'a>) -> bool,
    classes: &Classes<'_>,
) -> Vec<Overload<'c, 'a>> {
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
    named(kept, own, classes)
}

/// The ways with their names. If arguments are passed by name, all of them are one function for the
/// guest: those that another one covers are omitted.
fn named<'c, 'a>(
    mut all: Vec<&'c Candidate<'a>>,
    own: impl Fn(&Candidate<'a>) -> bool,
    classes: &Classes<'_>,
) -> Vec<Overload<'c, 'a>> {
    let is_by_name =
        |one: &Argument<'_>| matches!(part(one), Part::Named | Part::Option | Part::Others);
    let suffixes = match all.iter().any(|one| one.parameters.iter().any(is_by_name)) {
        true => {
            for at in (0..all.len()).rev() {
                let may_go = |other: &&Candidate<'a>| own(other) || !own(all[at]);
                let others = all.iter().enumerate().filter(|(other, _)| *other != at);
                if others.map(|(_, other)| other).any(|one| may_go(one) && covers(one, all[at])) {
                    all.remove(at);
                }
            }
            by_names(&all, classes)
        }
        false if all.len() == 1 => vec![String::new()],
        false => all.iter().map(|one| suffix(one, classes).concat()).collect(),
    };
    let overload = |(candidate, suffix)| Overload { candidate, suffix };
    all.into_iter().zip(suffixes).map(overload).collect()
}

/// Distinguishes functions whose arguments are passed by name. If none has the plain name, the only
/// one whose arguments can all have a value gets it.
fn by_names(all: &[&Candidate<'_>], classes: &Classes<'_>) -> Vec<String> {
    let wanted: Vec<Vec<&Argument<'_>>> = all
        .iter()
        .map(|one| one.parameters.iter().filter(|argument| is_wanted(argument)).collect())
        .collect();
    let mut suffixes = suffixes(&wanted, classes);
    let is_open = |one: &Candidate<'_>| one.parameters.iter().all(|a| a.shape != Shape::Null);
    let mut open = (0..all.len()).filter(|at| is_open(all[*at]));
    if let (Some(only), None) = (open.next(), open.next())
        && suffixes.iter().all(|suffix| !suffix.is_empty())
    {
        suffixes[only].clear();
    }
    suffixes
}

/// Whether every call of `one` is a call of `general`, with the same results.
fn covers(general: &Candidate<'_>, one: &Candidate<'_>) -> bool {
    let takes = |argument: &Argument<'_>| {
        let other = general.parameters.iter().find(|other| other.name == argument.name);
        other.is_some_and(|other| {
            part(other) != Part::Rest && stands_for(&other.shape, &argument.shape)
        })
    };
    // What can only be null is passed as null.
    let is_given = |argument: &Argument<'_>| {
        let is_it = |other: &Argument<'_>| {
            other.name == argument.name && (is_wanted(other) || other.shape == Shape::Null)
        };
        !is_wanted(argument) || one.parameters.iter().any(is_it)
    };
    let results = |one: &Candidate<'_>| -> Vec<Shape> {
        one.results.iter().map(|result| result.shape.clone()).collect()
    };
    results(general) == results(one)
        && one.parameters.iter().all(takes)
        && general.parameters.iter().all(is_given)
}

/// Whether a value with the shape `narrow` may be passed where `wide` is declared.
fn stands_for(wide: &Shape, narrow: &Shape) -> bool {
    match wide {
        Shape::Any => true,
        Shape::Optional(of) => *narrow == Shape::Null || **of == *narrow || wide == narrow,
        _ => wide == narrow,
    }
}

fn is_wanted(argument: &Argument<'_>) -> bool {
    !matches!(part(argument), Part::Option | Part::Others)
}

/// What the caller has to pass.
fn wanted<'c>(candidate: &'c Candidate<'_>) -> Vec<(Part, &'c Shape)> {
    candidate
        .parameters
        .iter()
        .filter(|one| is_wanted(one))
        .map(|one| (part(one), &one.shape))
        .collect()
}
