//! How Go writes the types of values.

use metaffi_idl::{Base, Class};
use metaffi_stubs::{Candidate, ClassId, Classes, Shape, Writes, Written};

use super::target::{Kind, function_of};

/// Types as Go writes them.
pub(super) struct Types<'p, 'a> {
    pub(super) classes: &'p Classes<'a>,
    pub(super) kinds: &'p [Kind],
    /// The interfaces of open classes' objects.
    pub(super) interfaces: &'p [String],
}

impl Writes for Types<'_, '_> {
    fn written(&self, candidate: &Candidate<'_>, _class: Option<&Class>) -> Written {
        let parameters = candidate.parameters.iter().map(|one| self.parameter(&one.shape));
        let results = candidate.results.iter().map(|one| self.result(&one.shape));
        Written { parameters: parameters.collect(), results: results.collect() }
    }

    fn anything(&self) -> &[&str] {
        &["any"]
    }
}

impl Types<'_, '_> {
    pub(super) fn kind(&self, id: ClassId) -> &Kind {
        &self.kinds[id.index()]
    }

    fn name(&self, id: ClassId) -> &str {
        &self.classes.get(id).name
    }

    /// What a parameter is declared as.
    pub(super) fn parameter(&self, shape: &Shape) -> String {
        match shape {
            Shape::Object(id, arguments) => match self.kind(*id) {
                Kind::Functional => self.result(&self.function(*id, arguments)),
                Kind::Struct { is_open: true, .. } => self.interfaces[id.index()].clone(),
                _ => self.result(shape),
            },
            Shape::Optional(of) => match self.parameter(of) {
                inner if is_nilable(&inner) || self.is_object(of) => inner,
                inner => format!("*{inner}"),
            },
            // A slice of any type is a slice of `any`.
            Shape::Array(of) | Shape::Packed(of) => match self.parameter(of).as_str() {
                "any" => "any".to_owned(),
                of => format!("[]{of}"),
            },
            // Slices, maps, and anything else that its guest takes.
            Shape::Items(..) | Shape::Entries(..) | Shape::Plain(_) => "any".to_owned(),
            shape => self.result(shape),
        }
    }

    /// What a result is declared as.
    pub(super) fn result(&self, shape: &Shape) -> String {
        match shape {
            Shape::Scalar(base) => scalar(*base).to_owned(),
            Shape::Text => "string".to_owned(),
            Shape::Bytes => "[]byte".to_owned(),
            Shape::Object(id, arguments) => match self.kind(*id) {
                Kind::Function => self.result(&self.function(*id, arguments)),
                Kind::Enum | Kind::Value(_) => self.name(*id).to_owned(),
                _ => format!("*{}", self.name(*id)),
            },
            Shape::Value(id, _) => self.name(*id).to_owned(),
            Shape::Optional(of) => match self.result(of) {
                inner if is_nilable(&inner) => inner,
                inner => format!("*{inner}"),
            },
            Shape::Plain(shapes) => match &shapes[..] {
                [Shape::Scalar(base)] => format!("*{}", scalar(*base)),
                _ => "any".to_owned(),
            },
            Shape::Function(Some(parameters), result) => self.func(parameters, result),
            Shape::Items(_, Some(id)) | Shape::Entries(_, _, Some(id)) => {
                format!("*{}", self.name(*id))
            }
            Shape::Items(of, None) => format!("*stubs.Iterable[{}]", self.element(of)),
            Shape::Entries(key, value, None) => {
                let key = match &**key {
                    Shape::Text | Shape::Scalar(_) => self.result(key),
                    _ => "any".to_owned(),
                };
                format!("map[{key}]{}", self.element(value))
            }
            Shape::Array(of) | Shape::Packed(of) => format!("[]{}", self.element(of)),
            Shape::Null
            | Shape::Handle
            | Shape::Any
            | Shape::Variable(_)
            | Shape::Function(None, _) => "any".to_owned(),
        }
    }

    /// The type of an element, or of an argument or result of a function: a value without a type of
    /// its own is `any`.
    fn element(&self, shape: &Shape) -> String {
        match shape {
            Shape::Items(_, None) | Shape::Plain(_) => "any".to_owned(),
            Shape::Optional(of) => match self.element(of) {
                inner if is_nilable(&inner) => inner,
                _ => "any".to_owned(),
            },
            shape => self.result(shape),
        }
    }

    /// The type of a method that a Go value provides.
    pub(super) fn required(&self, parameters: &[&Shape], results: &[&Shape]) -> String {
        let parameters: Vec<String> = parameters.iter().map(|one| self.element(one)).collect();
        let results = results.iter().filter(|one| ***one != Shape::Null);
        let mut results: Vec<String> = results.map(|one| self.element(one)).collect();
        results.push("error".to_owned());
        match &results[..] {
            [one] => format!("({}) {one}", parameters.join(", ")),
            all => format!("({}) ({})", parameters.join(", "), all.join(", ")),
        }
    }

    fn func(&self, parameters: &[Shape], result: &Shape) -> String {
        let parameters: Vec<String> = parameters.iter().map(|one| self.element(one)).collect();
        let results = match result {
            Shape::Null => "error".to_owned(),
            result => format!("({}, error)", self.element(result)),
        };
        format!("func({}) {results}", parameters.join(", "))
    }

    fn function(&self, id: ClassId, arguments: &[Shape]) -> Shape {
        function_of(self.classes.get(id), arguments, self.classes)
    }

    /// The class of the objects that a parameter takes by reference.
    pub(super) fn is_object(&self, shape: &Shape) -> bool {
        match shape {
            Shape::Object(id, _) => matches!(self.kind(*id), Kind::Struct { .. }),
            Shape::Optional(of) => self.is_object(of),
            _ => false,
        }
    }

    /// The class of an object that is a result.
    pub(super) fn object(&self, shape: &Shape) -> Option<ClassId> {
        match shape {
            Shape::Object(id, _) => match self.kind(*id) {
                Kind::Struct { .. } | Kind::Functional => Some(*id),
                _ => None,
            },
            Shape::Items(_, id) | Shape::Entries(_, _, id) => *id,
            Shape::Optional(of) => self.object(of),
            _ => None,
        }
    }

    /// The elements of an object without a class.
    pub(super) fn elements(&self, shape: &Shape) -> Option<String> {
        match shape {
            Shape::Items(of, None) => Some(self.element(of)),
            Shape::Optional(of) => self.elements(of),
            _ => None,
        }
    }

    /// The type of an iteration's elements.
    pub(super) fn of_element(&self, shape: &Shape) -> String {
        self.element(shape)
    }
}

/// Whether nil is one of its values.
pub(super) fn is_nilable(written: &str) -> bool {
    written == "any" || ["*", "[]", "map[", "func("].iter().any(|form| written.starts_with(form))
}

/// The scalar types by their Go names.
pub(super) fn scalar(base: Base) -> &'static str {
    match base {
        Base::Bool => "bool",
        Base::Int8 => "int8",
        Base::Int16 => "int16",
        Base::Int32 => "int32",
        Base::Int64 => "int64",
        Base::Uint8 => "uint8",
        Base::Uint16 => "uint16",
        Base::Uint32 => "uint32",
        Base::Uint64 | Base::Size => "uint64",
        Base::Float32 => "float32",
        Base::Float64 => "float64",
        Base::Char8 | Base::Char16 | Base::Char32 => "rune",
        Base::String8 | Base::String16 | Base::String32 => "string",
        Base::Handle | Base::Any | Base::Null | Base::Callable => "any",
    }
}
