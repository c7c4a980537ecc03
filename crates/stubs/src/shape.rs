//! The type of a value as a host sees it.
//!
//! It is computed in one place, so that signatures, the choice among overloads
//! and the calls agree. The type trees of the IDL say what a type means; the
//! type that is passed says what the host receives.

use std::collections::BTreeMap;

use metaffi_idl::{Base, Class, ClassKind, Parameter, Passing, Type, TypeTree};

use crate::classes::{ClassId, Classes};

/// A type of the IDL as a host sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Nothing but null.
    Null,
    /// A boolean, a number or a character, mapped by the host's
    /// [`Target`](crate::Target).
    Scalar(Base),
    /// Text.
    Text,
    /// An array of bytes, of rank 1.
    Bytes,
    /// An object of one of the stub's classes, with type arguments.
    Object(ClassId, Vec<Shape>),
    /// A plain value of a named type, which is one of the stub's classes.
    Value(ClassId, Box<Shape>),
    /// Any other object.
    Handle,
    /// Anything.
    Any,
    /// A type parameter.
    Variable(String),
    /// Values of these shapes, and other objects of types that only the guest
    /// knows.
    Plain(Vec<Shape>),
    /// The inner shape, or null.
    Optional(Box<Shape>),
    /// A callable with parameters of these shapes (or any), and the shape of
    /// its result.
    Function(Option<Vec<Shape>>, Box<Shape>),
    /// An iterable with its element shape; as a result, an object of this
    /// class.
    Items(Box<Shape>, Option<ClassId>),
    /// A mapping with its key and value shapes; as a result, an object of this
    /// class.
    Entries(Box<Shape>, Box<Shape>, Option<ClassId>),
    /// An array of one dimension.
    Array(Box<Shape>),
    /// A packed array of numbers in contiguous memory.
    Packed(Box<Shape>),
}

/// What type parameters are bound to.
pub type Bindings = BTreeMap<String, Shape>;

impl Shape {
    /// The shape of a parameter or result.
    pub fn of(value: &Parameter, classes: &Classes<'_>) -> Shape {
        let is_object = matches!(value.ty.base(), Some(Base::Handle | Base::Any | Base::Callable));
        if is_object && !value.ty.is_array() {
            return Shape::of_object(value, classes);
        }
        let shape = match value.ty.base() {
            Some(Base::Handle) => Shape::of_crossing(value, classes),
            _ => Shape::of_value(value, classes),
        };
        let may_be_null = matches!(value.tree, TypeTree::Optional { .. });
        match may_be_null && shape.is_array() && value.passing != Passing::Variadic {
            true => Shape::Optional(Box::new(shape)),
            false => shape,
        }
    }

    /// The shape of a plain value: that of its named type, if it has one.
    fn of_value(value: &Parameter, classes: &Classes<'_>) -> Shape {
        let (mut tree, mut rank) = (&value.tree, 0);
        if let (TypeTree::Optional { of }, true) = (tree, value.ty.is_array()) {
            tree = of;
        }
        while let TypeTree::Array { of, rank: own, .. } = tree {
            (tree, rank) = (of, rank + own);
        }
        let named = match tree {
            TypeTree::Class { id, .. } => classes.with_key(id),
            _ => None,
        };
        let plain = named.and_then(|id| Shape::plain_of(classes.get(id).class, classes));
        match (named, plain) {
            (Some(id), Some(plain)) => {
                let of = Shape::Value(id, Box::new(plain));
                (0..rank).fold(of, |inner, _| Shape::Array(Box::new(inner)))
            }
            _ => Shape::of_crossing(value, classes),
        }
    }

    /// The plain values that objects of a class are converted to, if they are.
    pub fn plain_of(class: &Class, classes: &Classes<'_>) -> Option<Shape> {
        if class.kind != ClassKind::Class {
            return None;
        }
        match class.behaves_as.as_ref()? {
            TypeTree::Scalar { base: Base::Bool } => None,
            TypeTree::Scalar { base } => Some(Shape::of_base(*base, classes)),
            TypeTree::Text => Some(Shape::Text),
            TypeTree::Bytes => Some(Shape::Bytes),
            _ => None,
        }
    }

