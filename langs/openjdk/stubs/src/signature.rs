//! Signatures as Java writes and compares them.

use std::collections::HashSet;

use metaffi_idl::Class;
use metaffi_stubs::{Candidate, Names, Shape, Writes, Written};

use crate::functional::with_arguments;
use crate::names::identifier;
use crate::plan::Plan;
use crate::spelling::Spelling;
use crate::types::Types;

/// A signature in one class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Signature {
    pub(crate) name: String,
    /// The types of its parameters.
    pub(crate) takes: Vec<String>,
    /// The same without type arguments.
    pub(crate) erased: Vec<String>,
    pub(crate) returns: String,
    /// Their run-time types in the class that declares the method, where they may be type
    /// variables.
    pub(crate) declared: Vec<String>,
    /// Its own type parameters.
    pub(crate) variables: Vec<String>,
}

impl Signature {
    /// The signature of a candidate; `types` know the class's type variables.
    pub(crate) fn of(name: &str, candidate: &Candidate<'_>, types: &mut Types<'_, '_>) -> Self {
        let outer = types.variables.clone();
        let variables = own_variables(candidate, &outer);
        types.variables.extend(variables.iter().cloned());
        let takes: Vec<String> = candidate
            .parameters
            .iter()
            .map(|argument| match argument.is_rest {
                true => format!("{}...", types.element(&argument.shape)),
                false => types.parameter(&argument.shape),
            })
            .collect();
        let erased: Vec<String> = takes.iter().map(|one| erasure(one, types)).collect();
        let declared = erased.clone();
        let returns = returned(candidate, types);
        let variables = variables.iter().map(|one| types.variable(one)).collect();
        types.variables = outer;
        Signature { name: name.to_owned(), takes, erased, declared, returns, variables }
    }

    /// Whether in Java one overrides the other.
    pub(crate) fn is_same(&self, other: &Signature) -> bool {
        self.name == other.name
            && self.written() == other.written()
            && self.variables == other.variables
    }

    fn written(&self) -> Vec<String> {
        self.takes.iter().map(|one| one.replace("...", "[]")).collect()
    }

    /// Whether a class cannot have both, unless one overrides the other.
    pub(crate) fn clashes(&self, other: &Signature) -> bool {
        self.name == other.name && (self.erased == other.erased || self.declared == other.declared)
    }
}

/// The type parameters of a function that its parameters use.
fn own_variables(candidate: &Candidate<'_>, outer: &HashSet<String>) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    for argument in &candidate.parameters {
        argument.shape.each_variable(&mut |name| {
            if !seen.iter().any(|one| one == name) {
                seen.push(name.to_owned());
            }
        });
    }
    let own = candidate.function.type_parameters.iter().map(|one| one.name.clone());
    let mut names: Vec<String> = own.filter(|name| seen.contains(name)).collect();
    names.dedup();
    let is_new = |name: &String| candidate.receiver.is_none() || !outer.contains(name);
    names.retain(is_new);
    names
}

/// The return type of a candidate: an array for several results, and a future for an asynchronous
/// function.
pub(crate) fn returned(candidate: &Candidate<'_>, types: &Types<'_, '_>) -> String {
    if candidate.function.is_async {
        let future = types.spelling.of("java.util.concurrent.CompletableFuture");
        let result = match &candidate.results[..] {
            [] => types.spelling.lang("Void"),
            [one] if one.shape == Shape::Null => types.spelling.lang("Void"),
            [one] => types.boxed(&one.shape),
            _ => format!("{}[]", types.spelling.lang("Object")),
        };
        return with_arguments(&future, &[result]);
    }
    match &candidate.results[..] {
        [] => "void".to_owned(),
        [one] => types.result(&one.shape),
        _ => format!("{}[]", types.spelling.lang("Object")),
    }
}

impl Writes for Plan<'_> {
    fn written(&self, candidate: &Candidate<'_>, class: Option<&Class>) -> Written {
        let spelling = Spelling::new(&self.taken);
        let of_class = class.iter().flat_map(|class| &class.type_parameters);
        let all = of_class.chain(&candidate.function.type_parameters);
        let types = self.types(&spelling, all.map(|one| one.name.clone()).collect());
        let parameters = candidate.parameters.iter().map(|one| types.parameter(&one.shape));
        let results = candidate.results.iter().map(|one| types.result(&one.shape));
        Written { parameters: parameters.collect(), results: results.collect() }
    }

    fn anything(&self) -> &[&str] {
        &["Object", "java.lang.Object"]
    }
}

/// A type without its type arguments; for a type variable, its run-time type.
fn erasure(written: &str, types: &Types<'_, '_>) -> String {
    let written = written.replace("...", "[]");
    let of = written.trim_end_matches("[]");
    let dimensions = &written[of.len()..];
    let name = of.split('<').next().unwrap_or(of);
    let is_variable = types.variables.iter().any(|one| types.variable(one) == name);
    let name = if is_variable { "Object" } else { name.rsplit('.').next().unwrap_or(name) };
    format!("{name}{dimensions}")
}

/// Names of parameters, distinct from all classes and from the names that bodies use.
pub(crate) fn parameter_names(candidate: &Candidate<'_>, taken: &HashSet<String>) -> Vec<String> {
    let mut names = Names::new(identifier).without(["e", "MODULE", "result", "self"]);
    let is_digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let is_made_up = |name: &str| match name.strip_prefix('x') {
        Some(number) => !number.is_empty() && is_digits(number),
        None => name.strip_prefix('a').and_then(|rest| rest.split_once('_')).is_some_and(
            |(depth, at)| !depth.is_empty() && !at.is_empty() && is_digits(depth) && is_digits(at),
        ),
    };
    let mut name = |preferred: &str| {
        // Fields of generated code have upper-case names.
        let is_upper = !preferred.contains(char::is_lowercase);
        let lower = if is_upper { preferred.to_lowercase() } else { preferred.to_owned() };
        let preferred = if lower.is_empty() { "arg" } else { &lower };
        names.give_except(preferred, |name| taken.contains(name) || is_made_up(name))
    };
    candidate.parameters.iter().map(|argument| name(argument.name)).collect()
}

/// Whether a result of one type can replace a declared one.
pub(crate) fn is_return_compatible(returns: &str, declared: &str) -> bool {
    let is_reference = |ty: &str| {
        !matches!(
            ty,
            "void" | "boolean" | "byte" | "short" | "int" | "long" | "float" | "double" | "char"
        )
    };
    returns == declared
        || is_reference(returns) && matches!(declared, "Object" | "java.lang.Object")
}
