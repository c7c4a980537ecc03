//! Overload choice: once, when the entity is loaded.
//!
//! Exact types first, then the phases of JLS 15.12.2 (subtyping, boxing, variable arity), then
//! matches that only the call can check. In the first phase that has a candidate, the most specific
//! one is chosen.

use std::sync::Arc;

use metaffi_plugin::value::{Error, ErrorKind};

use super::fit::{Fit, Rank};
use crate::api::{Candidate, Elements};
use crate::class::{JavaClass, Shape};
use crate::jni::{Env, Local};

/// A candidate with its types.
pub(crate) struct Overload {
    pub(crate) candidate: Candidate,
    pub(crate) params: Vec<Arc<JavaClass>>,
    pub(crate) result: Arc<JavaClass>,
    /// What is known about the elements of each parameter, and of the result.
    elements: Vec<Option<ElementType>>,
}

/// The elements of a collection, array or map, from generic signatures.
#[derive(Debug)]
pub(crate) struct ElementType {
    pub(crate) class: Arc<JavaClass>,
    pub(crate) inner: Option<Box<ElementType>>,
    /// For the keys of a map, its values.
    pub(crate) value: Option<Box<ElementType>>,
}

impl ElementType {
    fn new(env: Env, elements: &Elements) -> Result<Self, Error> {
        let (class, name) = &elements.class;
        let other = |one: &Option<Box<Elements>>| {
            one.as_deref().map(|one| Self::new(env, one).map(Box::new)).transpose()
        };
        let class = JavaClass::of(env, class, name)?;
        Ok(Self { class, inner: other(&elements.inner)?, value: other(&elements.value)? })
    }
}

impl Overload {
    pub(crate) fn new(env: Env, candidate: Candidate) -> Result<Self, Error> {
        let class = |(class, name): &(Local, String)| JavaClass::of(env, class, name);
        let mut params: Vec<_> = candidate.types.iter().map(class).collect::<Result<_, _>>()?;
        let nothing = || Error::new(ErrorKind::Internal, "a member was listed without its type");
        let result = params.pop().ok_or_else(nothing)?;
        let element =
            |one: &Option<Elements>| one.as_ref().map(|one| ElementType::new(env, one)).transpose();
        let elements = candidate.elements.iter().map(element).collect::<Result<_, _>>()?;
        Ok(Self { candidate, params, result, elements })
    }

    /// Its name; for a constructor, that of the class.
    pub(super) fn named(&self) -> &str {
        let before = self.candidate.signature.split('(').next().unwrap_or_default();
        before.rsplit(' ').next().unwrap_or_default()
    }

    /// The elements of parameter `index`.
    pub(crate) fn elements_of(&self, index: usize) -> Option<&ElementType> {
        self.elements.get(index)?.as_ref()
    }

    /// The elements of the result; for a field, those of the field.
    pub(crate) fn result_elements(&self) -> Option<&ElementType> {
        self.elements.last()?.as_ref()
    }
}

/// What an overload is chosen by: a declared type, or a value that was passed.
pub(super) trait Argument: core::fmt::Display {
    /// Whether and how it matches the Java type.
    fn fit(&self, env: Env, java: &Arc<JavaClass>) -> Option<Fit>;
    /// Whether it may be of any class: if only the call can check it, the wider parameter is safer.
    fn is_unknown(&self) -> bool;
    /// What to do if it does not match, as the end of a message.
    fn advice(&self, env: Env, java: &JavaClass) -> String;
}

/// An overload that matches.
pub(crate) struct Match<'a> {
    pub(crate) overload: &'a Overload,
    pub(crate) fits: Vec<Fit>,
    /// Whether the trailing arguments go into the varargs array.
    pub(crate) is_spread: bool,
}

/// Why no overload was chosen.
pub(crate) enum Refusal<'a> {
    NoneFits,
    Ambiguous(Vec<&'a Overload>),
}

const PHASES: [(Rank, bool); 6] = [
    (Rank::Exact, false),
    (Rank::Widening, false),
    (Rank::Boxing, false),
    (Rank::Boxing, true),
    (Rank::Checked, false),
    (Rank::Checked, true),
];

/// The overload that matches `declared`.
pub(super) fn choose<'a>(
    env: Env,
    overloads: &'a [Overload],
    declared: &[impl Argument],
) -> Result<Match<'a>, Refusal<'a>> {
    for (worst, is_spread) in PHASES {
        let applicable = |overload| applies(env, overload, declared, worst, is_spread);
        let matches: Vec<Match<'a>> = overloads.iter().filter_map(applicable).collect();
        if !matches.is_empty() {
            return most_specific(env, matches, declared);
        }
    }
    Err(Refusal::NoneFits)
}

fn applies<'a>(
    env: Env,
    overload: &'a Overload,
    declared: &[impl Argument],
    worst: Rank,
    is_spread: bool,
) -> Option<Match<'a>> {
    let fixed = overload.params.len() - usize::from(is_spread && overload.candidate.is_varargs);
    let counts_fit = if is_spread {
        overload.candidate.is_varargs && declared.len() >= fixed
    } else {
        declared.len() == fixed
    };
    if !counts_fit {
        return None;
    }
    let mut fits = Vec::with_capacity(declared.len());
    for (index, one) in declared.iter().enumerate() {
        let fit = one.fit(env, overload.parameter(index, is_spread)?)?;
        (fit.rank <= worst).then(|| fits.push(fit))?;
    }
    Some(Match { overload, fits, is_spread })
}

impl Overload {
    /// The type of argument `index`; for a varargs argument, that of the elements.
    fn parameter(&self, index: usize, is_spread: bool) -> Option<&Arc<JavaClass>> {
        let last = self.params.len().checked_sub(1)?;
        if !is_spread || index < last {
            return self.params.get(index);
        }
        match &self.params[last].shape {
            Shape::Array(component) => Some(component),
            _ => None,
        }
    }
}

fn most_specific<'a>(
    env: Env,
    mut matches: Vec<Match<'a>>,
    declared: &[impl Argument],
) -> Result<Match<'a>, Refusal<'a>> {
    let best = (0..matches.len()).find(|a| {
        let others = (0..matches.len()).filter(|b| b != a);
        others.into_iter().all(|b| is_more_specific(env, &matches[*a], &matches[b], declared))
    });
    match best {
        Some(best) => Ok(matches.swap_remove(best)),
        None => Err(Refusal::Ambiguous(matches.iter().map(|found| found.overload).collect())),
    }
}

/// Whether `b` accepts every argument that `a` accepts. For an argument that only the call can
/// check it is the reverse: the wider type is safer.
fn is_more_specific(env: Env, a: &Match<'_>, b: &Match<'_>, declared: &[impl Argument]) -> bool {
    let wider_wins =
        |index: usize| declared[index].is_unknown() && a.fits[index].rank == Rank::Checked;
    (0..declared.len()).all(|index| {
        let own = a.overload.parameter(index, a.is_spread);
        let other = b.overload.parameter(index, b.is_spread);
        match (own, other) {
            (Some(own), Some(other)) if wider_wins(index) => is_narrower(env, other, own),
            (Some(own), Some(other)) => is_narrower(env, own, other),
            _ => false,
        }
    })
}

/// Whether `a` is a subtype of `b`, or the same (JLS 4.10).
fn is_narrower(env: Env, a: &JavaClass, b: &JavaClass) -> bool {
    match (a.primitive(), b.primitive()) {
        (Some(a), Some(b)) => a == b || a.widens_to(b),
        (None, None) => b.takes(env, a.as_raw()),
        _ => a.number == b.number,
    }
}
