//! Overloads: the order in which they are tried, and their signatures as a host
//! sees them.

use std::collections::BTreeSet;

use metaffi_idl::{Base, Function, Parameter, Passing};

use crate::classes::{ClassId, Classes};
use crate::shape::{Bindings, Shape};

/// A function of the guest as a host calls it.
#[derive(Clone, Debug)]
pub struct Candidate<'a> {
    /// The function.
    pub function: &'a Function,
    /// For a method, the class of the object that is passed first.
    pub receiver: Option<ClassId>,
    /// Its parameters, without the object.
    pub parameters: Vec<Argument<'a>>,
    /// Its results.
    pub results: Vec<Returned<'a>>,
}

/// A result.
#[derive(Clone, Debug)]
pub struct Returned<'a> {
    /// Its declaration in the IDL.
    pub declared: &'a Parameter,
    /// Its shape.
    pub shape: Shape,
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Argument<'a> {
    /// Its declaration in the IDL.
    pub declared: &'a Parameter,
    /// The guest's name.
    pub name: &'a str,
    /// For a rest parameter, the shape of each argument.
    pub shape: Shape,
    /// Whether it takes all further arguments.
    pub is_rest: bool,
    /// Whether it accepts null if its shape does; false if null could be meant
    /// for another overload.
    pub takes_null: bool,
    /// The default in the host language's syntax.
    pub default: Option<String>,
}

impl<'a> Candidate<'a> {
    /// The ways to call `function`: one, or, if a default cannot be expressed
    /// in the host language, one for each number of arguments.
    pub fn of(
        function: &'a Function,
        receiver: Option<ClassId>,
        classes: &Classes<'_>,
    ) -> Vec<Candidate<'a>> {
        let parameters: Vec<Argument<'a>> = arguments(&function.parameters, classes);
        let results = returned(&function.return_values, classes);
        let all =
            Candidate { function, receiver, parameters, results }.with_free_variables_as_any();
        let optional = |argument: &&Argument<'_>| argument.declared.is_optional;
        let optional = all.parameters.iter().rev().take_while(optional);
        if optional.clone().all(|argument| argument.default.is_some()) {
            return vec![all];
        }
        let most = all.parameters.len();
        (most - optional.count()..=most).map(|count| all.with_arguments(count)).collect()
    }

    /// The getter of a field or global; `value` is its type if the accessor
    /// does not declare one.
    pub fn getter(
        function: &'a Function,
        receiver: Option<ClassId>,
        value: &'a Parameter,
        classes: &Classes<'_>,
    ) -> Candidate<'a> {
        let declared = function.return_values.first().unwrap_or(value);
        let results = returned(std::slice::from_ref(declared), classes);
        Candidate { function, receiver, parameters: Vec::new(), results }
    }

    /// The setter of a field or global.
    pub fn setter(
        function: &'a Function,
        receiver: Option<ClassId>,
        value: &'a Parameter,
        classes: &Classes<'_>,
    ) -> Candidate<'a> {
        let declared = function.parameters.first().unwrap_or(value);
        let mut parameters = arguments(std::slice::from_ref(declared), classes);
        parameters[0].name = "value";
        Candidate { function, receiver, parameters, results: Vec::new() }
    }

    /// The same function, called with the first `count` arguments only.
    fn with_arguments(&self, count: usize) -> Candidate<'a> {
        let mut parameters = self.parameters[..count].to_vec();
        parameters.iter_mut().for_each(|argument| argument.default = None);
        Candidate { parameters, ..self.clone() }
    }

    /// The same with `Any` in place of type parameters that no argument
    /// determines.
    fn with_free_variables_as_any(self) -> Candidate<'a> {
        let mut seen = BTreeSet::new();
        for argument in &self.parameters {
            argument.shape.each_variable(&mut |name| _ = seen.insert(name.to_owned()));
        }
        let own = self.function.type_parameters.iter().map(|one| one.name.clone());
        let bindings = own.filter(|name| !seen.contains(name)).map(|name| (name, Shape::Any));
        let bindings = bindings.collect();
        self.bound(&bindings)
    }

    /// The same for an object of a class with these type parameter bindings.
    pub fn bound(mut self, bindings: &Bindings) -> Candidate<'a> {
        if !bindings.is_empty() {
            let shapes = self.parameters.iter_mut().map(|one| &mut one.shape);
            for shape in shapes.chain(self.results.iter_mut().map(|one| &mut one.shape)) {
                *shape = shape.bound(bindings);
            }
        }
        self
    }

    /// The required parameters.
    pub fn required(&self) -> impl Iterator<Item = &Argument<'a>> {
        self.parameters.iter().filter(|one| !one.declared.is_optional && !one.is_rest)
    }

    /// Whether it takes any number of arguments.
    pub fn has_rest(&self) -> bool {
        self.parameters.last().is_some_and(|argument| argument.is_rest)
    }

    /// Whether the host cannot tell a call with these arguments from a call of
    /// `other`.
    fn has_same_signature(&self, other: &Candidate<'_>, classes: &Classes<'_>) -> bool {
        let are_indistinguishable = classes.target().are_indistinguishable;
        let (own, others) = (&self.parameters, &other.parameters);
        own.len() == others.len()
            && own.iter().zip(others).all(|(own, other)| {
                own.is_rest == other.is_rest && are_indistinguishable(&own.shape, &other.shape)
            })
    }

    /// The order in which overloads are tried: first those with a fixed number
    /// of parameters, then by narrow types, by the guest's preferred number
    /// types, by few required parameters, and by the guest's order.
    fn order(&self, classes: &Classes<'_>) -> impl Ord + use<> {
        let widths = self.parameters.iter().map(|argument| argument.shape.width(classes));
        let preferences = self.parameters.iter().map(|argument| preference(argument.declared));
        let required = self.parameters.iter().filter(|argument| !argument.declared.is_optional);
        (
            self.has_rest(),
            widths.map(u64::from).sum::<u64>(),
            preferences.sum::<usize>(),
            required.count(),
            self.function.overload_index,
        )
    }
}

