//! Maps values to Python: how they are annotated, matched and lifted.

use metaffi_idl::{Base, Class};
use metaffi_stubs::{Candidate, Shape, Writes, Written};

use crate::spelling::Spelling;

/// The base that a scalar has in Python.
pub(crate) fn scalar(base: Base) -> Base {
    use Base::*;
    match base {
        Int8 | Int16 | Int32 | Int64 | Uint8 | Uint16 | Uint32 | Uint64 | Size => Int64,
        Float32 | Float64 => Float64,
        Char8 | Char16 | Char32 => Char32,
        other => other,
    }
}

/// How generated code writes a shape.
pub(crate) trait Annotated {
    /// The annotation of a parameter.
    fn annotation(&self, spelling: &Spelling) -> String;

    /// The annotation of a result.
    fn result(&self, spelling: &Spelling) -> String;

    /// The kind that an overload takes, or that a function is called with.
    fn taken(&self, spelling: &Spelling) -> String;

    /// The class that wraps a result, at any rank; `_stubs.Dynamic` for the object's
    /// actual class, and `None` for a value that is not an object.
    fn lifted_to(&self, spelling: &Spelling) -> Option<String>;

    /// Whether it contains one of the stub's classes.
    fn names_class(&self) -> bool;
}

impl Annotated for Shape {
    fn annotation(&self, spelling: &Spelling) -> String {
        match self {
            Shape::Object(..) | Shape::Function(..) | Shape::Items(..) => {
                format!("{} | None", taken_as(self, spelling))
            }
            Shape::Entries(..) => format!("{} | None", taken_as(self, spelling)),
            Shape::Optional(of) => match of.annotation(spelling) {
                text if text.ends_with("| None") || text == spelling.of("object") => text,
                text => format!("{text} | None"),
            },
            Shape::Handle | Shape::Any => spelling.of("object"),
            Shape::Value(_, plain) => plain.annotation(spelling),
            Shape::Plain(shapes) => {
                let plain = shapes.iter().map(|shape| shape.annotation(spelling));
                format!("_stubs.Boxed[{}]", unique(plain).join(" | "))
            }
            Shape::Bytes | Shape::Array(_) | Shape::Packed(_) => {
                let inner = self.element().annotation(spelling);
                if self.innermost().is_number() {
                    format!("_stubs.Array[{inner}]")
                } else {
                    format!("{}[{inner}]", spelling.of("Sequence"))
                }
            }
            _ => self.result(spelling),
        }
    }

    fn result(&self, spelling: &Spelling) -> String {
        match self {
            Shape::Null => "None".to_owned(),
            Shape::Scalar(Base::Bool) => spelling.of("bool"),
            Shape::Scalar(Base::Float64) => spelling.of("float"),
            Shape::Scalar(Base::Char32) | Shape::Text => spelling.of("str"),
            Shape::Scalar(_) => spelling.of("int"),
            Shape::Bytes => spelling.of("bytes"),
            Shape::Object(class, arguments) => spelling.class_of(*class, arguments),
            Shape::Value(class, _) => spelling.class(*class),
            Shape::Handle | Shape::Any | Shape::Plain(_) => spelling.of("Any"),
            Shape::Variable(name) => spelling.variable(name),
            Shape::Optional(of) => match of.result(spelling) {
                text if text == spelling.of("Any") => text,
                text => format!("{text} | None"),
            },
            Shape::Function(parameters, result) => {
                function(parameters.as_deref(), result, spelling)
            }
            Shape::Items(of, Some(class)) => spelling.class_of(*class, &[(**of).clone()]),
            Shape::Entries(key, value, Some(class)) => {
                spelling.class_of(*class, &[(**key).clone(), (**value).clone()])
            }
            Shape::Items(_, None) | Shape::Entries(_, _, None) => spelling.of("Any"),
            Shape::Array(inner) => {
                format!("{}[{}]", spelling.of("list"), inner.result(spelling))
            }
            Shape::Packed(_) => spelling.of("memoryview"),
        }
    }

