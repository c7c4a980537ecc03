//! The signatures that the overloads of a function show to type checkers.
//!
//! Type checkers may not accept a guest's overloads and overrides: an override must
//! accept everything that its base accepts, in the same order, and return no more; an
//! overload that an earlier one covers is an error, and so is one whose results
//! contradict it. So signatures are sorted, with bases' first; covered ones are not
//! shown; and a contradicting result becomes `Any`. Calls do not depend on this: they
//! choose among all functions by their arguments' values.

use std::collections::{BTreeMap, HashSet};

use metaffi_idl::Class;
use metaffi_stubs::{Bindings, Candidate, ClassId, Classes, Group, Members, Returned, Shape};

use crate::assignable::{Assignable, is_nullable};

/// The signatures that one group shows.
#[derive(Clone, Debug)]
pub(crate) struct Shown<'a> {
    /// At least one; several are overloads.
    pub(crate) signatures: Vec<Candidate<'a>>,
    /// Whether arguments are positional only, since a derived class has several
    /// signatures.
    pub(crate) is_positional: bool,
}

/// The signatures of all groups: by class, and by name.
#[derive(Debug, Default)]
pub(crate) struct AllShown<'a>(Vec<BTreeMap<String, Shown<'a>>>);

impl<'a> AllShown<'a> {
    /// Of all classes, in their order.
    pub(crate) fn of(classes: &Classes<'a>, members: &[Members<'a>]) -> AllShown<'a> {
        let mut all = AllShown::default();
        for (id, members) in classes.ids().zip(members) {
            let shown = members
                .groups
                .iter()
                .map(|group| (group.name.clone(), all.of_group(id, group, classes)));
            let shown = shown.collect();
            all.0.push(shown);
        }
        all.settle_places(classes);
        all
    }

    /// The signatures of a group of a class.
    pub(crate) fn get(&self, id: ClassId, name: &str) -> Option<&Shown<'a>> {
        self.0[id.index()].get(name)
    }

    fn of_group(&self, id: ClassId, group: &Group<'a>, classes: &Classes<'a>) -> Shown<'a> {
        let mut merged = Merged::new(classes);
        let info = classes.get(id);
        let own = group.candidates.iter().cloned();
        let mut own: Vec<Candidate<'a>> = match group.is_static {
            true => own.map(|one| without_variables_of(one, info.class)).collect(),
            false => own.map(|one| apart_from(one, info.class)).collect(),
        };
        let own_count = own.len();
        for base in &info.bases {
            let Some(inherited) = self.inherited(*base, &group.name, classes) else { continue };
            for signature in inherited {
                let signature = signature.bound(info.bindings_of(*base));
                merged.inherit(signature, &mut own, info.class);
            }
        }
        merged.signatures.extend(own);
        let is_positional = merged.has_several_names || own_count > 1;
        Shown { signatures: merged.settled(), is_positional }
    }

    /// The signatures of a name in a class, in terms of the class's type parameters.
    fn inherited(
        &self,
        id: ClassId,
        name: &str,
        classes: &Classes<'a>,
    ) -> Option<Vec<Candidate<'a>>> {
        classes.with_ancestors(id).find_map(|owner| {
            let shown = self.0[owner.index()].get(name)?;
            let bindings = classes.get(id).bindings_of(owner);
            Some(shown.signatures.iter().map(|one| one.clone().bound(bindings)).collect())
        })
    }

    /// Makes arguments positional only in bases if they are in a derived class.
    fn settle_places(&mut self, classes: &Classes<'_>) {
        let mut several: HashSet<(ClassId, String)> = HashSet::new();
        for id in classes.ids() {
            let groups = self.0[id.index()].iter().filter(|(_, shown)| shown.is_positional);
            for (name, _) in groups {
                several.extend(classes.with_ancestors(id).map(|owner| (owner, name.clone())));
            }
        }
        for (owner, name) in several {
            if let Some(shown) = self.0[owner.index()].get_mut(&name) {
                shown.is_positional = true;
            }
        }
    }
}

