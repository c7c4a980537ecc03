//! The globals that load the entities of functions.

use std::collections::HashMap;

use metaffi_stubs::{Candidate, Classes, Names, Request, Returned};

use crate::annotations::Annotated as _;
use crate::literals;
use crate::role::Role;
use crate::spelling::Spelling;
use crate::view::Entity;

/// Names of globals are cut, so that a formatter has room for the rest of the line.
const LONGEST_NAME: usize = 50;

/// The globals so far.
pub(crate) struct Entities<'p, 'a> {
    classes: &'p Classes<'a>,
    spelling: &'p Spelling,
    names: Names,
    list: Vec<Entity>,
    /// Whether arrays of text and of arrays may hold null.
    has_null_elements: bool,
    /// Overloads by path, types and options: derived classes share those of their bases.
    overloads: HashMap<(String, Vec<String>, Vec<String>), String>,
}

impl<'p, 'a> Entities<'p, 'a> {
    /// Starts without globals; they get names that are not in `names`.
    pub(crate) fn new(
        classes: &'p Classes<'a>,
        spelling: &'p Spelling,
        names: Names,
        has_null_elements: bool,
    ) -> Self {
        let (list, overloads) = (Vec::new(), HashMap::new());
        Entities { classes, spelling, names, list, has_null_elements, overloads }
    }

    pub(crate) fn into_list(self) -> Vec<Entity> {
        self.list
    }

    /// The global for the only function of its name, annotated as `shown`. A
    /// constructor's object stays a handle; other results are lifted.
    pub(crate) fn single(
        &mut self,
        preferred: &str,
        candidate: &Candidate<'_>,
        role: Role,
        shown: &Candidate<'_>,
    ) -> String {
        let name = self.name(preferred);
        let request = self.request(candidate);
        let is_made = role == Role::Constructor;
        let result = match is_made || has_objects(&candidate.results) {
            true => self.spelling.of("Any"),
            false => result_annotation(&shown.results, self.spelling),
        };
        let lifts = lifted_kind(&candidate.results, self.spelling).filter(|_| !is_made);
        let lifts = lifts.map(|kind| format!("lifts={}", literals::quote(&kind)));
        let wraps = self.wraps(candidate);
        let wraps = wraps.map(|kinds| format!("wraps={}", literals::quote(&kinds)));
        let options = lifts.into_iter().chain(wraps).collect();
        self.list.push(Entity::Single { name: name.clone(), result, request, options });
        name
    }

    /// A tuple with the kinds of the arguments that are functions and get objects;
    /// `None` if there are none.
    fn wraps(&self, candidate: &Candidate<'_>) -> Option<String> {
        if !candidate.parameters.iter().any(|argument| argument.shape.is_wrapped()) {
            return None;
        }
        let receiver = candidate.receiver.map(|_| "None".to_owned());
        let kinds = candidate.parameters.iter().map(|argument| match &argument.shape {
            shape if !shape.is_wrapped() => "None".to_owned(),
            shape if argument.is_rest => format!("[{}]", shape.taken(self.spelling)),
            shape => shape.taken(self.spelling),
        });
        let kinds: Vec<String> = receiver.into_iter().chain(kinds).collect();
        Some(format!("({},)", kinds.join(", ")))
    }

    /// The global for overloads, which together return `result`; `label` is their name
    /// in messages.
    /// Constructors' objects stay handles; other results are lifted.
    pub(crate) fn several(
        &mut self,
        preferred: &str,
        label: &str,
        candidates: &[Candidate<'_>],
        role: Role,
        result: String,
    ) -> String {
        let overload = |(number, candidate)| {
            self.overload(&format!("{preferred}_{}", number + 1), candidate, role)
        };
        let functions = candidates.iter().enumerate().map(overload).collect();
        let name = self.name(preferred);
        let label = label.to_owned();
        self.list.push(Entity::Overloads { name: name.clone(), label, result, functions });
        name
    }

    fn overload(&mut self, preferred: &str, candidate: &Candidate<'_>, role: Role) -> String {
        let request = self.request(candidate);
        let options = self.options(candidate, role);
        let key = (request.path.clone(), request.parameters.clone(), options.clone());
        if let Some(name) = self.overloads.get(&key) {
            return name.clone();
        }
        let name = self.name(preferred);
        let receiver = candidate.receiver.map(|_| "_stubs.Receiver".to_owned());
        let shapes = candidate.parameters.iter().map(|argument| &argument.shape);
        let takes = shapes.map(|shape| shape.taken(self.spelling));
        let takes: Vec<String> = receiver.into_iter().chain(takes).collect();
        let takes = format!("({}{})", takes.join(", "), if takes.len() == 1 { "," } else { "" });
        self.overloads.insert(key, name.clone());
        self.list.push(Entity::Overload { name: name.clone(), request, takes, options });
        name
    }

    fn options(&self, candidate: &Candidate<'_>, role: Role) -> Vec<String> {
        let lifts = lifted_kind(&candidate.results, self.spelling);
        let lifts = lifts.filter(|_| role != Role::Constructor);
        let lifts = lifts.map(|kind| format!("lifts={}", literals::quote(&kind)));
        let rest = candidate.has_rest().then(|| "rest=True".to_owned());
        lifts.into_iter().chain(rest).collect()
    }

    fn request(&self, candidate: &Candidate<'_>) -> Request {
        Request::of(candidate, self.classes, self.has_null_elements)
    }

    fn name(&mut self, preferred: &str) -> String {
        let preferred = preferred.trim_start_matches('_');
        let cut: String = preferred.chars().take(LONGEST_NAME).collect();
        self.names.give(&format!("_{cut}"))
    }
}

/// The annotation of all results together.
pub(crate) fn result_annotation(results: &[Returned<'_>], spelling: &Spelling) -> String {
    match results {
        [] => "None".to_owned(),
        [only] => only.shape.result(spelling),
        several => {
            let each: Vec<String> = several.iter().map(|r| r.shape.result(spelling)).collect();
            format!("{}[{}]", spelling.of("tuple"), each.join(", "))
        }
    }
}

/// Whether results are or contain objects.
pub(crate) fn has_objects(results: &[Returned<'_>]) -> bool {
    results.iter().any(|result| result.shape.is_lifted())
}

/// The argument of `lift_results`: the class of the objects in a result, or one for each
/// of several results. `None` if there are no objects.
pub(crate) fn lifted_kind(results: &[Returned<'_>], spelling: &Spelling) -> Option<String> {
    let kinds: Vec<Option<String>> =
        results.iter().map(|result| result.shape.lifted_to(spelling)).collect();
    match &kinds[..] {
        [only] => only.clone(),
        several if several.iter().all(Option::is_none) => None,
        several => {
            let written = several.iter().map(|kind| kind.as_deref().unwrap_or("None"));
            Some(format!("({})", written.collect::<Vec<_>>().join(", ")))
        }
    }
}
