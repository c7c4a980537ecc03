//! Parameters: the Rust type that a caller uses, the type of the entity, and the conversion
//! in between.

use metaffi_idl::{Base, Parameter, TypeTree};
use metaffi_stubs::{Argument, ClassId, Shape};

use crate::spelling::{Scope, Spelling};

/// The maximum number of parameters of a function that is passed.
pub(crate) const MOST_IN_FUNCTION: usize = 8;

/// A parameter.
#[derive(Debug)]
pub(crate) struct Passed {
    /// The type that a caller uses.
    pub(crate) ty: String,
    /// Type parameters with their bounds, which it needs.
    pub(crate) generics: Vec<String>,
    /// The type of the entity's parameter.
    pub(crate) entity: String,
    /// The guest's name of the type.
    pub(crate) alias: String,
    /// The closure that is converted to a value before the call.
    pub(crate) closure: Option<Closure>,
    /// The expression that is passed.
    pub(crate) pass: String,
}

/// A closure, and how it is called: `f(in_0: i64)`.
#[derive(Debug)]
pub(crate) struct Closure {
    pub(crate) name: String,
    pub(crate) call: String,
}

/// The type that a caller uses, the entity's type, and the expression that is passed.
type Plain = (String, String, String);

pub(crate) struct Parameters<'s, 'c, 'a> {
    pub(crate) spelling: &'s Spelling<'c, 'a>,
    pub(crate) scope: &'s mut Scope,
}

