//! Functions and methods: alone with their name, or several of one.

use metaffi_stubs::{Candidate, Group};

use super::Pass;
use crate::docs;
use crate::entities::{has_objects, result_annotation};
use crate::role::Role;
use crate::shown::{self, Shown};
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
        let shown = shown::of_all(&group.candidates, &self.plan.classes);
        self.callable(&Wanted::function(&group.name), &group.candidates, &shown)
    }

    /// `shown` says how it is annotated.
    pub(super) fn callable(
        &mut self,
        wanted: &Wanted<'_>,
        candidates: &[Candidate<'_>],
        shown: &Shown<'_>,
    ) -> view::Callable {
        match (candidates, &shown.signatures[..]) {
            ([only], [signature]) => self.only(wanted, only, signature, shown.is_positional),
            (several, _) => self.overloaded(wanted, several, &shown.signatures),
        }
    }

    pub(super) fn plain(
        &mut self,
        wanted: &Wanted<'_>,
        candidate: &Candidate<'_>,
    ) -> view::Callable {
        self.only(wanted, candidate, candidate, false)
    }

    fn only(
        &mut self,
        wanted: &Wanted<'_>,
        candidate: &Candidate<'_>,
        shown: &Candidate<'_>,
        is_positional: bool,
    ) -> view::Callable {
        let named = self.signatures.named(shown);
        // The value of a setter is documented with its field.
        let own = named.iter().filter(|_| !wanted.role.is_setter());
        let documented: Vec<_> = own.map(|n| (n.name.as_str(), n.argument.declared)).collect();
        let first = wanted.role.first_parameter();
        let signature = self.signatures.plain(first, shown, is_positional);
        let entity = self.entities.single(&wanted.entity, candidate, wanted.role, shown);
        let is_value = self.is_value(candidate);
        let call = view::Call {
            entity,
            arguments: wanted.role.arguments(named.iter().map(|one| one.name.clone()), is_value),
            becomes: wanted.role.becomes(self.result(candidate, shown)),
        };
        let mut decorators = wanted.role.decorators(wanted.name, self.spelling);
        let has_places = !signature.parameters.iter().any(|one| one.starts_with('*'));
        if has_places && !is_value && wanted.role.is_called() {
            decorators.push("_module.direct".to_owned());
        }
        view::Callable {
            name: wanted.name.to_owned(),
            doc: docs::of_function(candidate.function, &documented),
            decorators,
            overloads: Vec::new(),
            signature: wanted.role.signature(signature),
            call,
        }
    }

    fn overloaded(
        &mut self,
        wanted: &Wanted<'_>,
        candidates: &[Candidate<'_>],
        shown: &[Candidate<'_>],
    ) -> view::Callable {
        let becomes = wanted.role.becomes(self.result_of_several(shown));
        let result = match (&becomes, shown) {
            (Becomes::Result, [only]) => result_annotation(&only.results, self.spelling),
            _ => self.spelling.of("Any"),
        };
        let (wants, role) = (&wanted.entity, wanted.role);
        let entity = match candidates {
            [only] => self.entities.single(wants, only, role, only),
            several => self.entities.several(wants, &wanted.label, several, role, result),
        };
        let (signature, passed) = self.implementation(wanted, shown);
        let call = view::Call {
            entity,
            arguments: wanted.role.arguments(passed.into_iter(), self.is_value(&candidates[0])),
            becomes,
        };
        let documented = candidates.iter().find(|c| !c.function.comment.is_empty());
        view::Callable {
            name: wanted.name.to_owned(),
            doc: docs::of_function(documented.unwrap_or(&candidates[0]).function, &[]),
            decorators: wanted.role.decorators(wanted.name, self.spelling),
            overloads: self.overloads(wanted, shown),
            signature: wanted.role.signature(signature),
            call,
        }
    }

    /// The signature that overloads have in common, and what it passes on: the
    /// only one, or anything.
    fn implementation(
        &self,
        wanted: &Wanted<'_>,
        shown: &[Candidate<'_>],
    ) -> (view::Signature, Vec<String>) {
        let first = wanted.role.first_parameter();
        if let [only] = shown {
            let passed = self.signatures.named(only).into_iter().map(|one| {
                let star = if one.argument.is_rest { "*" } else { "" };
                format!("{star}{}", one.name)
            });
            return (self.signatures.overload(first, only), passed.collect());
        }
        let any = self.spelling.of("Any");
        let parameters = first.map(str::to_owned).into_iter();
        let parameters = parameters.chain([format!("*args: {any}")]).collect();
        (view::Signature { parameters, returns: any }, vec!["*args".to_owned()])
    }

    /// The signatures of overloads; none when there is only one.
    fn overloads(&self, wanted: &Wanted<'_>, shown: &[Candidate<'_>]) -> Vec<view::Overload> {
        if shown.len() < 2 {
            return Vec::new();
        }
        let overload = |candidate: &Candidate<'_>| {
            let signature = self.signatures.overload(wanted.role.first_parameter(), candidate);
            let mut decorators = vec![self.spelling.of("overload")];
            decorators.extend(wanted.role.decorators(wanted.name, self.spelling));
            view::Overload { decorators, signature: wanted.role.signature(signature) }
        };
        shown.iter().map(overload).collect()
    }

    /// What becomes of the result of overloads.
    fn result_of_several(&self, shown: &[Candidate<'_>]) -> Becomes {
        match shown {
            [only] if only.results.is_empty() => Becomes::Nothing,
            [only] => self.result(only, only),
            _ => Becomes::Result,
        }
    }

    fn result(&self, candidate: &Candidate<'_>, shown: &Candidate<'_>) -> Becomes {
        let is_any = || result_annotation(&shown.results, self.spelling) == self.spelling.of("Any");
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
