//! Decides which annotations accept values of others, like type checkers do, as far as
//! generated code depends on it.

use metaffi_idl::{Base, TypeTree};
use metaffi_stubs::{ClassId, Classes, Shape};

/// Decides on the annotations of the stubs of these classes.
#[derive(Clone, Copy)]
pub(crate) struct Assignable<'c, 'a>(pub(crate) &'c Classes<'a>);

impl Assignable<'_, '_> {
    /// Whether a parameter of shape `to` accepts everything that one of shape `from`
    /// accepts. Type parameters are those of a class, whose arguments are fixed.
    pub(crate) fn parameter(self, from: &Shape, to: &Shape) -> bool {
        if from == to || matches!(to, Shape::Any | Shape::Handle) {
            return true;
        }
        let is_anything = matches!(from, Shape::Any | Shape::Handle | Shape::Variable(_));
        if is_anything || is_nullable(from) && !is_nullable(to) {
            return false;
        }
        let (from, to) = (core(from), core(to));
        match (from, to) {
            (Shape::Null, _) => is_nullable(to) || *to == Shape::Null,
            (Shape::Plain(from), to) => {
                from.iter().all(|one| self.parameter(one, to)) && is_boxed(to)
            }
            (from, Shape::Plain(to)) => {
                matches!(from, Shape::Object(..)) || to.iter().any(|one| self.parameter(from, one))
            }
            (Shape::Scalar(Base::Char32) | Shape::Text, to) => self.text(to),
            (Shape::Scalar(from), Shape::Scalar(to)) => promoted(*from, *to),
            (Shape::Function(from, result), Shape::Function(to, target)) => {
                self.function(from.as_deref(), result, to.as_deref(), target)
            }
            (Shape::Object(id, _), Shape::Function(to, target)) => {
                self.is_callable_with(*id, to.as_deref(), target)
            }
            (Shape::Items(from, _), Shape::Items(to, _)) => self.parameter(from, to),
            (from, Shape::Items(to, _)) if from.is_array() => self.parameter(from.element(), to),
            (Shape::Object(id, _), Shape::Items(..) | Shape::Entries(..)) => {
                self.0.behaviours(*id).any(|behaviour| self.parameter(&behaviour, to))
            }
            (from, Shape::Items(..)) if !matches!(from, Shape::Entries(..)) => false,
            (from, Shape::Entries(..)) if !matches!(from, Shape::Entries(..)) => false,
            (Shape::Entries(key, from, _), Shape::Entries(target, to, _)) => {
                self.is_same(key, target) && self.parameter(from, to)
            }
            (from, to) if from.is_array() && to.is_array() => self.array(from, to),
            (from, to) => self.result(from, to),
        }
    }

    /// Whether parameters of both shapes may accept the same value other than null. Only
    /// `false` is certain. `promotes` says whether an `int` is a `float`.
    pub(crate) fn may_overlap(self, one: &Shape, other: &Shape, promotes: bool) -> bool {
        if is_open(one) || is_open(other) {
            return true;
        }
        let (one, other) = (core(one), core(other));
        if let (Shape::Scalar(one), Shape::Scalar(other)) = (one, other) {
            return one == other || promotes && (promoted(*one, *other) || promoted(*other, *one));
        }
        if self.parameter(one, other) || self.parameter(other, one) {
            return true;
        }
        match (one, other) {
            (Shape::Scalar(_) | Shape::Text | Shape::Null, Shape::Scalar(_) | Shape::Null) => false,
            (Shape::Scalar(_), Shape::Text) => false,
            (Shape::Plain(shapes), other) | (other, Shape::Plain(shapes)) => {
                matches!(other, Shape::Object(..) | Shape::Plain(_))
                    || shapes.iter().any(|shape| self.may_overlap(shape, other, promotes))
            }
            (Shape::Scalar(_) | Shape::Text | Shape::Null, _) => {
                self.is_sequence_of_text(one, other)
            }
            (_, Shape::Scalar(_) | Shape::Text | Shape::Null) => {
                self.is_sequence_of_text(other, one)
            }
            (Shape::Object(one, _), Shape::Object(other, _)) => self.are_related(*one, *other),
            (Shape::Object(..), to) if to.is_array() => false,
            (to, Shape::Object(..)) if to.is_array() => false,
            (Shape::Object(id, _), Shape::Function(..))
            | (Shape::Function(..), Shape::Object(id, _)) => self.is_called(*id),
            (Shape::Function(..), other) | (other, Shape::Function(..)) => {
                matches!(other, Shape::Function(..))
            }
            _ => true,
        }
    }