/// The signatures of functions that override nothing.
pub(crate) fn of_all<'a>(candidates: &[Candidate<'a>], classes: &Classes<'a>) -> Shown<'a> {
    let mut merged = Merged::new(classes);
    merged.signatures.extend(candidates.iter().cloned());
    let is_positional = merged.signatures.len() > 1;
    Shown { signatures: merged.settled(), is_positional }
}

/// The calls that match two signatures.
enum Overlap {
    /// No call.
    None,
    /// Only calls with null for the parameter at this place.
    Null(usize),
    /// Calls with other values.
    Values,
}

/// Signatures that are merged.
struct Merged<'c, 'a> {
    rules: Assignable<'c, 'a>,
    signatures: Vec<Candidate<'a>>,
    /// The bases' signatures, in order.
    bases: Vec<Candidate<'a>>,
    /// Whether bases have different parameter names for one signature.
    has_several_names: bool,
}

impl<'c, 'a> Merged<'c, 'a> {
    fn new(classes: &'c Classes<'a>) -> Self {
        let rules = Assignable(classes);
        let (signatures, bases) = (Vec::new(), Vec::new());
        Merged { rules, signatures, bases, has_several_names: false }
    }

    /// Adds a signature of a base: if one of `own` overrides it, that one, with the base's
    /// parameter names, and with the base's result if its own is not compatible.
    fn inherit(&mut self, inherited: Candidate<'a>, own: &mut Vec<Candidate<'a>>, class: &Class) {
        self.bases.push(inherited.clone());
        let is_same =
            |one: &Candidate<'_>| self.covers(one, &inherited) && self.covers(&inherited, one);
        if let Some(at) = self.signatures.iter().position(is_same) {
            let before = &self.signatures[at];
            let mut names = before.parameters.iter().zip(&inherited.parameters);
            self.has_several_names |= names.any(|(one, other)| one.name != other.name);
            let results = self.common(before, &with_variables_of(inherited, before));
            self.signatures[at].results = results;
            return;
        }
        let mut signature = match own.iter().position(is_same) {
            Some(at) => own.remove(at),
            None => apart_from(inherited.clone(), class),
        };
        for (own, base) in signature.parameters.iter_mut().zip(&inherited.parameters) {
            (own.name, own.takes_null) = (base.name, base.takes_null);
        }
        let inherited = with_variables_of(inherited, &signature);
        if !self.returns(&signature, &inherited) {
            signature.results = inherited.results;
        }
        self.signatures.push(signature);
    }

    /// Sorts the signatures: a variadic one before those with more parameters than its
    /// minimum, which it may cover.
    fn arrange(&mut self) {
        self.signatures.sort_by_key(places);
    }

    /// Removes signatures that a later one also accepts, with the same result.
    fn fold(&mut self) {
        let signatures = std::mem::take(&mut self.signatures);
        let is_needed = |at: usize| {
            let one = &signatures[at];
            let mut later = signatures[at + 1..].iter();
            !later.any(|later| self.covers(later, one) && self.returns(later, one))
        };
        let needed: Vec<bool> = (0..signatures.len()).map(is_needed).collect();
        let pairs = signatures.into_iter().zip(needed);
        self.signatures = pairs.filter(|(_, needed)| *needed).map(|(one, _)| one).collect();
    }

    /// Sorts by the first of the bases' signatures that each one accepts, and then by the first
    /// of its own, since that is how overrides are compared.
    fn follow_bases(&mut self) {
        let first = |among: &[Candidate<'a>], one: &Candidate<'a>| {
            let found = among.iter().position(|other| self.covers(one, other));
            found.unwrap_or(usize::MAX)
        };
        let key = |one: &Candidate<'a>| {
            (places(one), first(&self.bases, one), first(&self.signatures, one))
        };
        let keys: Vec<_> = self.signatures.iter().map(key).collect();
        let mut pairs: Vec<_> =
            keys.into_iter().zip(std::mem::take(&mut self.signatures)).collect();
        pairs.sort_by_key(|(key, _)| *key);
        self.signatures = pairs.into_iter().map(|(_, one)| one).collect();
    }