    /// The shape of a result: a boxed number is returned as the number or null.
    pub fn of_result(value: &Parameter, classes: &Classes<'_>) -> Shape {
        match &value.tree {
            TypeTree::Optional { of } if !value.ty.is_array() && !value.accepts.is_empty() => {
                match &**of {
                    TypeTree::Scalar { base } => {
                        Shape::Optional(Box::new(Shape::of_base(*base, classes)))
                    }
                    _ => Shape::of(value, classes),
                }
            }
            _ => Shape::of(value, classes),
        }
    }

    /// The shape of a value that is passed as an object, according to the
    /// meaning of its type.
    fn of_object(value: &Parameter, classes: &Classes<'_>) -> Shape {
        if !value.accepts.is_empty() {
            return Shape::plain(&value.accepts, classes);
        }
        match Shape::of_tree(&value.tree, classes, classes.with_key(&value.type_alias)) {
            Shape::Any if value.ty.base() == Some(Base::Handle) => Shape::Handle,
            Shape::Object(id, _) if Shape::plain_of(classes.get(id).class, classes).is_some() => {
                Shape::Handle
            }
            shape => shape,
        }
    }

    /// The shape of a value that is passed as an ABI type; elements that are
    /// objects are shaped by the meaning of their type.
    fn of_crossing(value: &Parameter, classes: &Classes<'_>) -> Shape {
        let element = Shape::of_element(value, classes);
        if !value.ty.is_array() {
            return match (&value.tree, element) {
                (TypeTree::Optional { .. }, element) => Shape::Optional(Box::new(element)),
                (_, element) => element,
            };
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

    fn of_element(value: &Parameter, classes: &Classes<'_>) -> Shape {
        let innermost = || {
            let (mut tree, mut rank) = (&value.tree, value.dimensions);
            loop {
                tree = match tree {
                    TypeTree::Array { of, rank: own, .. } => {
                        rank -= own;
                        of
                    }
                    TypeTree::Optional { of } => of,
                    TypeTree::List { of }
                    | TypeTree::Set { of }
                    | TypeTree::Iterator { of }
                    | TypeTree::Iterable { of }
                        if rank > 0 =>
                    {
                        rank -= 1;
                        of
                    }
                    _ => break,
                }
            }
            Shape::of_tree(tree, classes, classes.with_key(&value.type_alias))
        };
        match value.ty.base() {
            Some(Base::Any) if !value.accepts.is_empty() => Shape::plain(&value.accepts, classes),
            Some(Base::Handle) => match innermost() {
                Shape::Any => Shape::Handle,
                shape => shape,
            },
            Some(Base::Any | Base::Callable) => innermost(),
            Some(base) => Shape::of_base(base, classes),
            None => Shape::Any,
        }
    }

    /// The shape that a type means; `class` is the class that it is passed as.
    fn of_tree(tree: &TypeTree, classes: &Classes<'_>, class: Option<ClassId>) -> Shape {
        let part = |tree: &TypeTree| Shape::of_tree(tree, classes, None);
        let items = |of: &TypeTree| Shape::Items(Box::new(part(of)), class);
        match tree {
            TypeTree::Scalar { base } => Shape::of_base(*base, classes),
            TypeTree::Text => Shape::Text,
            TypeTree::Bytes => Shape::Bytes,
            TypeTree::None => Shape::Null,
            TypeTree::Optional { of } => match Shape::of_tree(of, classes, class) {
                Shape::Any => Shape::Any,
                shape => Shape::Optional(Box::new(shape)),
            },
            TypeTree::Array { of, rank, .. } if *rank >= 1 => {
                (0..*rank).fold(part(of), |inner, _| Shape::Array(Box::new(inner)))
            }
            TypeTree::List { of }
            | TypeTree::Set { of }
            | TypeTree::Iterator { of }
            | TypeTree::Iterable { of } => items(of),
            TypeTree::Map { key, value } => {
                Shape::Entries(Box::new(part(key)), Box::new(part(value)), class)
            }
            TypeTree::Function { parameters, results, .. } => {
                let result = match &results[..] {
                    [] => Shape::Null,
                    [only] => part(only),
                    _ => Shape::Any,
                };
                let parameters = parameters.as_ref();
                let parameters = parameters.map(|all| all.iter().map(part).collect());
                Shape::Function(parameters, Box::new(result))
            }
            TypeTree::Class { id, arguments } => match classes.with_key(id) {
                Some(class) => Shape::Object(class, arguments.iter().map(part).collect()),
                None => Shape::Any,
            },
            TypeTree::Variable { name } => Shape::Variable(name.clone()),
            TypeTree::Any
            | TypeTree::Array { .. }
            | TypeTree::Tuple { .. }
            | TypeTree::Foreign { .. }
            | TypeTree::Union { .. }
            | TypeTree::Literal { .. }
            | TypeTree::Awaitable { .. } => Shape::Any,
        }
    }

    /// The shape of a class's base.
    pub fn of_base_class(tree: &TypeTree, classes: &Classes<'_>) -> Shape {
        Shape::of_tree(tree, classes, None)
    }

    fn of_base(base: Base, classes: &Classes<'_>) -> Shape {
        match base {
            Base::Null => Shape::Null,
            Base::String8 | Base::String16 | Base::String32 => Shape::Text,
            Base::Handle => Shape::Handle,
            Base::Any => Shape::Any,
            Base::Callable => Shape::Function(None, Box::new(Shape::Any)),
            scalar => Shape::Scalar((classes.target().scalar)(scalar)),
        }
    }

    /// The shape that accepts plain values of these types.
    fn plain(accepts: &[Type], classes: &Classes<'_>) -> Shape {
        let mut shapes: Vec<Shape> = Vec::new();
        for shape in
            accepts.iter().filter_map(|ty| ty.base()).map(|base| Shape::of_base(base, classes))
        {
            if !shapes.contains(&shape) {
                shapes.push(shape);
            }
        }
        Shape::Plain(shapes)
    }

    /// The same with type parameters replaced by what they are bound to.
    pub fn bound(&self, bindings: &Bindings) -> Shape {
        let part = |shape: &Shape| Box::new(shape.bound(bindings));
        let all = |shapes: &[Shape]| shapes.iter().map(|shape| shape.bound(bindings)).collect();
        match self {
            Shape::Variable(name) => bindings.get(name).cloned().unwrap_or_else(|| self.clone()),
            Shape::Object(class, arguments) => Shape::Object(*class, all(arguments)),
            Shape::Optional(of) => Shape::Optional(part(of)),
            Shape::Function(parameters, result) => {
                Shape::Function(parameters.as_deref().map(all), part(result))
            }
            Shape::Items(of, class) => Shape::Items(part(of), *class),
            Shape::Entries(key, value, class) => Shape::Entries(part(key), part(value), *class),
            Shape::Array(of) => Shape::Array(part(of)),
            Shape::Packed(of) => Shape::Packed(part(of)),
            Shape::Plain(shapes) => Shape::Plain(all(shapes)),
            _ => self.clone(),
        }
    }

    /// The shape of one element; for a scalar, the shape itself.
    pub fn element(&self) -> &Shape {
        match self {
            Shape::Bytes => &Shape::Scalar(Base::Uint8),
            Shape::Array(element) | Shape::Packed(element) => element,
            scalar => scalar,
        }
    }

    /// Whether it has a fixed number of dimensions.
    pub fn is_array(&self) -> bool {
        matches!(self, Shape::Bytes | Shape::Array(_) | Shape::Packed(_))
    }

    /// Whether it is a number or a boolean.
    pub fn is_number(&self) -> bool {
        use Base::{Char8, Char16, Char32};
        matches!(self, Shape::Scalar(base) if !matches!(base, Char8 | Char16 | Char32))
    }

    /// Whether the guest may convert an argument of this shape to the type that
    /// it needs.
    pub fn is_converted(&self, classes: &Classes<'_>) -> bool {
        match self {
            Shape::Function(..) | Shape::Items(..) | Shape::Entries(..) => true,
            Shape::Optional(of) => of.is_converted(classes),
            Shape::Object(class, _) => classes.get(*class).class.kind.is_interface(),
            _ => false,
        }
    }

    /// Whether a result of this shape is an object or contains objects.
    pub fn is_lifted(&self) -> bool {
        match self {
            Shape::Object(..)
            | Shape::Value(..)
            | Shape::Handle
            | Shape::Any
            | Shape::Variable(_)
            | Shape::Plain(_)
            | Shape::Function(..)
            | Shape::Items(..)
            | Shape::Entries(..) => true,
            Shape::Optional(of) | Shape::Array(of) => of.is_lifted(),
            _ => false,
        }
    }

    /// Whether an argument of this shape is a function that receives objects.
    pub fn is_wrapped(&self) -> bool {
        match self {
            Shape::Function(parameters, _) => {
                parameters.as_ref().is_none_or(|all| all.iter().any(Shape::is_lifted))
            }
            Shape::Optional(of) | Shape::Array(of) => of.is_wrapped(),
            _ => false,
        }
    }

    /// Calls `visit` with the name of each type parameter in the shape.
    pub fn each_variable(&self, visit: &mut dyn FnMut(&str)) {
        match self {
            Shape::Variable(name) => visit(name),
            Shape::Object(_, shapes) | Shape::Plain(shapes) => {
                shapes.iter().for_each(|shape| shape.each_variable(visit));
            }
            Shape::Optional(of) | Shape::Items(of, _) | Shape::Array(of) | Shape::Packed(of) => {
                of.each_variable(visit)
            }
            Shape::Entries(key, value, _) => {
                key.each_variable(visit);
                value.each_variable(visit);
            }
            Shape::Function(parameters, result) => {
                let parameters = parameters.iter().flatten();
                parameters.chain([&**result]).for_each(|shape| shape.each_variable(visit));
            }
            _ => {}
        }
    }

    /// Whether it is an array of text or of arrays, whose elements may be null.
    pub fn may_contain_null(&self) -> bool {
        match self {
            Shape::Array(of) => of.is_array() || **of == Shape::Text,
            Shape::Optional(of) => of.may_contain_null(),
            _ => false,
        }
    }

    /// A measure of how much the shape accepts. What both this shape and one of
    /// greater width accept is certainly taken by this one.
    pub fn width(&self, classes: &Classes<'_>) -> u32 {
        const MAX_ELEMENT_WIDTH: u32 = 100_000;
        match self {
            Shape::Null => 0,
            Shape::Scalar(Base::Bool) => 1,
            Shape::Scalar(Base::Float32 | Base::Float64) => 4,
            Shape::Scalar(_) => 2,
            Shape::Text => 3,
            Shape::Object(class, _) => {
                let ancestors = classes.get(*class).lineage.len();
                1000_u32.saturating_sub(u32::try_from(ancestors).unwrap_or(u32::MAX)).max(10)
            }
            Shape::Optional(of) | Shape::Value(_, of) => of.width(classes),
            Shape::Function(..) => 1000,
            Shape::Bytes | Shape::Array(_) | Shape::Packed(_) => {
                2000 + self.element().width(classes).min(MAX_ELEMENT_WIDTH)
            }
            Shape::Items(..) | Shape::Entries(..) => 200_000,
            Shape::Plain(_) => 9_000_000,
            Shape::Handle => 10_000_000,
            Shape::Any | Shape::Variable(_) => 10_000_001,
        }
    }

    /// The shape of the innermost elements.
    pub fn innermost(&self) -> &Shape {
        match self {
            Shape::Optional(of) if of.is_array() => of.innermost(),
            _ if self.is_array() => self.element().innermost(),
            _ => self,
        }
    }
}