    fn is_sequence_of_text(self, one: &Shape, other: &Shape) -> bool {
        matches!(one, Shape::Text | Shape::Scalar(Base::Char32))
            && matches!(other, Shape::Array(_) | Shape::Items(..))
    }

    /// Whether an object may be an instance of both classes.
    fn are_related(self, one: ClassId, other: ClassId) -> bool {
        one == other
            || self.0.get(one).lineage.contains(&other)
            || self.0.get(other).lineage.contains(&one)
    }

    /// Whether objects of a class can be called with these parameters, and return that.
    fn is_callable_with(self, id: ClassId, to: Option<&[Shape]>, target: &Shape) -> bool {
        match self.0.behaviours(id).next() {
            Some(Shape::Function(own, result)) => {
                self.function(own.as_deref(), &result, to, target)
            }
            _ => false,
        }
    }

    /// Whether objects of a class can be called.
    fn is_called(self, id: ClassId) -> bool {
        let is_function = |id: ClassId| {
            matches!(self.0.get(id).class.behaves_as, Some(TypeTree::Function { .. }))
        };
        self.0.with_ancestors(id).any(is_function)
    }

    /// Strings are sequences of strings.
    fn text(self, to: &Shape) -> bool {
        match to {
            Shape::Scalar(Base::Char32) | Shape::Text => true,
            Shape::Items(of, _) => self.parameter(&Shape::Text, of),
            Shape::Array(of) if !to.innermost().is_number() => self.parameter(&Shape::Text, of),
            _ => false,
        }
    }

    /// An array of numbers is any buffer, any other array a sequence.
    fn array(self, from: &Shape, to: &Shape) -> bool {
        let (from_buffer, to_buffer) = (from.innermost().is_number(), to.innermost().is_number());
        (to_buffer || !from_buffer) && self.parameter(from.element(), to.element())
    }

    /// Functions: their parameters accept more, and they return less.
    fn function(
        self,
        from: Option<&[Shape]>,
        result: &Shape,
        to: Option<&[Shape]>,
        target: &Shape,
    ) -> bool {
        let takes = match (from, to) {
            (Some(from), Some(to)) => {
                from.len() == to.len()
                    && from.iter().zip(to).all(|(from, to)| self.result(to, from))
            }
            _ => true,
        };
        takes && (matches!(target, Shape::Null | Shape::Any) || self.parameter(result, target))
    }

    /// Whether a value with the result annotation of shape `from` is also one of shape
    /// `to`.
    pub(crate) fn result(self, from: &Shape, to: &Shape) -> bool {
        if from == to || is_any(from) || is_any(to) {
            return true;
        }
        match (from, to) {
            (Shape::Optional(from), Shape::Optional(to)) => self.result(from, to),
            (Shape::Null, Shape::Optional(_)) => true,
            (from, Shape::Optional(to)) => self.result(from, to),
            (
                Shape::Scalar(Base::Char32) | Shape::Text,
                Shape::Scalar(Base::Char32) | Shape::Text,
            ) => true,
            (Shape::Scalar(from), Shape::Scalar(to)) => promoted(*from, *to),
            (Shape::Array(from), Shape::Array(to)) => self.is_same(from, to),
            (Shape::Function(from, result), Shape::Function(to, target)) => {
                self.function(from.as_deref(), result, to.as_deref(), target)
            }
            (from, to) => match (object(from), object(to)) {
                (Some(from), Some(to)) => self.object(from, to),
                _ => false,
            },
        }
    }

    /// Classes by what they derive from; type arguments are invariant.
    fn object(self, from: (ClassId, Vec<&Shape>), to: (ClassId, Vec<&Shape>)) -> bool {
        let ((from, arguments), (to, target)) = (from, to);
        if from == to {
            let mut pairs = arguments.iter().zip(&target);
            return pairs.all(|(from, to)| self.is_same(from, to));
        }
        let Some(bindings) = self.0.get(from).bindings.get(&to) else { return false };
        let own = self.0.get(from).class.type_parameters.iter().map(|one| one.name.clone());
        let own = own.zip(arguments.into_iter().cloned()).collect();
        let names = self.0.get(to).class.type_parameters.iter();
        let bound = |name: &str| bindings.get(name).map_or(Shape::Any, |shape| shape.bound(&own));
        names.zip(&target).all(|(one, target)| self.is_same(&bound(&one.name), target))
    }

