//! What a value is to Python: how it is annotated, matched, lowered, lifted.
//!
//! One place for all of it, so that annotations, the choice among overloads
//! and the calls agree. The types behind are those of the type tables.

use metaffi_idl::{Base, Parameter, Type};

use crate::classes::{ClassId, Classes};
use crate::spelling::Spelling;

/// A type of the IDL as Python sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Null,
    Bool,
    Int,
    Float,
    Str,
    /// An array of bytes, of rank 1.
    Bytes,
    /// An object of one of the stub's classes.
    Object(ClassId),
    /// Any other object.
    Handle,
    Any,
    /// Values of these shapes, and other objects that its guest knows.
    Plain(Vec<Shape>),
    Callable,
    /// A list.
    Array(Box<Shape>),
    /// A packed array of numbers, which comes as a `memoryview`.
    Packed(Box<Shape>),
}

impl Shape {
    /// The shape of a parameter or result.
    pub(crate) fn of(value: &Parameter, classes: &Classes<'_>) -> Shape {
        let element = Shape::of_scalar(value, classes);
        if !value.ty.is_array() {
            return element;
        }
        match value.dimensions {
            ..0 => Shape::Array(Box::new(Shape::Any)),
            rank if value.ty.base() == Some(Base::Uint8) && !value.ty.is_packed() => {
                (1..rank.max(1)).fold(Shape::Bytes, |inner, _| Shape::Array(Box::new(inner)))
            }
            0 | 1 if value.ty.is_packed() && element.is_number() => {
                Shape::Packed(Box::new(element))
            }
            rank => (0..rank.max(1)).fold(element, |inner, _| Shape::Array(Box::new(inner))),
        }
    }

    fn of_scalar(value: &Parameter, classes: &Classes<'_>) -> Shape {
        match value.ty.base() {
            Some(Base::Handle) => classes.of_value(value).map_or(Shape::Handle, Shape::Object),
            Some(Base::Any) => Shape::plain(&value.accepts),
            Some(base) => Shape::of_base(base),
            None => Shape::Any,
        }
    }

    fn of_base(base: Base) -> Shape {
        use Base::*;
        match base {
            Null => Shape::Null,
            Bool => Shape::Bool,
            Int8 | Int16 | Int32 | Int64 | Uint8 | Uint16 | Uint32 | Uint64 | Size => Shape::Int,
            Float32 | Float64 => Shape::Float,
            Char8 | Char16 | Char32 | String8 | String16 | String32 => Shape::Str,
            Handle => Shape::Handle,
            Any => Shape::Any,
            Callable => Shape::Callable,
        }
    }

    /// What takes plain values of these types, or without any whatever there is.
    fn plain(accepts: &[Type]) -> Shape {
        let mut shapes: Vec<Shape> = Vec::new();
        for shape in accepts.iter().filter_map(|ty| ty.base()).map(Shape::of_base) {
            if !shapes.contains(&shape) {
                shapes.push(shape);
            }
        }
        if shapes.is_empty() { Shape::Any } else { Shape::Plain(shapes) }
    }

    /// The shape of one element, itself for a scalar.
    pub(crate) fn element(&self) -> &Shape {
        match self {
            Shape::Bytes => &Shape::Int,
            Shape::Array(element) | Shape::Packed(element) => element,
            scalar => scalar,
        }
    }

    pub(crate) fn is_array(&self) -> bool {
        matches!(self, Shape::Bytes | Shape::Array(_) | Shape::Packed(_))
    }

    fn is_number(&self) -> bool {
        matches!(self, Shape::Bool | Shape::Int | Shape::Float)
    }

    /// The class of the objects in it, at any rank.
    pub(crate) fn class(&self) -> Option<ClassId> {
        match self {
            Shape::Object(class) => Some(*class),
            _ if self.is_array() => self.element().class(),
            _ => None,
        }
    }

    /// Whether an argument may be, or hold, an object of a stub class.
    pub(crate) fn is_lowered(&self) -> bool {
        match self {
            Shape::Object(_) | Shape::Handle | Shape::Any | Shape::Plain(_) => true,
            Shape::Array(element) => element.is_lowered(),
            _ => false,
        }
    }

    /// The annotation of a parameter.
    pub(crate) fn annotation(&self, spelling: &Spelling) -> String {
        match self {
            Shape::Object(class) => format!("{} | None", spelling.class(*class)),
            Shape::Handle | Shape::Any => spelling.of("object"),
            Shape::Plain(shapes) => {
                let plain = shapes.iter().map(|shape| shape.annotation(spelling));
                format!("_stubs.Boxed[{}]", plain.collect::<Vec<_>>().join(" | "))
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

    /// The annotation of a result.
    pub(crate) fn result(&self, spelling: &Spelling) -> String {
        match self {
            Shape::Null => "None".to_owned(),
            Shape::Bool => spelling.of("bool"),
            Shape::Int => spelling.of("int"),
            Shape::Float => spelling.of("float"),
            Shape::Str => spelling.of("str"),
            Shape::Bytes => spelling.of("bytes"),
            Shape::Object(class) => spelling.class(*class),
            Shape::Handle | Shape::Any | Shape::Plain(_) => spelling.of("Any"),
            Shape::Callable => format!("{}[..., {}]", spelling.of("Callable"), spelling.of("Any")),
            Shape::Array(inner) => {
                format!("{}[{}]", spelling.of("list"), inner.result(spelling))
            }
            Shape::Packed(_) => spelling.of("memoryview"),
        }
    }

    /// How an overload says what it takes.
    pub(crate) fn taken(&self, spelling: &Spelling) -> String {
        match self {
            Shape::Object(class) => spelling.class(*class),
            Shape::Handle => "_stubs.MetaFFIHandle".to_owned(),
            Shape::Any => spelling.of("object"),
            Shape::Callable => spelling.of("Callable"),
            Shape::Plain(shapes) => {
                let taken: String =
                    shapes.iter().map(|shape| format!("{}, ", shape.taken(spelling))).collect();
                let taken = taken.strip_suffix(if shapes.len() == 1 { " " } else { ", " });
                format!("({})", taken.unwrap_or_default())
            }
            Shape::Array(inner) | Shape::Packed(inner) => format!("[{}]", inner.taken(spelling)),
            plain => plain.result(spelling),
        }
    }

    /// Less for what takes less: what is taken by one shape and by another with
    /// a greater width is taken by the first for sure.
    pub(crate) fn width(&self, classes: &Classes<'_>) -> u32 {
        const MOST_IN_ARRAY: u32 = 100_000;
        match self {
            Shape::Null => 0,
            Shape::Bool => 1,
            Shape::Int | Shape::Str => 2,
            Shape::Float => 3,
            Shape::Object(class) => {
                let ancestors = classes.get(*class).lineage.len();
                1000_u32.saturating_sub(u32::try_from(ancestors).unwrap_or(u32::MAX)).max(10)
            }
            Shape::Callable => 1000,
            Shape::Bytes | Shape::Array(_) | Shape::Packed(_) => {
                2000 + self.element().width(classes).min(MOST_IN_ARRAY)
            }
            Shape::Plain(_) => 9_000_000,
            Shape::Handle => 10_000_000,
            Shape::Any => 10_000_001,
        }
    }

    fn innermost(&self) -> &Shape {
        if self.is_array() { self.element().innermost() } else { self }
    }
}
