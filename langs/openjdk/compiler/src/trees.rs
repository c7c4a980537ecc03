//! Converts declared Java types to type trees of the IDL.
//!
//! | Java | tree |
//! |---|---|
//! | primitives, `String`, `Object` | scalars, text, any |
//! | boxes | the scalar; optional, except as a type argument |
//! | `byte[]`, arrays | bytes, arrays |
//! | `List`, `Collection`, `Set`, `Map`, `Iterator`, `Iterable` | list, set, map, iterator, iterable |
//! | functional interfaces that a caller passes | functions |
//! | any other class | the class with its arguments |
//! | a wildcard | its bound, or else any |
//!
//! A functional interface as a result is the class, because it has more than its one method. Inside
//! a function the directions of parameters are reversed.

use std::cell::RefCell;

use metaffi_idl::{Base, TypeTree};

use crate::functional::{FunctionalInterfaces, SingleMethod};
use crate::generic::{Generic, GenericKind};
use crate::java::{JavaBase, JavaClass};
use crate::visible::ClassSet;

/// The direction of a value.
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

/// The maximum nesting of functions in functions: an interface may use itself in its parameters and
/// results without end.
const MAX_FUNCTION_DEPTH: usize = 4;

/// Classes with a tree of their own, the most specific first.
const COLLECTIONS: &[&str] = &[
    "java.util.Map",
    "java.util.List",
    "java.util.Set",
    "java.util.Collection",
    "java.util.Iterator",
    "java.lang.Iterable",
];

/// Makes type trees of the declared types in a set of classes.
pub(crate) struct Trees<'s> {
    functional: FunctionalInterfaces<'s>,
    /// The functions around the type that is being converted.
    around: RefCell<Vec<Generic>>,
}

/// The position of a type.
#[derive(Clone, Copy)]
struct At {
    way: Way,
    /// Whether it is a type argument, which cannot be primitive.
    is_argument: bool,
}

impl<'s> Trees<'s> {
    pub(crate) fn of(classes: &'s ClassSet) -> Self {
        let functional = FunctionalInterfaces::of(classes);
        Trees { functional, around: RefCell::default() }
    }

    /// The type of a value. `is_null_marked`: unannotated types are not null.
    pub(crate) fn value(&self, ty: &Generic, way: Way, is_null_marked: bool) -> TypeTree {
        self.tree(ty, At { way, is_argument: is_null_marked })
    }

    /// The type of a base class, a bound or an exception, which is always a class.
    pub(crate) fn named(&self, ty: &Generic) -> TypeTree {
        let at = At { way: Way::Out, is_argument: true };
        match &ty.kind {
            GenericKind::Class { name, arguments } => self.class(name, arguments, at),
            _ => self.tree(ty, at),
        }
    }

    /// How objects of `class` can be used: as a function for a functional interface, or else as the
    /// most specific collection that they are.
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

    /// Classes that have a counterpart in every language.
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

    /// The method of a functional interface that a caller passes; not inside itself.
    fn passed_function(&self, ty: &Generic, at: At) -> Option<SingleMethod> {
        let around = self.around.borrow();
        let may_be = at.way == Way::In && around.len() < MAX_FUNCTION_DEPTH && !around.contains(ty);
        may_be.then(|| self.functional.of_type(ty)).flatten()
    }

    /// A function with the direction of `at`.
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
