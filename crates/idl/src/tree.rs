//! Type trees: types as a person names them, and how their values cross.

use serde::Serialize;

use crate::literal::Literal;
use crate::types::{Base, Type};

/// A type in terms of its language.
///
/// It determines how a value crosses (the ABI's type): [`TypeTree::crossing`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum TypeTree {
    /// A number, a boolean, a character, a size.
    Scalar {
        /// The ABI's type.
        #[serde(rename = "type")]
        base: Base,
    },
    /// A string.
    Text,
    /// A sequence of bytes.
    Bytes,
    /// Anything.
    Any,
    /// Only null.
    None,
    /// `of`, or null.
    Optional {
        /// The type if it is not null.
        of: Box<TypeTree>,
    },
    /// An array of values of one type.
    Array {
        /// The innermost elements' type.
        of: Box<TypeTree>,
        /// The number of dimensions, −1 if unknown.
        rank: i32,
        /// Whether it crosses as one contiguous buffer.
        #[serde(skip_serializing_if = "is_false")]
        packed: bool,
    },
    /// A list of variable length: `java.util.List`, `list`.
    List {
        /// The elements' type.
        of: Box<TypeTree>,
    },
    /// Keys, each with a value.
    Map {
        /// The keys' type.
        key: Box<TypeTree>,
        /// The values' type.
        value: Box<TypeTree>,
    },
    /// Distinct values without order.
    Set {
        /// The elements' type.
        of: Box<TypeTree>,
    },
    /// Yields one value after another, once.
    Iterator {
        /// The elements' type.
        of: Box<TypeTree>,
    },
    /// Can be iterated over repeatedly.
    Iterable {
        /// The elements' type.
        of: Box<TypeTree>,
    },
    /// A fixed number of values of these types.
    Tuple {
        /// The types in order.
        items: Vec<TypeTree>,
    },
    /// A function.
    Function {
        /// The parameter types; `None` if it takes any arguments.
        #[serde(skip_serializing_if = "Option::is_none")]
        parameters: Option<Vec<TypeTree>>,
        /// The result types.
        results: Vec<TypeTree>,
        /// The exceptions that it may raise.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        raises: Vec<TypeTree>,
    },
    /// A class that the IDL describes.
    Class {
        /// The [`id`](crate::Class::id) of the class.
        id: String,
        /// Its type arguments.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        arguments: Vec<TypeTree>,
    },
    /// A class that the IDL does not describe, with its name in its own
    /// language.
    Foreign {
        /// The name.
        name: String,
        /// Its type arguments.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        arguments: Vec<TypeTree>,
    },
    /// A type parameter.
    Variable {
        /// Its name.
        name: String,
    },
    /// One of several types.
    Union {
        /// The types.
        items: Vec<TypeTree>,
    },
    /// One of these values.
    Literal {
        /// The values.
        values: Vec<Literal>,
    },
    /// Yields a value later.
    Awaitable {
        /// The value's type.
        of: Box<TypeTree>,
    },
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// How a value of a type crosses: the ABI's type, its rank, and its alias.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crossing {
    /// The ABI's type.
    pub ty: Type,
    /// 0 for a scalar, n ≥ 1 for an array, −1 for mixed or unknown.
    pub dimensions: i32,
    /// The name in its own language, or empty.
    pub alias: String,
}

impl Crossing {
    fn scalar(base: Base) -> Crossing {
        Crossing { ty: base.into(), dimensions: 0, alias: String::new() }
    }

    fn handle(alias: &str) -> Crossing {
        Crossing { alias: alias.to_owned(), ..Crossing::scalar(Base::Handle) }
    }
}

/// The trees directly below `$tree`, with its kind of borrow; `$each` iterates
/// over a list.
macro_rules! parts {
    ($tree:expr, $each:ident) => {
        match $tree {
            TypeTree::Optional { of }
            | TypeTree::Array { of, .. }
            | TypeTree::List { of }
            | TypeTree::Set { of }
            | TypeTree::Iterator { of }
            | TypeTree::Iterable { of }
            | TypeTree::Awaitable { of } => vec![of],
            TypeTree::Map { key, value } => vec![key, value],
            TypeTree::Tuple { items } | TypeTree::Union { items } => items.$each().collect(),
            TypeTree::Function { parameters, results, raises } => {
                parameters.$each().flatten().chain(results).chain(raises).collect()
            }
            TypeTree::Class { arguments, .. } | TypeTree::Foreign { arguments, .. } => {
                arguments.$each().collect()
            }
            TypeTree::Scalar { .. }
            | TypeTree::Text
            | TypeTree::Bytes
            | TypeTree::Any
            | TypeTree::None
            | TypeTree::Variable { .. }
            | TypeTree::Literal { .. } => Vec::new(),
        }
    };
}

