//! Types as declared in the source, including type arguments and variables.
//!
//! The JVM's types (`JavaType`), by which entities are loaded, are kept next to them. Makes no
//! decisions about the IDL.

use std::collections::HashMap;

use crate::java::{JavaBase, JavaType};

/// A declared type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Generic {
    pub(crate) kind: GenericKind,
    /// Whether null is a value of it, if an annotation says so.
    pub(crate) nullable: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum GenericKind {
    /// Never `JavaBase::Class`.
    Primitive(JavaBase),
    Class {
        /// The binary name.
        name: String,
        /// The arguments of its outer classes, if it is an inner class, followed by its own. Empty
        /// for a raw type. A wildcard is represented by its bound, or by `None` if it has none.
        arguments: Vec<Option<Generic>>,
    },
    Variable(String),
    Array(Box<Generic>),
}

/// A type parameter of a class or a method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct JavaVariable {
    pub(crate) name: String,
    /// Without `Object`, which is a bound of every variable.
    pub(crate) bounds: Vec<Generic>,
}

/// The JVM's type of a value, and its declared type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct JavaValue {
    pub(crate) ty: JavaType,
    pub(crate) generic: Generic,
}

/// The types of variables.
pub(crate) type Substitution = HashMap<String, Generic>;

impl Generic {
    pub(crate) fn of(kind: GenericKind) -> Generic {
        Generic { kind, nullable: None }
    }

    /// A class without arguments.
    pub(crate) fn class(name: impl Into<String>) -> Generic {
        Generic::of(GenericKind::Class { name: name.into(), arguments: Vec::new() })
    }

    /// A class with its own variables as arguments: the type of `this` in it.
    pub(crate) fn this(name: &str, variables: &[JavaVariable]) -> Generic {
        let variable =
            |own: &JavaVariable| Some(Generic::of(GenericKind::Variable(own.name.clone())));
        let arguments = variables.iter().map(variable).collect();
        Generic::of(GenericKind::Class { name: name.to_owned(), arguments })
    }

    /// The JVM's type as a generic type.
    pub(crate) fn erased(ty: &JavaType) -> Generic {
        let element = Generic::of(match &ty.base {
            JavaBase::Class(name) => {
                GenericKind::Class { name: name.clone(), arguments: Vec::new() }
            }
            primitive => GenericKind::Primitive(primitive.clone()),
        });
        (0..ty.dimensions).fold(element, |of, _| Generic::of(GenericKind::Array(Box::new(of))))
    }

    /// The binary name of a class.
    pub(crate) fn class_name(&self) -> Option<&str> {
        match &self.kind {
            GenericKind::Class { name, .. } => Some(name),
            _ => None,
        }
    }

    /// The arguments of a class.
    pub(crate) fn arguments(&self) -> &[Option<Generic>] {
        match &self.kind {
            GenericKind::Class { arguments, .. } => arguments,
            _ => &[],
        }
    }

    /// Whether the JVM's type may be the erasure of this one.
    pub(crate) fn fits(&self, ty: &JavaType) -> bool {
        let (mut inner, mut dimensions) = (self, 0);
        while let GenericKind::Array(of) = &inner.kind {
            inner = of;
            dimensions += 1;
        }
        dimensions == ty.dimensions
            && match &inner.kind {
                GenericKind::Primitive(base) => *base == ty.base,
                GenericKind::Class { name, .. } => ty.base == JavaBase::Class(name.clone()),
                _ => matches!(ty.base, JavaBase::Class(_)),
            }
    }

    /// The same type with variables replaced.
    pub(crate) fn substitute(&self, with: &Substitution) -> Generic {
        let kind = match &self.kind {
            GenericKind::Primitive(_) => self.kind.clone(),
            GenericKind::Variable(name) => match with.get(name) {
                Some(found) => {
                    return Generic { nullable: self.nullable.or(found.nullable), ..found.clone() };
                }
                None => self.kind.clone(),
            },
            GenericKind::Array(of) => GenericKind::Array(Box::new(of.substitute(with))),
            GenericKind::Class { name, arguments } => GenericKind::Class {
                name: name.clone(),
                arguments: arguments
                    .iter()
                    .map(|argument| argument.as_ref().map(|argument| argument.substitute(with)))
                    .collect(),
            },
        };
        Generic { kind, nullable: self.nullable }
    }

    /// Calls `visit` with the name of every class in it.
    pub(crate) fn each_class(&self, visit: &mut dyn FnMut(&str)) {
        match &self.kind {
            GenericKind::Primitive(_) | GenericKind::Variable(_) => {}
            GenericKind::Array(of) => of.each_class(visit),
            GenericKind::Class { name, arguments } => {
                visit(name);
                arguments.iter().flatten().for_each(|argument| argument.each_class(visit));
            }
        }
    }
}

impl JavaValue {
    pub(crate) fn substitute(&self, with: &Substitution) -> JavaValue {
        JavaValue { ty: self.ty.clone(), generic: self.generic.substitute(with) }
    }
}

impl JavaVariable {
    /// The type that it has without an argument: its first bound, or `Object`.
    pub(crate) fn erasure(&self) -> Generic {
        self.bounds.first().cloned().unwrap_or_else(|| Generic::class("java.lang.Object"))
    }
}

/// The types of a class's variables when it is used with `arguments`; their erasures if there are
/// none, or too few.
pub(crate) fn substitution(
    variables: &[JavaVariable],
    arguments: &[Option<Generic>],
) -> Substitution {
    // The arguments of the outer classes come first.
    let around = arguments.len().checked_sub(variables.len());
    let given = |index: usize| around.and_then(|around| arguments.get(around + index));
    let erasures: Substitution = variables
        .iter()
        .map(|variable| (variable.name.clone(), Generic::class("java.lang.Object")))
        .collect();
    let mean = |(index, variable): (usize, &JavaVariable)| {
        let argument = given(index).cloned().flatten();
        let means = argument.unwrap_or_else(|| variable.erasure().substitute(&erasures));
        (variable.name.clone(), means)
    };
    variables.iter().enumerate().map(mean).collect()
}