impl Parameters<'_, '_, '_> {
    /// A parameter under its Rust name.
    pub(crate) fn of(&mut self, argument: &Argument<'_>, name: &str) -> Passed {
        let declared = argument.declared;
        let shape = present(shape_of(argument), declared);
        let is_handle = declared.ty.base() == Some(Base::Handle);
        let is_converted = shape.innermost().is_converted(self.spelling.classes);
        // An object of a class that is also a function may be used as an object.
        let is_function_class = declared.ty.base() == Some(Base::Callable)
            && matches!(shape.innermost(), Shape::Object(..));
        let is_any =
            declared.ty.base() == Some(Base::Any) || is_handle && is_converted || is_function_class;
        let (generics, closure, (ty, entity, pass)) = self.plan(&shape, name, is_any);
        let alias = declared.type_alias.clone();
        if declared.ty.base().is_none() {
            let (ty, entity, pass) = self.anything(name);
            return Passed { ty, generics: Vec::new(), entity, alias, closure: None, pass };
        }
        Passed { ty, generics, entity, alias, closure, pass }
    }

    /// The same for arguments that are collected as values: objects in an array are
    /// values, and no types are declared.
    pub(crate) fn as_value(&mut self, shape: Shape, argument: &Argument<'_>, name: &str) -> Passed {
        let declared = argument.declared;
        let alias = declared.type_alias.clone();
        let shape = present(shape, declared);
        let (generics, closure, (ty, entity, pass)) = match declared.ty.base() {
            None => (Vec::new(), None, self.anything(name)),
            Some(_) => self.plan(&shape, name, false),
        };
        Passed { ty, generics, entity, alias, closure, pass }
    }

    fn plan(
        &mut self,
        shape: &Shape,
        name: &str,
        is_any: bool,
    ) -> (Vec<String>, Option<Closure>, Plain) {
        if let Some(plain) = self.plain(shape, name) {
            return (Vec::new(), None, converted(plain, is_any));
        }
        match shape {
            Shape::Function(Some(takes), gives) if takes.len() <= MOST_IN_FUNCTION => {
                return self.closure(takes, gives, name, is_any);
            }
            Shape::Items(of, _) => return (Vec::new(), None, self.collection(of, name)),
            Shape::Entries(key, value, _) => return self.mapping(key, value, name),
            Shape::Array(of) if !matches!(**of, Shape::Array(_) | Shape::Object(..)) => {
                return (Vec::new(), None, self.array(of, name));
            }
            _ => {}
        }
        (Vec::new(), None, self.object(shape, name, is_any))
    }

    /// A type that is or contains objects, or is any type.
    fn object(&mut self, shape: &Shape, name: &str, is_any: bool) -> Plain {
        let spelling = self.spelling;
        match shape {
            Shape::Object(id, arguments) => {
                let class = spelling.class(*id, arguments, self.scope);
                self.instance(&class, name, is_any)
            }
            Shape::Handle => self.instance("stubs::Reference", name, is_any),
            Shape::Optional(of) if matches!(**of, Shape::Object(..) | Shape::Handle) => {
                self.object(of, name, is_any)
            }
            Shape::Variable(variable) => match self.scope.name(variable) {
                Some(own) => (
                    format!("impl {}<{own}>", spelling.std("Into")),
                    "stubs::Value".to_owned(),
                    format!("stubs::any::<{own}>({name})"),
                ),
                None => self.anything(name),
            },
            Shape::Optional(of) => self.optional(of, name, is_any),
            Shape::Function(..) => converted(
                ("&stubs::Callable".into(), "&stubs::Callable".into(), name.into()),
                is_any,
            ),
            Shape::Array(of) => match &**of {
                Shape::Object(id, arguments) => self.objects(*id, arguments, name, is_any),
                _ => self.anything(name),
            },
            _ => self.anything(name),
        }
    }

    fn instance(&self, class: &str, name: &str, is_any: bool) -> Plain {
        let entity = self.spelling.option("&stubs::Handle");
        let plain = (format!("&impl stubs::Is<{class}>"), entity, format!("{name}.reference()?"));
        converted(plain, is_any)
    }

    fn objects(&self, id: ClassId, arguments: &[Shape], name: &str, is_any: bool) -> Plain {
        let class = self.spelling.class(id, arguments, self.scope);
        let ty = format!("&[&dyn stubs::Is<{class}>]");
        match is_any {
            true => (ty, self.spelling.vec("stubs::Value"), format!("stubs::values({name})?")),
            false => {
                let entity = self.spelling.vec(&self.spelling.option("stubs::Handle"));
                (ty, entity, format!("stubs::references({name})?"))
            }
        }
    }

    fn optional(&mut self, of: &Shape, name: &str, is_any: bool) -> Plain {
        let option = |of: &str| self.spelling.option(of);
        let value = |ty: String, pass: String| (ty, "stubs::Value".to_owned(), pass);
        match of {
            Shape::Variable(variable) => match self.scope.name(variable) {
                Some(own) => value(option(own), format!("{name}.into()")),
                None => self.anything(name),
            },
            Shape::Function(..) => {
                let ty = option("&stubs::Callable");
                converted((ty.clone(), ty, name.to_owned()), is_any)
            }
            _ => self.anything(name),
        }
    }

    pub(crate) fn anything(&self, name: &str) -> Plain {
        let ty = format!("impl {}<stubs::Value>", self.spelling.std("Into"));
        (ty, "stubs::Value".to_owned(), format!("{name}.into()"))
    }

    /// A type that is passed without a conversion.
    fn plain(&self, shape: &Shape, name: &str) -> Option<Plain> {
        let same = |ty: String| Some((ty.clone(), ty, name.to_owned()));
        match shape {
            Shape::Scalar(Base::Char8) => Some(unit("stubs::Char8", name)),
            Shape::Scalar(Base::Char16) => Some(unit("stubs::Char16", name)),
            Shape::Scalar(base) => same(Spelling::scalar(*base).to_owned()),
            Shape::Text => same("&str".to_owned()),
            Shape::Bytes => same("&[u8]".to_owned()),
            Shape::Value(id, _) => same(self.spelling.classes.get(*id).name.clone()),
            Shape::Array(of) if **of == Shape::Text => same("&[&str]".to_owned()),
            Shape::Array(of) | Shape::Packed(of) => match &**of {
                Shape::Value(id, inner) => {
                    let class = &self.spelling.classes.get(*id).name;
                    let copied = if inner.is_number() { "" } else { ".clone()" };
                    let inner = self.spelling.element(inner, self.scope);
                    let pass = format!("{name}.iter().map(|one| one.0{copied}).collect()");
                    Some((format!("&[{class}]"), self.spelling.vec(&inner), pass))
                }
                of => same(format!("&[{}]", item(of, self.spelling)?)),
            },
            Shape::Optional(of) => {
                let (ty, entity, pass) = self.plain(of, name)?;
                let pass = match **of {
                    Shape::Scalar(Base::Char8 | Base::Char16) => {
                        format!("{name}.map({entity}::try_from).transpose()?")
                    }
                    _ if pass == name => pass,
                    _ => return None,
                };
                Some((self.spelling.option(&ty), self.spelling.option(&entity), pass))
            }
            _ => None,
        }
    }

    fn closure(
        &mut self,
        takes: &[Shape],
        gives: &Shape,
        name: &str,
        is_any: bool,
    ) -> (Vec<String>, Option<Closure>, Plain) {
        let takes: Vec<String> =
            takes.iter().map(|one| self.spelling.element(one, self.scope)).collect();
        let gives = match gives {
            Shape::Null => "()".to_owned(),
            gives => self.spelling.element(gives, self.scope),
        };
        let returned = self.scope.fresh(self.spelling, "R");
        let bound = format!("{returned}: stubs::Returns<{gives}>");
        let std = |name| self.spelling.std(name);
        let ty = format!(
            "impl {}({}) -> {returned} + {} + {} + 'static",
            std("Fn"),
            takes.join(", "),
            std("Send"),
            std("Sync")
        );
        let typed = takes.iter().enumerate().map(|(at, ty)| format!("in_{at}: {ty}"));
        let typed = typed.collect::<Vec<_>>().join(", ");
        let closure = Closure { name: name.to_owned(), call: format!("{name}({typed})") };
        let plain = (ty, "&stubs::Callable".to_owned(), format!("&{name}"));
        (vec![bound], Some(closure), converted(plain, is_any))
    }

    /// The type of keys or values; an unknown one is a type parameter.
    fn entry(&mut self, of: &Shape, wanted: &str, generics: &mut Vec<String>) -> String {
        match self.spelling.element(of, self.scope) {
            unknown if unknown == "stubs::Value" => {
                let own = self.scope.fresh(self.spelling, wanted);
                generics.push(format!("{own}: {}<stubs::Value>", self.spelling.std("Into")));
                own
            }
            known => known,
        }
    }

    /// A collection with elements of a type, or of any type if that is not known.
    fn elements(&self, of: &Shape) -> String {
        match self.spelling.element(of, self.scope) {
            unknown if unknown == "stubs::Value" => "stubs::Sequence".to_owned(),
            known => format!("stubs::Collection<{known}>"),
        }
    }

    fn collection(&self, of: &Shape, name: &str) -> Plain {
        let collection = self.elements(of);
        let ty = format!("impl {}<{collection}>", self.spelling.std("Into"));
        (ty, "stubs::Value".to_owned(), format!("stubs::any::<{collection}>({name})"))
    }

    /// An array whose elements are passed as `any`.
    fn array(&self, of: &Shape, name: &str) -> Plain {
        let collection = self.elements(of);
        let ty = format!("impl {}<{collection}>", self.spelling.std("Into"));
        let pass = format!("stubs::all::<{collection}>({name})");
        (ty, self.spelling.vec("stubs::Value"), pass)
    }

    fn mapping(
        &mut self,
        key: &Shape,
        value: &Shape,
        name: &str,
    ) -> (Vec<String>, Option<Closure>, Plain) {
        let mut generics = Vec::new();
        let key = self.entry(key, "K", &mut generics);
        let value = self.entry(value, "V", &mut generics);
        let ty = format!("impl {}<stubs::Mapping<{key}, {value}>>", self.spelling.std("Into"));
        let pass = format!("stubs::entries::<{key}, {value}>({name})?");
        (generics, None, (ty, "stubs::Value".to_owned(), pass))
    }
}

