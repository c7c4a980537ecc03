//! Names of methods for which Rust has operators or conventional names.
//!
//! A guest's names of such methods may not be meant to be called (`__len__`).

use metaffi_idl::{Base, Operation};
use metaffi_stubs::{Candidate, ClassId, Classes, Group, Names, Returned, Shape};

use crate::names;
use crate::parameters::shape_of;

/// Rust's names of operations, in order of preference.
const NATURAL: &[(Operation, &[&str])] = &[
    (Operation::Length, &["len"]),
    (Operation::Contains, &["contains"]),
    (Operation::Next, &["next"]),
    (Operation::GetItem, &["get", "get_item"]),
    (Operation::SetItem, &["set", "set_item"]),
    (Operation::DeleteItem, &["remove", "remove_item"]),
    (Operation::Call, &["call", "call_object"]),
    (Operation::Equal, &["equal"]),
];

/// Whether a method has a name that its language calls through an operator.
pub(crate) fn is_special(name: &str) -> bool {
    name.len() > 4 && name.starts_with("__") && name.ends_with("__")
}

/// The operations of a class.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Naturals<'n, 'a> {
    pub(crate) id: ClassId,
    pub(crate) classes: &'n Classes<'a>,
    /// Whether `&Class` is an `IntoIterator`.
    pub(crate) is_iterable: bool,
}

impl Naturals<'_, '_> {
    /// The operation that a function does on objects of the class.
    fn operation(&self, candidate: &Candidate<'_>) -> Option<Operation> {
        // Of methods with the same parameters, an ancestor's may be the one that is listed.
        let does = |operation: &Operation| {
            self.classes.with_ancestors(self.id).any(|owner| {
                let own = self.classes.get(owner).class.operations.get(operation);
                own == Some(&candidate.function.overload_id)
            })
        };
        Operation::ALL.iter().map(|(_, operation)| *operation).find(does)
    }

    /// Whether a function compares two objects of the class.
    pub(crate) fn compares(&self, candidate: &Candidate<'_>) -> bool {
        let takes_one = match &candidate.parameters[..] {
            [other] => match shape_of(other) {
                Shape::Object(id, _) => {
                    self.classes.get(id).class.type_parameters.is_empty()
                        && self.classes.with_ancestors(self.id).any(|own| own == id)
                }
                shape => shape == Shape::Any,
            },
            _ => false,
        };
        let tells_number = |result: &Returned<'_>| {
            matches!(
                result.shape,
                Shape::Scalar(Base::Int8 | Base::Int16 | Base::Int32 | Base::Int64)
            )
        };
        takes_one
            && matches!(&candidate.results[..], [only] if tells_number(only))
            && self.operation(candidate) == Some(Operation::Compare)
    }

    /// The operation that overloads of a special method do.
    fn notation(&self, group: &Group<'_>) -> Option<Operation> {
        let is_one = is_special(&group.name);
        group.candidates.iter().filter(|_| is_one).find_map(|one| self.operation(one))
    }

    /// Whether a trait does what a function of a group does, so that it needs no name.
    pub(crate) fn is_trait(&self, group: &Group<'_>, candidate: &Candidate<'_>) -> bool {
        let is_reserved = names::RESERVED.contains(&group.name.as_str());
        let own = || self.operation(candidate).filter(|_| is_reserved);
        match self.notation(group).or_else(own) {
            Some(Operation::Text | Operation::Hash) => true,
            Some(Operation::Equal) => has_single_result(candidate),
            Some(Operation::Iterate | Operation::Next) => self.is_iterable,
            _ => false,
        }
    }

    /// The name of a group of functions: its own, unless it is a special method.
    pub(crate) fn name(&self, group: &Group<'_>, given: &Names) -> String {
        if !is_special(&group.name) {
            return group.name.clone();
        }
        let doing = self.notation(group);
        let natural = NATURAL.iter().filter(|(one, _)| Some(*one) == doing);
        let natural = natural.flat_map(|(_, names)| names.iter().copied());
        let mut wanted = natural.chain([group.name.trim_matches('_')]);
        let is_free = |name: &&str| !given.contains(&names::member(name));
        wanted.find(is_free).unwrap_or(&group.name).to_owned()
    }
}

/// Whether a comparison has a single result, according to its guest's types: an array
/// compares item by item.
fn has_single_result(candidate: &Candidate<'_>) -> bool {
    let is_one = |shape: &Shape| matches!(shape, Shape::Any | Shape::Scalar(Base::Bool));
    candidate.results.iter().all(|result| is_one(&result.shape))
}