impl TypeTree {
    /// A scalar.
    pub fn scalar(base: Base) -> TypeTree {
        TypeTree::Scalar { base }
    }

    /// A class without arguments, described or not.
    pub fn foreign(name: impl Into<String>) -> TypeTree {
        TypeTree::Foreign { name: name.into(), arguments: Vec::new() }
    }

    /// `self` or null. A type that already includes null is unchanged.
    #[must_use]
    pub fn or_none(self) -> TypeTree {
        match self {
            TypeTree::Optional { .. } | TypeTree::Any | TypeTree::None => self,
            of => TypeTree::Optional { of: Box::new(of) },
        }
    }

    /// The tree for an ABI type, if there is no better description.
    pub fn of_crossing(ty: Type, dimensions: i32, alias: &str) -> TypeTree {
        let Some(base) = ty.base() else {
            return TypeTree::Array {
                of: Box::new(TypeTree::Any),
                rank: dimensions,
                packed: false,
            };
        };
        if base == Base::Uint8 && dimensions == 1 && alias.is_empty() {
            return TypeTree::Bytes;
        }
        let of = TypeTree::of_base(base, alias);
        if !ty.is_array() {
            return of;
        }
        TypeTree::Array { of: Box::new(of), rank: dimensions, packed: ty.is_packed() }
    }

    fn of_base(base: Base, alias: &str) -> TypeTree {
        match base {
            Base::Any | Base::Handle if alias.is_empty() => TypeTree::Any,
            Base::Any | Base::Handle => TypeTree::foreign(alias),
            Base::String8 | Base::String16 | Base::String32 => TypeTree::Text,
            Base::Null => TypeTree::None,
            Base::Callable => {
                let results = vec![TypeTree::Any];
                TypeTree::Function { parameters: None, results, raises: Vec::new() }
            }
            base => TypeTree::Scalar { base },
        }
    }

    /// How a value of this type crosses, unless its reader specifies otherwise.
    pub fn crossing(&self) -> Crossing {
        match self {
            TypeTree::Scalar { base } => Crossing::scalar(*base),
            TypeTree::Text => Crossing::scalar(Base::String8),
            TypeTree::Bytes => Crossing {
                ty: Type::array(Base::Uint8).unwrap_or(Type::ARRAY),
                dimensions: 1,
                alias: String::new(),
            },
            TypeTree::None => Crossing::scalar(Base::Null),
            TypeTree::Array { of, rank, packed } => of.array_crossing(*rank, *packed),
            TypeTree::Function { .. } => Crossing::scalar(Base::Callable),
            TypeTree::Class { id: name, .. } | TypeTree::Foreign { name, .. } => {
                Crossing::handle(name)
            }
            TypeTree::Any
            | TypeTree::Optional { .. }
            | TypeTree::List { .. }
            | TypeTree::Map { .. }
            | TypeTree::Set { .. }
            | TypeTree::Iterator { .. }
            | TypeTree::Iterable { .. }
            | TypeTree::Tuple { .. }
            | TypeTree::Variable { .. }
            | TypeTree::Union { .. }
            | TypeTree::Literal { .. }
            | TypeTree::Awaitable { .. } => Crossing::scalar(Base::Any),
        }
    }

    fn array_crossing(&self, rank: i32, packed: bool) -> Crossing {
        let element = self.crossing();
        let base = element.ty.base().filter(|_| element.dimensions == 0 && rank >= 1);
        let packed = base.filter(|_| packed).and_then(Type::packed);
        let ty = packed.or_else(|| base.and_then(Type::array)).unwrap_or(Type::ARRAY);
        Crossing { ty, dimensions: rank, alias: element.alias }
    }

    /// The trees directly below this one.
    pub fn parts(&self) -> Vec<&TypeTree> {
        parts!(self, iter)
    }

    /// The trees directly below this one, mutably.
    pub fn parts_mut(&mut self) -> Vec<&mut TypeTree> {
        parts!(self, iter_mut)
    }

    /// Calls `visit` for this tree and all below it, outer trees first.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a TypeTree)) {
        visit(self);
        for part in self.parts() {
            part.walk(visit);
        }
    }
}