/// The shape of an argument; for a boxed value, that of its content.
pub(crate) fn shape_of(argument: &Argument<'_>) -> Shape {
    let own = unboxed(&argument.shape, &argument.declared.tree);
    if argument.is_rest { Shape::Array(Box::new(own)) } else { own }
}

/// The same without null if a caller has an alternative to it: an empty array, or `Null` as a
/// list or a map.
fn present(shape: Shape, declared: &Parameter) -> Shape {
    let has_other = match &shape {
        Shape::Optional(of) => match **of {
            Shape::Items(..) | Shape::Entries(..) => true,
            Shape::Function(..) => declared.ty.base() == Some(Base::Callable),
            _ => declared.ty.is_array(),
        },
        _ => false,
    };
    match shape {
        Shape::Optional(of) if has_other => *of,
        shape => shape,
    }
}

/// The shape of a plain value where its guest takes objects, by its type.
pub(crate) fn unboxed(shape: &Shape, tree: &TypeTree) -> Shape {
    match (shape, tree) {
        (Shape::Plain(_), TypeTree::Optional { of }) => match unboxed(shape, of) {
            plain @ Shape::Plain(_) => plain,
            of => Shape::Optional(Box::new(of)),
        },
        (Shape::Plain(_), TypeTree::Scalar { base }) => Shape::Scalar(*base),
        (Shape::Plain(_), TypeTree::Text) => Shape::Text,
        (Shape::Plain(_), TypeTree::Variable { name }) => Shape::Variable(name.clone()),
        _ => shape.clone(),
    }
}

fn unit(entity: &str, name: &str) -> Plain {
    ("char".to_owned(), entity.to_owned(), format!("{entity}::try_from({name})?"))
}

/// The same, declared as `any` if `is_any`.
fn converted((ty, entity, pass): Plain, is_any: bool) -> Plain {
    match is_any {
        true if entity != "stubs::Value" => {
            (ty, format!("stubs::Converted<{entity}>"), format!("stubs::Converted({pass})"))
        }
        _ => (ty, entity, pass),
    }
}

/// An element of an array that is passed without a conversion.
pub(crate) fn item(shape: &Shape, spelling: &Spelling<'_, '_>) -> Option<String> {
    match shape {
        Shape::Scalar(Base::Size | Base::Char8 | Base::Char16) => None,
        Shape::Scalar(base) => Some(Spelling::scalar(*base).to_owned()),
        Shape::Text => Some(spelling.std("String")),
        Shape::Bytes => Some(spelling.vec("u8")),
        Shape::Array(of) | Shape::Packed(of) => Some(spelling.vec(&item(of, spelling)?)),
        _ => None,
    }
}