fn arguments<'a>(parameters: &'a [Parameter], classes: &Classes<'_>) -> Vec<Argument<'a>> {
    let last = parameters.len().saturating_sub(1);
    let argument = |(index, declared): (usize, &'a Parameter)| {
        let shape = Shape::of(declared, classes);
        let is_rest = index == last && declared.passing == Passing::Variadic && shape.is_array();
        let shape = if is_rest { shape.element().clone() } else { shape };
        let default = declared.default_value.as_ref().filter(|_| declared.is_optional);
        let default = default.and_then(classes.target().default_value);
        Argument { declared, name: &declared.name, shape, is_rest, takes_null: true, default }
    };
    parameters.iter().enumerate().map(argument).collect()
}

fn returned<'a>(results: &'a [Parameter], classes: &Classes<'_>) -> Vec<Returned<'a>> {
    let returned = |declared| Returned { declared, shape: Shape::of_result(declared, classes) };
    results.iter().map(returned).collect()
}

/// Among types that are the same to a host, the widest is preferred, and the
/// types that are usual in the guest.
fn preference(declared: &Parameter) -> usize {
    use Base::*;
    const PREFERRED: &[Base] = &[
        Int64, Float64, String8, Int32, Uint64, Uint32, Int16, Uint16, Int8, Uint8, Size, Float32,
        String16, String32, Char32, Char16, Char8,
    ];
    let base = declared.ty.base();
    let position = PREFERRED.iter().position(|preferred| Some(*preferred) == base);
    let alias = usize::from(!declared.type_alias.is_empty());
    position.unwrap_or(0) + alias * PREFERRED.len()
}

/// Sorts candidates, and drops those that a host could never choose because an
/// earlier one has the same signature.
pub fn arrange<'a>(
    mut candidates: Vec<Candidate<'a>>,
    classes: &Classes<'_>,
) -> Vec<Candidate<'a>> {
    candidates.sort_by_cached_key(|candidate| candidate.order(classes));
    let mut arranged: Vec<Candidate<'a>> = Vec::new();
    for candidate in candidates {
        if !arranged.iter().any(|earlier| earlier.has_same_signature(&candidate, classes)) {
            arranged.push(candidate);
        }
    }
    arranged
}