    /// Removes signatures that earlier ones cover.
    fn reduce(&mut self) {
        let mut shown: Vec<Candidate<'a>> = Vec::new();
        for signature in std::mem::take(&mut self.signatures) {
            let Some(at) = shown.iter().position(|earlier| self.covers(earlier, &signature)) else {
                shown.push(signature);
                continue;
            };
            if !self.returns(&shown[at], &signature) {
                shown[at].results = anything([&shown[at], &signature]);
            }
        }
        self.signatures = shown;
    }

    /// The signatures, with results that do not contradict each other.
    fn settled(mut self) -> Vec<Candidate<'a>> {
        self.arrange();
        self.fold();
        self.follow_bases();
        self.reduce();
        for later in 1..self.signatures.len() {
            for earlier in 0..later {
                self.agree(earlier, later);
            }
        }
        self.signatures.into_iter().map(without_single_use_variables).collect()
    }

    /// Ensures that two signatures do not contradict each other: if only null matches both,
    /// the earlier one does not show that it accepts null; otherwise the later one may return
    /// anything.
    fn agree(&mut self, earlier: usize, later: usize) {
        let (one, other) = (&self.signatures[earlier], &self.signatures[later]);
        // Type checkers differ in whether an `int` is a `float` here.
        let is_promoted = self.returns(one, other);
        if is_promoted && self.returns(other, one) || self.returns_exactly(one, other) {
            return;
        }
        match self.overlap(one, other, !is_promoted) {
            Overlap::None => {}
            Overlap::Null(at) if !self.overrides(one) => {
                self.signatures[earlier].parameters[at].takes_null = false;
            }
            Overlap::Null(at) if !self.overrides(other) => {
                self.signatures[later].parameters[at].takes_null = false;
            }
            _ => self.signatures[later].results = anything([other, one]),
        }
    }

    /// Whether a signature overrides one of the bases'.
    fn overrides(&self, one: &Candidate<'_>) -> bool {
        self.bases.iter().any(|base| self.covers(one, base))
    }

    /// The calls that match both signatures.
    fn overlap(&self, one: &Candidate<'_>, other: &Candidate<'_>, promotes: bool) -> Overlap {
        let fixed = |one: &Candidate<'_>| one.parameters.len() - usize::from(one.has_rest());
        let meet = match (one.has_rest(), other.has_rest()) {
            (false, false) => one.parameters.len() == other.parameters.len(),
            (true, false) => other.parameters.len() >= fixed(one),
            (false, true) => one.parameters.len() >= fixed(other),
            (true, true) => true,
        };
        if !meet {
            return Overlap::None;
        }
        let mut overlap = Overlap::Values;
        for (at, (one, other)) in one.parameters.iter().zip(&other.parameters).enumerate() {
            if !self.rules.may_overlap(&one.shape, &other.shape, promotes) {
                if !(one.takes_null
                    && other.takes_null
                    && is_nullable(&one.shape)
                    && is_nullable(&other.shape))
                {
                    return Overlap::None;
                }
                if !one.is_rest {
                    overlap = Overlap::Null(at);
                }
            }
        }
        overlap
    }

    /// Whether each call that matches `other` also matches `one`.
    fn covers(&self, one: &Candidate<'_>, other: &Candidate<'_>) -> bool {
        let fixed = one.parameters.len() - usize::from(one.has_rest());
        let lengths_fit = match (one.has_rest(), other.has_rest()) {
            (false, true) => false,
            (false, false) => one.parameters.len() == other.parameters.len(),
            (true, true) => other.parameters.len() > fixed,
            (true, false) => other.parameters.len() >= fixed,
        };
        let open = one.function.type_parameters.iter().map(|own| (own.name.clone(), Shape::Any));
        let open: Bindings = open.collect();
        let expected = |at: usize| one.parameters.get(at).or(one.parameters.last());
        lengths_fit
            && other.parameters.iter().enumerate().all(|(at, given)| {
                let takes =
                    |expected: &Shape| self.rules.parameter(&given.shape, &expected.bound(&open));
                expected(at).is_some_and(|expected| takes(&expected.shape))
            })
    }

    /// Whether the results of `one` are also results of `other`.
    fn returns(&self, one: &Candidate<'_>, other: &Candidate<'_>) -> bool {
        match (&one.results[..], &other.results[..]) {
            (own, others) if own.len() == others.len() => {
                let mut pairs = own.iter().zip(others);
                pairs.all(|(own, other)| self.rules.result(&own.shape, &other.shape))
            }
            ([], [only]) => matches!(only.shape, Shape::Null | Shape::Any),
            (_, [only]) => only.shape == Shape::Any,
            ([only], []) => only.shape == Shape::Any,
            _ => false,
        }
    }

    /// The same, without promotion of numbers.
    fn returns_exactly(&self, one: &Candidate<'_>, other: &Candidate<'_>) -> bool {
        let is_number = |result: &Returned<'_>| result.shape.innermost().is_number();
        let has_number = one.results.iter().chain(&other.results).any(is_number);
        let shapes = |one: &Candidate<'_>| -> Vec<Shape> {
            one.results.iter().map(|result| result.shape.clone()).collect()
        };
        self.returns(one, other) && (!has_number || shapes(one) == shapes(other))
    }

    /// Results that match both.
    fn common(&self, one: &Candidate<'a>, other: &Candidate<'a>) -> Vec<Returned<'a>> {
        if self.returns(one, other) {
            one.results.clone()
        } else if self.returns(other, one) {
            other.results.clone()
        } else {
            anything([one, other])
        }
    }
}

