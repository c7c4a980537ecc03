//! Declared Java types as trees of the IDL.
//!
//! | Java | tree |
//! |---|---|
//! | primitives, `String`, `Object` | scalars, text, any |
//! | boxes | the scalar; optional, but as an argument of another type |
//! | `byte[]`, arrays | bytes, arrays |
//! | `List`, `Collection`, `Set`, `Map`, `Iterator`, `Iterable` | list, set, map, iterator, iterable |
//! | functional interfaces that a caller passes | functions |
//! | any other class | the class with its arguments |
//! | a wildcard | what bounds it, else any |
//!
//! A functional interface that comes out is the class: it has more than its one
//! method. Where a function takes what comes out, and gives what goes in, that
//! is turned round.

use std::cell::RefCell;

use metaffi_idl::{Base, TypeTree};

use crate::functional::{FunctionalInterfaces, SingleMethod};
use crate::generic::{Generic, GenericKind};
use crate::java::{JavaBase, JavaClass};
use crate::visible::ClassSet;

/// Which way a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// From the caller: a parameter.
    In,
    /// To the caller: a result, a field.
    Out,
}

impl Way {
    fn back(self) -> Way {
        match self {
            Way::In => Way::Out,
            Way::Out => Way::In,
        }
    }
}

/// Functions of functions of functions, and not deeper: an interface may take
/// and give ever more of itself.
const DEEPEST_FUNCTION: usize = 4;

/// What has a tree of its own, the most special first.
const COLLECTIONS: &[&str] = &[
    "java.util.Map",
    "java.util.List",
    "java.util.Set",
    "java.util.Collection",
    "java.util.Iterator",
    "java.lang.Iterable",
];

/// Makes trees of the types that the classes of a set declare.
pub(crate) struct Trees<'s> {
    functional: FunctionalInterfaces<'s>,
    /// The functions that the type stands in which is made just now.
    around: RefCell<Vec<Generic>>,
}

/// Where a type stands.
#[derive(Clone, Copy)]
struct At {
    way: Way,
    /// Whether it is an argument of another type, where primitives cannot be.
    is_argument: bool,
}

impl<'s> Trees<'s> {
    pub(crate) fn of(classes: &'s ClassSet) -> Self {
        let functional = FunctionalInterfaces::of(classes);
        Trees { functional, around: RefCell::default() }
    }

    /// The type of a value. `is_null_marked`: what says nothing is not null.
    pub(crate) fn value(&self, ty: &Generic, way: Way, is_null_marked: bool) -> TypeTree {
        self.tree(ty, At { way, is_argument: is_null_marked })
    }

    /// The type that a class derives from, bounds or throws: always a class.
    pub(crate) fn named(&self, ty: &Generic) -> TypeTree {
        let at = At { way: Way::Out, is_argument: true };
        match &ty.kind {
            GenericKind::Class { name, arguments } => self.class(name, arguments, at),
            _ => self.tree(ty, at),
        }
    }

    /// What objects of `class` can be used as: those of a functional interface
    /// as a function, others as the nearest of the collections that they are.
    pub(crate) fn behaviour(&self, class: &JavaClass) -> Option<TypeTree> {
        let at = At { way: Way::Out, is_argument: true };
        let this = class.this();
        if let Some(method) = self.functional.single_method(&class.name) {
            return Some(self.function(&this, &method, at));
        }
        let inherited = self.functional.classes.inherited(class);
        let ancestors: Vec<Generic> =
            inherited.map(|(above, means)| above.this().substitute(&means)).collect();
        let all = || std::iter::once(&this).chain(&ancestors);
        let found =
            COLLECTIONS.iter().find_map(|name| all().find(|one| one.class_name() == Some(name)));
        found.map(|collection| self.tree(collection, at))
    }

    /// The name of the method that calls an object of the functional interface.
    pub(crate) fn called_method(&self, class: &JavaClass) -> Option<String> {
        self.functional.single_method(&class.name).map(|method| method.name.clone())
    }

    fn tree(&self, ty: &Generic, at: At) -> TypeTree {
        let tree = match &ty.kind {
            GenericKind::Primitive(base) => return TypeTree::scalar(scalar(base)),
            GenericKind::Variable(name) => TypeTree::Variable { name: name.clone() },
            GenericKind::Array(of) => self.array(of, at),
            GenericKind::Class { name, arguments } => match boxed(name) {
                Some(base) if at.is_argument || ty.nullable == Some(false) => {
                    TypeTree::scalar(base)
                }
                Some(base) => TypeTree::scalar(base).or_none(),
                None => self.known(ty, name, arguments, at),
            },
        };
        if ty.nullable == Some(true) { tree.or_none() } else { tree }
    }

