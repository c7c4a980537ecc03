//! Functions and methods: alone with their name, or several of one.

use std::collections::HashSet;

use metaffi_stubs::{Candidate, Group, Shape};

use super::Pass;
use crate::docs;
use crate::entities::{has_objects, result_annotation};
use crate::role::Role;
use crate::view::{self, Becomes};

/// A callable to be made.
pub(super) struct Wanted<'w> {
    pub(super) name: &'w str,
    /// What the global is called that loads it.
    pub(super) entity: String,
    /// What messages call it.
    pub(super) label: String,
    pub(super) role: Role,
}

impl<'w> Wanted<'w> {
    /// A member of `class`; `entity` says what it does where its name does not.
    pub(super) fn member(class: &str, name: &'w str, entity: &str, role: Role) -> Wanted<'w> {
        let label = match role {
            Role::Constructor => class.to_owned(),
            _ => format!("{class}.{name}"),
        };
        Wanted { name, entity: format!("{class}_{entity}"), label, role }
    }

    fn function(name: &'w str) -> Wanted<'w> {
        Wanted { name, entity: name.to_owned(), label: name.to_owned(), role: Role::Function }
    }
}

impl Pass<'_, '_> {
    pub(super) fn function(&mut self, group: &Group<'_>) -> view::Callable {
        self.callable(&Wanted::function(&group.name), &group.candidates)
    }

    pub(super) fn callable(
        &mut self,
        wanted: &Wanted<'_>,
        candidates: &[Candidate<'_>],
    ) -> view::Callable {
        let mut all: Vec<Candidate<'_>> = Vec::new();
        for candidate in candidates {
            all.push(candidate.clone());
            all.extend(with_list(candidate).filter(|listed| !takes_alike(candidates, listed)));
        }
        match &all[..] {
            [only] => self.plain(wanted, only),
            several => self.overloaded(wanted, several),
        }
    }

    pub(super) fn plain(
        &mut self,
        wanted: &Wanted<'_>,
        candidate: &Candidate<'_>,
    ) -> view::Callable {
        let named = self.signatures.named(candidate);
        // The value of a setter is documented with its field.
        let own = named.iter().filter(|n| n.argument.name == n.argument.declared.name);
        let documented: Vec<_> = own.map(|n| (n.name.as_str(), n.argument.declared)).collect();
        let signature = self.signatures.plain(wanted.role.first_parameter(), candidate);
        let call = view::Call {
            entity: self.entities.single(&wanted.entity, candidate, wanted.role),
            arguments: wanted
                .role
                .arguments(named.iter().map(|one| one.name.clone()), self.is_value(candidate)),
            becomes: wanted.role.becomes(self.result(candidate)),
        };
        view::Callable {
            name: wanted.name.to_owned(),
            doc: docs::of_function(candidate.function, &documented),
            decorators: wanted.role.decorators(wanted.name, self.spelling),
            overloads: Vec::new(),
            signature: wanted.role.signature(signature),
            call,
        }
    }

    fn overloaded(&mut self, wanted: &Wanted<'_>, candidates: &[Candidate<'_>]) -> view::Callable {
        let call = view::Call {
            entity: self.entities.several(&wanted.entity, &wanted.label, candidates, wanted.role),
            arguments: wanted
                .role
                .arguments(std::iter::once("*args".to_owned()), self.is_value(&candidates[0])),
            becomes: wanted.role.becomes(Becomes::Result),
        };
        let any = self.spelling.of("Any");
        let first = wanted.role.first_parameter().map(str::to_owned);
        let parameters = first.into_iter().chain([format!("*args: {any}")]).collect();
        let documented = candidates.iter().find(|c| !c.function.comment.is_empty());
        view::Callable {
            name: wanted.name.to_owned(),
            doc: docs::of_function(documented.unwrap_or(&candidates[0]).function, &[]),
            decorators: wanted.role.decorators(wanted.name, self.spelling),
            overloads: self.overloads(wanted, candidates),
            signature: wanted.role.signature(view::Signature { parameters, returns: any }),
            call,
        }
    }

    /// The signatures that differ in Python; none when there is only one.
    fn overloads(&self, wanted: &Wanted<'_>, candidates: &[Candidate<'_>]) -> Vec<view::Overload> {
        let mut seen = HashSet::new();
        let differs =
            |candidate: &&Candidate<'_>| seen.insert(self.signatures.annotations(candidate));
        let differing: Vec<&Candidate<'_>> = candidates.iter().filter(differs).collect();
        if differing.len() < 2 {
            return Vec::new();
        }
        let overload = |candidate: &&Candidate<'_>| {
            let signature = self.signatures.overload(wanted.role.first_parameter(), candidate);
            let mut decorators = vec![self.spelling.of("overload")];
            decorators.extend(wanted.role.decorators(wanted.name, self.spelling));
            view::Overload { decorators, signature: wanted.role.signature(signature) }
        };
        differing.iter().map(overload).collect()
    }

    fn result(&self, candidate: &Candidate<'_>) -> Becomes {
        let is_any =
            || result_annotation(&candidate.results, self.spelling) == self.spelling.of("Any");
        match candidate.results[..] {
            [] => Becomes::Nothing,
            _ if has_objects(&candidate.results) && !is_any() => Becomes::Object,
            _ => Becomes::Result,
        }
    }

    fn is_value(&self, candidate: &Candidate<'_>) -> bool {
        candidate.receiver.is_some_and(|id| self.plan.classes.is_value(id))
    }
}

/// The same with a list for all further arguments, where a list can be no
/// argument itself.
fn with_list<'a>(candidate: &Candidate<'a>) -> Option<Candidate<'a>> {
    let last = candidate.parameters.last().filter(|argument| argument.is_rest)?;
    matches!(last.shape, Shape::Scalar(_) | Shape::Text).then_some(())?;
    let mut listed = candidate.clone();
    let argument = listed.parameters.last_mut()?;
    argument.shape = Shape::Array(Box::new(argument.shape.clone()));
    argument.is_rest = false;
    Some(listed)
}

/// Whether one of several takes the same.
fn takes_alike(candidates: &[Candidate<'_>], wanted: &Candidate<'_>) -> bool {
    let shapes = |candidate: &Candidate<'_>| -> Vec<Shape> {
        candidate.parameters.iter().map(|argument| argument.shape.clone()).collect()
    };
    candidates.iter().any(|one| !one.has_rest() && shapes(one) == shapes(wanted))
}