    fn taken(&self, spelling: &Spelling) -> String {
        match self {
            Shape::Object(class, _) => spelling.class(*class),
            Shape::Value(_, plain) => plain.taken(spelling),
            Shape::Handle => "_stubs.MetaFFIHandle".to_owned(),
            Shape::Any | Shape::Variable(_) => spelling.of("object"),
            Shape::Scalar(Base::Char32) => "_stubs.Char".to_owned(),
            Shape::Optional(of) => of.taken(spelling),
            Shape::Function(..) if !self.is_wrapped() => "_stubs.Function()".to_owned(),
            Shape::Function(parameters, _) => match parameters {
                Some(parameters) => format!("_stubs.Function({})", kinds(parameters, spelling)),
                None => "_stubs.Function(None)".to_owned(),
            },
            Shape::Items(..) => "_stubs.Items".to_owned(),
            Shape::Entries(..) => "_stubs.Entries".to_owned(),
            Shape::Plain(shapes) => {
                tuple(&unique(shapes.iter().map(|shape| shape.taken(spelling))))
            }
            Shape::Array(inner) | Shape::Packed(inner) => format!("[{}]", inner.taken(spelling)),
            plain => plain.result(spelling),
        }
    }

    fn lifted_to(&self, spelling: &Spelling) -> Option<String> {
        match self {
            Shape::Object(class, _)
            | Shape::Value(class, _)
            | Shape::Items(_, Some(class))
            | Shape::Entries(_, _, Some(class)) => Some(spelling.class(*class)),
            Shape::Optional(of) | Shape::Array(of) => of.lifted_to(spelling),
            shape => shape.is_lifted().then(|| "_stubs.Dynamic".to_owned()),
        }
    }

    fn names_class(&self) -> bool {
        match self {
            Shape::Object(..)
            | Shape::Value(..)
            | Shape::Items(_, Some(_))
            | Shape::Entries(_, _, Some(_)) => true,
            Shape::Optional(of) | Shape::Array(of) | Shape::Items(of, None) => of.names_class(),
            Shape::Entries(key, value, None) => key.names_class() || value.names_class(),
            Shape::Function(parameters, result) => {
                let parameters = parameters.iter().flatten();
                parameters.chain([&**result]).any(Shape::names_class)
            }
            Shape::Plain(shapes) => shapes.iter().any(Shape::names_class),
            _ => false,
        }
    }
}

/// The annotation of a value that its guest converts.
fn taken_as(shape: &Shape, spelling: &Spelling) -> String {
    match shape {
        Shape::Function(parameters, result) => function(parameters.as_deref(), result, spelling),
        Shape::Items(of, _) => {
            format!("{}[{}]", spelling.of("Iterable"), element_annotation(of, spelling))
        }
        Shape::Entries(key, value, _) => {
            let (key, value) = (key.result(spelling), element_annotation(value, spelling));
            format!("_stubs.Mapped[{key}, {value}]")
        }
        _ => shape.result(spelling),
    }
}

/// The annotation of an element that is passed inside another value.
fn element_annotation(shape: &Shape, spelling: &Spelling) -> String {
    match shape {
        Shape::Items(..) | Shape::Entries(..) => taken_as(shape, spelling),
        Shape::Handle | Shape::Any => spelling.of("Any"),
        _ => shape.annotation(spelling),
    }
}

impl Writes for Spelling {
    fn written(&self, candidate: &Candidate<'_>, _class: Option<&Class>) -> Written {
        let parameters = candidate.parameters.iter().map(|one| one.shape.annotation(self));
        let results = candidate.results.iter().map(|one| one.shape.result(self));
        Written { parameters: parameters.collect(), results: results.collect() }
    }

    fn anything(&self) -> &[&str] {
        &["Any", "object", "_Any", "_object"]
    }
}

/// The annotation of a function.
fn function(parameters: Option<&[Shape]>, result: &Shape, spelling: &Spelling) -> String {
    let callable = spelling.of("Callable");
    let parameters = parameters.map_or_else(
        || "...".to_owned(),
        |all| {
            format!(
                "[{}]",
                all.iter().map(|one| one.result(spelling)).collect::<Vec<_>>().join(", ")
            )
        },
    );
    let result = match result {
        Shape::Null => spelling.of("object"),
        result => element_annotation(result, spelling),
    };
    format!("{callable}[{parameters}, {result}]")
}

/// A tuple of the kinds.
fn kinds(shapes: &[Shape], spelling: &Spelling) -> String {
    tuple(&shapes.iter().map(|shape| shape.taken(spelling)).collect::<Vec<_>>())
}

fn tuple(items: &[String]) -> String {
    match items {
        [only] => format!("({only},)"),
        several => format!("({})", several.join(", ")),
    }
}

/// Each once, in order.
fn unique(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut once: Vec<String> = Vec::new();
    for text in texts {
        if !once.contains(&text) {
            once.push(text);
        }
    }
    once
}
