//! Signatures: parameters, annotations, defaults.

use std::collections::HashSet;

use metaffi_stubs::{Argument, Candidate, Classes, Names};

use crate::annotations::Annotated as _;
use crate::assignable::Assignable;
use crate::entities::{has_objects, result_annotation};
use crate::literals;
use crate::names::identifier;
use crate::spelling::Spelling;
use crate::view::Signature;

/// Makes signatures.
pub(crate) struct Signatures<'p, 'a> {
    spelling: &'p Spelling,
    assignable: Assignable<'p, 'a>,
    /// Names that function bodies use, and that no parameter may hide.
    taken: HashSet<String>,
}

/// A parameter with its Python name.
pub(crate) struct Named<'c> {
    pub(crate) name: String,
    pub(crate) argument: &'c Argument<'c>,
}

impl<'p, 'a> Signatures<'p, 'a> {
    pub(crate) fn new(classes: &'p Classes<'a>, spelling: &'p Spelling) -> Signatures<'p, 'a> {
        let assignable = Assignable(classes);
        let classes = classes.ids().map(|id| classes.get(id).name.clone());
        let receivers = ["self", "cls"].map(str::to_owned);
        Signatures { spelling, assignable, taken: classes.chain(receivers).collect() }
    }

    /// The parameters, each with a unique name.
    pub(crate) fn named<'c>(&self, candidate: &'c Candidate<'c>) -> Vec<Named<'c>> {
        let mut names = Names::new(identifier);
        // The body annotates an object that it returns.
        let written = match has_objects(&candidate.results) {
            true => result_annotation(&candidate.results, self.spelling),
            false => String::new(),
        };
        let words: HashSet<&str> =
            written.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
        let is_taken = |name: &str| self.taken.contains(name) || words.contains(name);
        let named = |argument: &'c Argument<'c>| {
            // Globals of the file start with an underscore; parameters do not.
            let preferred = match argument.name.trim_start_matches('_') {
                "" => "arg",
                name => name,
            };
            let name = names.give_except(preferred, is_taken);
            let name = if name.starts_with('_') { format!("arg{name}") } else { name };
            Named { name, argument }
        };
        candidate.parameters.iter().map(named).collect()
    }

    /// The signature of a function without overloads; arguments may be positional only.
    pub(crate) fn plain(
        &self,
        first: Option<&str>,
        candidate: &Candidate<'_>,
        is_positional: bool,
    ) -> Signature {
        if is_positional && candidate.parameters.iter().all(|one| one.default.is_none()) {
            return self.overload(first, candidate);
        }
        let named = self.named(candidate);
        let is_fixed =
            |named: &&Named<'_>| named.argument.default.is_none() && !named.argument.is_rest;
        let defaults_from = named.iter().rposition(|named| is_fixed(&named)).map_or(0, |at| at + 1);
        let parameters = named.iter().enumerate().map(|(at, named)| {
            let default = named.argument.default.as_ref().filter(|_| at >= defaults_from);
            let annotated = self.annotated(named);
            default
                .map_or(annotated.clone(), |default| self.with_default(annotated, named, default))
        });
        Signature {
            parameters: first.map(str::to_owned).into_iter().chain(parameters).collect(),
            returns: result_annotation(&candidate.results, self.spelling),
        }
    }

    /// The signature of an overload; its arguments are positional only, since types choose
    /// the overload.
    pub(crate) fn overload(&self, first: Option<&str>, candidate: &Candidate<'_>) -> Signature {
        let mut parameters: Vec<String> = first.map(str::to_owned).into_iter().collect();
        for named in self.named(candidate) {
            if named.argument.is_rest {
                close_places(&mut parameters, first);
            }
            parameters.push(self.annotated(&named));
        }
        if !candidate.has_rest() {
            close_places(&mut parameters, first);
        }
        Signature { parameters, returns: result_annotation(&candidate.results, self.spelling) }
    }

    /// A parameter with its default; if the default has another type, the annotation has both.
    fn with_default(&self, mut annotated: String, named: &Named<'_>, default: &str) -> String {
        let (shape, name) = literals::shape(default);
        if !self.assignable.parameter(&shape, &named.argument.shape) {
            annotated = format!("{annotated} | {}", self.spelling.of(name));
        }
        format!("{annotated} = {default}")
    }

    fn annotated(&self, named: &Named<'_>) -> String {
        let star = if named.argument.is_rest { "*" } else { "" };
        let annotation = named.argument.shape.annotation(self.spelling);
        let annotation = match named.argument.takes_null {
            true => &annotation,
            false => annotation.strip_suffix(" | None").unwrap_or(&annotation),
        };
        format!("{star}{}: {annotation}", named.name)
    }
}

/// Adds `/` after the parameters so far, if there are any besides the receiver.
fn close_places(parameters: &mut Vec<String>, first: Option<&str>) {
    if parameters.len() > first.iter().len() {
        parameters.push("/".to_owned());
    }
}