    fn array(&self, of: &Generic, at: At) -> TypeTree {
        let (mut element, mut rank) = (of, 1);
        while let GenericKind::Array(inner) = &element.kind {
            element = inner;
            rank += 1;
        }
        let of = match &element.kind {
            GenericKind::Primitive(JavaBase::Byte) if rank == 1 => return TypeTree::Bytes,
            GenericKind::Primitive(JavaBase::Byte) => TypeTree::scalar(Base::Uint8),
            _ => self.tree(element, At { is_argument: true, ..at }),
        };
        TypeTree::Array { of: Box::new(of), rank, packed: false }
    }

    /// The classes that every language has one of its own for.
    fn known(&self, ty: &Generic, name: &str, arguments: &[Option<Generic>], at: At) -> TypeTree {
        let argument = |index| Box::new(self.argument(arguments, index, at));
        match name {
            "java.lang.String" => TypeTree::Text,
            "java.lang.Object" => TypeTree::Any,
            "java.lang.Void" => TypeTree::None,
            "java.util.List" | "java.util.Collection" => TypeTree::List { of: argument(0) },
            "java.util.Set" => TypeTree::Set { of: argument(0) },
            "java.util.Map" => TypeTree::Map { key: argument(0), value: argument(1) },
            "java.util.Iterator" => TypeTree::Iterator { of: argument(0) },
            "java.lang.Iterable" => TypeTree::Iterable { of: argument(0) },
            _ => match self.passed_function(ty, at) {
                Some(method) => self.function(ty, &method, At { is_argument: true, ..at }),
                None => self.class(name, arguments, at),
            },
        }
    }

    /// The method of a functional interface that a caller passes; not within
    /// itself.
    fn passed_function(&self, ty: &Generic, at: At) -> Option<SingleMethod> {
        let around = self.around.borrow();
        let may_be = at.way == Way::In && around.len() < DEEPEST_FUNCTION && !around.contains(ty);
        may_be.then(|| self.functional.used(ty)).flatten()
    }

    /// A function that goes the way of `at`.
    fn function(&self, ty: &Generic, method: &SingleMethod, at: At) -> TypeTree {
        self.around.borrow_mut().push(ty.clone());
        let against = At { way: at.way.back(), ..at };
        let function = TypeTree::Function {
            parameters: Some(method.parameters.iter().map(|ty| self.tree(ty, against)).collect()),
            results: method.result.iter().map(|ty| self.tree(ty, at)).collect(),
            raises: method.throws.iter().map(|ty| self.named(ty)).collect(),
        };
        self.around.borrow_mut().pop();
        function
    }

    fn class(&self, name: &str, arguments: &[Option<Generic>], at: At) -> TypeTree {
        let arguments =
            (0..arguments.len()).map(|index| self.argument(arguments, index, at)).collect();
        TypeTree::Foreign { name: name.to_owned(), arguments }
    }

    fn argument(&self, arguments: &[Option<Generic>], index: usize, at: At) -> TypeTree {
        match arguments.get(index) {
            Some(Some(argument)) => self.tree(argument, At { is_argument: true, ..at }),
            _ => TypeTree::Any,
        }
    }
}

fn scalar(base: &JavaBase) -> Base {
    match base {
        JavaBase::Boolean => Base::Bool,
        JavaBase::Byte => Base::Int8,
        JavaBase::Short => Base::Int16,
        JavaBase::Int => Base::Int32,
        JavaBase::Long => Base::Int64,
        JavaBase::Float => Base::Float32,
        JavaBase::Double => Base::Float64,
        JavaBase::Char => Base::Char16,
        JavaBase::Class(_) => Base::Handle,
    }
}

fn boxed(class: &str) -> Option<Base> {
    Some(match class.strip_prefix("java.lang.")? {
        "Boolean" => Base::Bool,
        "Byte" => Base::Int8,
        "Short" => Base::Int16,
        "Integer" => Base::Int32,
        "Long" => Base::Int64,
        "Float" => Base::Float32,
        "Double" => Base::Float64,
        "Character" => Base::Char16,
        _ => return None,
    })
}