/// The same, inherited by a class: `Any` for its own type parameters that have the name of
/// one of the class's.
fn apart_from<'a>(candidate: Candidate<'a>, class: &Class) -> Candidate<'a> {
    let own = candidate.function.type_parameters.iter();
    let is_taken = |name: &str| class.type_parameters.iter().any(|one| one.name == name);
    let taken = own.filter(|one| is_taken(&one.name));
    let bindings = taken.map(|one| (one.name.clone(), Shape::Any)).collect();
    candidate.bound(&bindings)
}

/// The same, static: `Any` for type parameters of its class, which no object determines.
fn without_variables_of<'a>(candidate: Candidate<'a>, class: &Class) -> Candidate<'a> {
    let own: HashSet<&str> =
        candidate.function.type_parameters.iter().map(|one| one.name.as_str()).collect();
    let of_class = class.type_parameters.iter().filter(|one| !own.contains(one.name.as_str()));
    let bindings = of_class.map(|one| (one.name.clone(), Shape::Any)).collect();
    candidate.bound(&bindings)
}

/// The same with another signature's type parameters, and `Any` for missing ones.
fn with_variables_of<'a>(candidate: Candidate<'a>, other: &Candidate<'_>) -> Candidate<'a> {
    let own = candidate.function.type_parameters.iter().enumerate();
    let others = &other.function.type_parameters;
    let stands =
        |at: usize| others.get(at).map_or(Shape::Any, |other| Shape::Variable(other.name.clone()));
    let bindings = own.map(|(at, one)| (one.name.clone(), stands(at))).collect();
    candidate.bound(&bindings)
}

/// The minimum number of arguments of a signature, and whether it is variadic.
fn places(candidate: &Candidate<'_>) -> (usize, bool) {
    let has_rest = candidate.has_rest();
    (candidate.parameters.len() - usize::from(has_rest), has_rest)
}

/// A single result of any type, if there are results.
fn anything<'a>(candidates: [&Candidate<'a>; 2]) -> Vec<Returned<'a>> {
    let declared = candidates.iter().find_map(|one| one.results.first());
    let any = |result: &Returned<'a>| Returned { declared: result.declared, shape: Shape::Any };
    declared.map(any).into_iter().collect()
}

/// The same with `Any` for its own type parameters that occur only once, and so have no
/// effect.
fn without_single_use_variables(candidate: Candidate<'_>) -> Candidate<'_> {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    let parameters = candidate.parameters.iter().map(|argument| &argument.shape);
    for shape in parameters.chain(candidate.results.iter().map(|result| &result.shape)) {
        shape.each_variable(&mut |name| *counts.entry(name.to_owned()).or_default() += 1);
    }
    let own = candidate.function.type_parameters.iter().map(|one| &one.name);
    let used_once = own.filter(|name| counts.get(*name) == Some(&1));
    let bindings = used_once.map(|name| (name.clone(), Shape::Any)).collect();
    candidate.bound(&bindings)
}
