//! Functions and methods, with or without overloads.

use metaffi_stubs::{Candidate, Group};

use super::Pass;
use crate::docs;
use crate::entities::{has_objects, result_annotation};
use crate::role::Role;
use crate::shown::{self, Shown};
use crate::view::{self, Becomes};

/// The specification of a callable.
pub(super) struct CallableSpec<'w> {
    pub(super) name: &'w str,
    /// The base name of the global that loads it.
    pub(super) entity: String,
    /// Its name in messages.
    pub(super) label: String,
    pub(super) role: Role,
}

impl<'w> CallableSpec<'w> {
    /// A member of `class`; `entity` describes its operation if its name does not.
    pub(super) fn member(class: &str, name: &'w str, entity: &str, role: Role) -> CallableSpec<'w> {
        let label = match role {
            Role::Constructor => class.to_owned(),
            _ => format!("{class}.{name}"),
        };
        CallableSpec { name, entity: format!("{class}_{entity}"), label, role }
    }

    fn function(name: &'w str) -> CallableSpec<'w> {
        CallableSpec { name, entity: name.to_owned(), label: name.to_owned(), role: Role::Function }
    }
}

impl Pass<'_, '_> {
    pub(super) fn function(&mut self, group: &Group<'_>) -> view::Callable {
        let shown = shown::of_all(&group.candidates, &self.plan.classes);
        self.callable(&CallableSpec::function(&group.name), &group.candidates, &shown)
    }

    /// `shown` is the signature that is annotated.
    pub(super) fn callable(
        &mut self,
        spec: &CallableSpec<'_>,
        candidates: &[Candidate<'_>],
        shown: &Shown<'_>,
    ) -> view::Callable {
        match (candidates, &shown.signatures[..]) {
            ([only], [signature]) => self.only(spec, only, signature, shown.is_positional),
            (several, _) => self.overloaded(spec, several, &shown.signatures),
        }
    }

    pub(super) fn plain(
        &mut self,
        spec: &CallableSpec<'_>,
        candidate: &Candidate<'_>,
    ) -> view::Callable {
        self.only(spec, candidate, candidate, false)
    }

    fn only(
        &mut self,
        spec: &CallableSpec<'_>,
        candidate: &Candidate<'_>,
        shown: &Candidate<'_>,
        is_positional: bool,
    ) -> view::Callable {
        let named = self.signatures.named(shown);
        // The value of a setter is documented with its field.
        let own = named.iter().filter(|_| !spec.role.is_setter());
        let documented: Vec<_> = own.map(|n| (n.name.as_str(), n.argument.declared)).collect();
        let first = spec.role.first_parameter();
        let signature = self.signatures.plain(first, shown, is_positional);
        let entity = self.entities.single(&spec.entity, candidate, spec.role, shown);
        let is_value = self.is_value(candidate);
        let call = view::Call {
            entity,
            arguments: spec.role.arguments(named.iter().map(|one| one.name.clone()), is_value),
            becomes: spec.role.becomes(self.result(candidate, shown)),
        };
        let mut decorators = spec.role.decorators(spec.name, self.spelling);
        let has_places = !signature.parameters.iter().any(|one| one.starts_with('*'));
        if has_places && !is_value && spec.role.is_called() {
            decorators.push("_module.direct".to_owned());
        }
        view::Callable {
            name: spec.name.to_owned(),
            doc: docs::of_function(candidate.function, &documented),
            decorators,
            overloads: Vec::new(),
            signature: spec.role.signature(signature),
            call,
        }
    }

    fn overloaded(
        &mut self,
        spec: &CallableSpec<'_>,
        candidates: &[Candidate<'_>],
        shown: &[Candidate<'_>],
    ) -> view::Callable {
        let becomes = spec.role.becomes(self.result_of_several(shown));
        let result = match (&becomes, shown) {
            (Becomes::Result, [only]) => result_annotation(&only.results, self.spelling),
            _ => self.spelling.of("Any"),
        };
        let (entity_name, role) = (&spec.entity, spec.role);
        let entity = match candidates {
            [only] => self.entities.single(entity_name, only, role, only),
            several => self.entities.several(entity_name, &spec.label, several, role, result),
        };
        let (signature, passed) = self.implementation(spec, shown);
        let call = view::Call {
            entity,
            arguments: spec.role.arguments(passed.into_iter(), self.is_value(&candidates[0])),
            becomes,
        };
        let documented = candidates.iter().find(|c| !c.function.comment.is_empty());
        view::Callable {
            name: spec.name.to_owned(),
            doc: docs::of_function(documented.unwrap_or(&candidates[0]).function, &[]),
            decorators: spec.role.decorators(spec.name, self.spelling),
            overloads: self.overloads(spec, shown),
            signature: spec.role.signature(signature),
            call,
        }
    }

    /// The signature of the implementation of overloads, and the arguments that it passes
    /// on: those of the only signature, or any.
    fn implementation(
        &self,
        spec: &CallableSpec<'_>,
        shown: &[Candidate<'_>],
    ) -> (view::Signature, Vec<String>) {
        let first = spec.role.first_parameter();
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

    /// The signatures of overloads; none if there is only one.
    fn overloads(&self, spec: &CallableSpec<'_>, shown: &[Candidate<'_>]) -> Vec<view::Overload> {
        if shown.len() < 2 {
            return Vec::new();
        }
        let overload = |candidate: &Candidate<'_>| {
            let signature = self.signatures.overload(spec.role.first_parameter(), candidate);
            let mut decorators = vec![self.spelling.of("overload")];
            decorators.extend(spec.role.decorators(spec.name, self.spelling));
            view::Overload { decorators, signature: spec.role.signature(signature) }
        };
        shown.iter().map(overload).collect()
    }

    /// How the result of overloads is used.
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
