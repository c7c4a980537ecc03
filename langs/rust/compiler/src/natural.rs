//! Names of what Rust has a notation or a habit for.
//!
//! A guest may give such methods names that nobody calls them by (`__len__`).

use metaffi_idl::{Base, Operation};
use metaffi_stubs::{Candidate, ClassId, Classes, Group, Names, Returned, Shape};

use crate::names;
use crate::parameters::shape_of;

/// What Rust calls an operation, most wanted first.
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

/// Whether a name is one that its language calls by a notation.
pub(crate) fn is_special(name: &str) -> bool {
    name.len() > 4 && name.starts_with("__") && name.ends_with("__")
}

/// A class, as far as its operations matter.
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
        // Of methods that take the same, that of an ancestor may be the one that is listed.
        let does = |operation: &Operation| {
            self.classes.with_ancestors(self.id).any(|owner| {
                let own = self.classes.get(owner).class.operations.get(operation);
                own == Some(&candidate.function.overload_id)
            })
        };
        Operation::ALL.iter().map(|(_, operation)| *operation).find(does)
    }

    /// Whether a function tells the order of two objects of the class.
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

    /// The operation that the overloads of a notation do.
    fn notation(&self, group: &Group<'_>) -> Option<Operation> {
        let is_one = is_special(&group.name);
        group.candidates.iter().filter(|_| is_one).find_map(|one| self.operation(one))
    }

    /// Whether a trait does what a function of a group does: it needs no name.
    pub(crate) fn is_trait(&self, group: &Group<'_>, candidate: &Candidate<'_>) -> bool {
        let is_reserved = names::RESERVED.contains(&group.name.as_str());
        let own = || self.operation(candidate).filter(|_| is_reserved);
        match self.notation(group).or_else(own) {
            Some(Operation::Text | Operation::Hash) => true,
            Some(Operation::Equal) => tells_once(candidate),
            Some(Operation::Iterate | Operation::Next) => self.is_iterable,
            _ => false,
        }
    }

    /// The name of a group of functions: one that is no notation keeps its own.
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

/// Whether a comparison has one answer, as far as its guest says: an array compares
/// item by item.
fn tells_once(candidate: &Candidate<'_>) -> bool {
    let is_one = |shape: &Shape| matches!(shape, Shape::Any | Shape::Scalar(Base::Bool));
    candidate.results.iter().all(|result| is_one(&result.shape))
}