    fn is_same(self, one: &Shape, other: &Shape) -> bool {
        let are_variables = matches!((one, other), (Shape::Variable(_), Shape::Variable(_)));
        one == other || are_variables || is_any(one) || is_any(other) || {
            self.result(one, other) && self.result(other, one)
        }
    }
}

/// Whether a parameter of this shape accepts any value.
fn is_open(shape: &Shape) -> bool {
    matches!(shape, Shape::Any | Shape::Handle | Shape::Variable(_))
}

/// The class and the arguments of a shape that is annotated as an object.
fn object(shape: &Shape) -> Option<(ClassId, Vec<&Shape>)> {
    match shape {
        Shape::Object(id, arguments) => Some((*id, arguments.iter().collect())),
        Shape::Items(of, Some(id)) => Some((*id, vec![of])),
        Shape::Entries(key, value, Some(id)) => Some((*id, vec![key, value])),
        _ => None,
    }
}

/// Whether a result of this shape is annotated as `Any`.
fn is_any(shape: &Shape) -> bool {
    match shape {
        Shape::Any | Shape::Handle | Shape::Plain(_) => true,
        Shape::Items(_, None) | Shape::Entries(_, _, None) => true,
        Shape::Optional(of) => is_any(of),
        _ => false,
    }
}

/// Whether a parameter of this shape accepts `None`.
pub(crate) fn is_nullable(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::Null
            | Shape::Object(..)
            | Shape::Function(..)
            | Shape::Items(..)
            | Shape::Entries(..)
            | Shape::Optional(_)
            | Shape::Plain(_)
            | Shape::Any
            | Shape::Handle
            | Shape::Variable(_)
    )
}

/// Whether a parameter of this shape accepts any object of a guest.
fn is_boxed(shape: &Shape) -> bool {
    matches!(shape, Shape::Plain(_))
}

/// The shape without `None`.
fn core(shape: &Shape) -> &Shape {
    match shape {
        Shape::Optional(of) => core(of),
        Shape::Value(_, plain) => plain,
        other => other,
    }
}

/// Whether one type of number is accepted as another.
fn promoted(from: Base, to: Base) -> bool {
    let rank = |base| match base {
        Base::Bool => Some(0),
        Base::Float64 => Some(2),
        Base::Char32 => None,
        _ => Some(1),
    };
    from == to || matches!((rank(from), rank(to)), (Some(from), Some(to)) if from <= to)
}

#[cfg(test)]
mod tests {
    use metaffi_idl::Idl;

    use super::*;
    use crate::target::PYTHON;

    #[test]
    fn parameters_take_what_type_checkers_let_them() {
        let idl = Idl::default();
        let classes = Classes::of(&idl, PYTHON);
        let takes = |from: &Shape, to: &Shape| Assignable(&classes).parameter(from, to);
        let (int, float) = (Shape::Scalar(Base::Int64), Shape::Scalar(Base::Float64));
        let array = |of: &Shape| Shape::Array(Box::new(of.clone()));
        let optional = |of: &Shape| Shape::Optional(Box::new(of.clone()));
        for (from, to) in [
            (&int, &float),
            (&Shape::Scalar(Base::Bool), &int),
            (&Shape::Text, &Shape::Scalar(Base::Char32)),
            (&Shape::Text, &array(&Shape::Text)),
            (&int, &optional(&int)),
            (&array(&int), &array(&float)),
            (&array(&int), &Shape::Items(Box::new(int.clone()), None)),
            (&Shape::Text, &Shape::Any),
            (&Shape::Text, &Shape::Plain(vec![Shape::Text])),
        ] {
            assert!(takes(from, to), "{from:?} → {to:?}");
        }
        for (from, to) in [
            (&float, &int),
            (&optional(&int), &int),
            (&Shape::Text, &int),
            (&Shape::Text, &array(&int)),
            (&array(&int), &array(&Shape::Text)),
            (&Shape::Any, &Shape::Text),
            (&Shape::Text, &Shape::Variable("T".to_owned())),
        ] {
            assert!(!takes(from, to), "{from:?} → {to:?}");
        }
    }
}
