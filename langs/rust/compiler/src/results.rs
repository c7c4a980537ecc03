//! Results: the entity's type, and its conversion to a Rust type.

use metaffi_idl::{Base, TypeTree};
use metaffi_stubs::{Returned, Shape};

use crate::parameters::{MOST_IN_FUNCTION, item, unboxed};
use crate::spelling::{Scope, Spelling};

/// A result.
#[derive(Debug)]
pub(crate) struct Given {
    /// The type that a caller gets.
    pub(crate) ty: String,
    /// The type of the entity's result.
    pub(crate) entity: String,
    /// The guest's name of the type.
    pub(crate) alias: String,
    pub(crate) lift: Lift,
}

/// The conversion of a result; `{}` stands for the result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Lift {
    /// None.
    Same,
    /// This expression.
    Pure(String),
    /// This expression, which may fail.
    Fallible(String),
    /// The result is ignored.
    Nothing,
}

impl Lift {
    fn pure(text: &str) -> Lift {
        Lift::Pure(text.to_owned())
    }

    fn fallible(text: &str) -> Lift {
        Lift::Fallible(text.to_owned())
    }
}

type Plan = (String, String, Lift);

/// The plan of a result.
pub(crate) fn of(returned: &Returned<'_>, spelling: &Spelling<'_, '_>, scope: &Scope) -> Given {
    let declared = returned.declared;
    let shape = unboxed(&returned.shape, &declared.tree);
    let alias = declared.type_alias.clone();
    let is_any = declared.ty.base() == Some(Base::Any);
    let is_callable = declared.ty.base() == Some(Base::Callable);
    let plan = match declared.ty.base() {
        None => anything(),
        _ => Results { spelling, scope, tree: &declared.tree, is_any, is_callable }.plan(&shape),
    };
    let (ty, entity, lift) = plan;
    Given { ty, entity, alias, lift }
}

fn anything() -> Plan {
    ("stubs::Value".to_owned(), "stubs::Value".to_owned(), Lift::Same)
}

struct Results<'s, 'c, 'a> {
    spelling: &'s Spelling<'c, 'a>,
    scope: &'s Scope,
    tree: &'s TypeTree,
    is_any: bool,
    /// Whether an object is passed as the function that its class behaves as.
    is_callable: bool,
}

impl Results<'_, '_, '_> {
    fn plan(&self, shape: &Shape) -> Plan {
        if let Some((ty, lift)) = self.plain(shape) {
            return self.converted(ty.0, ty.1, lift);
        }
        match shape {
            Shape::Null => ("()".to_owned(), "stubs::Value".to_owned(), Lift::Nothing),
            Shape::Variable(name) => match self.scope.name(name) {
                Some(name) => {
                    let lift = Lift::fallible("stubs::lift({})");
                    (name.to_owned(), "stubs::Value".to_owned(), lift)
                }
                None => anything(),
            },
            Shape::Function(Some(takes), gives)
                if takes.len() <= MOST_IN_FUNCTION && !self.is_any =>
            {
                let ty = self.function(takes, gives);
                (ty, "stubs::Callable".to_owned(), Lift::fallible("stubs::function({})"))
            }
            Shape::Optional(of) => self.optional(of),
            Shape::Array(of) => self.array(of),
            shape => match self.object(shape) {
                Some((ty, lift)) if self.is_callable => {
                    let lift = lift.replace("{}", "{}.handle().clone()");
                    self.converted(ty, "stubs::Callable".to_owned(), Lift::Pure(lift))
                }
                Some((ty, lift)) => {
                    self.converted(ty, "stubs::Handle".to_owned(), Lift::Pure(lift))
                }
                None => anything(),
            },
        }
    }

    /// Whether an object is passed as its class: an entity is a static item, which cannot
    /// use type parameters of the function around it.
    fn crosses_as_class(&self, shape: &Shape) -> bool {
        let mut is_closed = true;
        shape.each_variable(&mut |name| is_closed &= self.scope.name(name).is_none());
        is_closed && is_instance(shape) && !self.is_callable
    }

    /// A type that is passed without a conversion: the types on both sides, and the lifting.
    fn plain(&self, shape: &Shape) -> Option<((String, String), Lift)> {
        let same = |ty: String| Some(((ty.clone(), ty), Lift::Same));
        match shape {
            _ if self.crosses_as_class(shape) => same(self.spelling.element(shape, self.scope)),
            Shape::Array(of) if self.crosses_as_class(of) => {
                same(self.spelling.vec(&self.spelling.element(of, self.scope)))
            }
            Shape::Scalar(Base::Char8) => Some(unit("stubs::Char8")),
            Shape::Scalar(Base::Char16) => Some(unit("stubs::Char16")),
            Shape::Scalar(base) => same(Spelling::scalar(*base).to_owned()),
            Shape::Text => same(self.spelling.std("String")),
            Shape::Bytes => same(self.spelling.vec("u8")),
            Shape::Value(id, _) => same(self.spelling.classes.get(*id).name.clone()),
            Shape::Array(of) | Shape::Packed(of) => {
                same(self.spelling.vec(&item(of, self.spelling)?))
            }
            _ => None,
        }
    }

    /// An object: its type, and the conversion from a handle.
    fn object(&self, shape: &Shape) -> Option<(String, String)> {
        let element = |of: &Shape| self.spelling.element(of, self.scope);
        match shape {
            _ if is_instance(shape) => {
                Some((element(shape), "stubs::Instance::from_handle({})".to_owned()))
            }
            Shape::Items(of, None) if !self.is_any => {
                let ty = format!("stubs::Items<{}>", element(of));
                Some((ty, "stubs::Items::new({}, &MODULE)".to_owned()))
            }
            Shape::Entries(key, value, None) if !self.is_any => {
                let ty = format!("stubs::Map<{}, {}>", element(key), element(value));
                Some((ty, "stubs::Map::new({})".to_owned()))
            }
            _ => None,
        }
    }

    fn optional(&self, of: &Shape) -> Plan {
        let option = |ty: &str| self.spelling.option(ty);
        if let Some(((ty, entity), lift)) = self.plain(of) {
            let lift = match lift {
                Lift::Same => Lift::Same,
                _ => Lift::pure("{}.map(char::from)"),
            };
            return self.converted(option(&ty), option(&entity), lift);
        }
        if let Some((ty, lift)) = self.object(of) {
            let lift = match lift.strip_suffix("({})") {
                Some(function) => format!("{{}}.map({function})"),
                None => format!("{{}}.map(|object| {})", lift.replace("{}", "object")),
            };
            return self.converted(option(&ty), option("stubs::Handle"), Lift::Pure(lift));
        }
        match of {
            Shape::Variable(name) => match self.scope.name(name) {
                Some(name) => {
                    let lift = Lift::fallible("stubs::lift({})");
                    (option(name), "stubs::Value".to_owned(), lift)
                }
                None => anything(),
            },
            _ => anything(),
        }
    }

    fn array(&self, of: &Shape) -> Plan {
        let element = |of: &Shape| self.spelling.element(of, self.scope);
        let vec = |ty: &str| self.spelling.vec(ty);
        match of {
            Shape::Object(..) | Shape::Handle => {
                let lift = Lift::pure("stubs::adopt_all({})");
                self.converted(vec(&element(of)), vec("stubs::Handle"), lift)
            }
            Shape::Value(id, inner) => {
                let name = &self.spelling.classes.get(*id).name;
                let lift = format!("{{}}.into_iter().map({name}::from).collect()");
                self.converted(vec(name), vec(&element(inner)), Lift::Pure(lift))
            }
            Shape::Array(_) => anything(),
            of => match element(of) {
                any if any == "stubs::Value" => {
                    (vec("stubs::Value"), vec("stubs::Value"), Lift::Same)
                }
                known => {
                    let lift = Lift::fallible("stubs::lift_all({})");
                    (vec(&known), vec("stubs::Value"), lift)
                }
            },
        }
    }

    fn function(&self, takes: &[Shape], gives: &Shape) -> String {
        let takes: Vec<String> =
            takes.iter().map(|one| self.spelling.element(one, self.scope)).collect();
        let has_none =
            matches!(self.tree, TypeTree::Function { results, .. } if results.is_empty());
        let gives = match has_none {
            true => "()".to_owned(),
            false => self.spelling.element(gives, self.scope),
        };
        let std = |name| self.spelling.std(name);
        format!(
            "{}<dyn {}({}) -> {} + {} + {}>",
            std("Box"),
            std("Fn"),
            takes.join(", "),
            self.spelling.result(&gives),
            std("Send"),
            std("Sync")
        )
    }

    fn converted(&self, ty: String, entity: String, lift: Lift) -> Plan {
        if !self.is_any || entity == "stubs::Value" || entity == self.spelling.vec("stubs::Value") {
            return (ty, entity, lift);
        }
        let inner = |text: String| text.replace("{}", "{}.0");
        let lift = match lift {
            Lift::Same => Lift::pure("{}.0"),
            Lift::Pure(text) => Lift::Pure(inner(text)),
            Lift::Fallible(text) => Lift::Fallible(inner(text)),
            Lift::Nothing => Lift::Nothing,
        };
        (ty, format!("stubs::Converted<{entity}>"), lift)
    }
}

/// Whether it is an object of a class of the stubs, or a reference.
fn is_instance(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::Object(..)
            | Shape::Handle
            | Shape::Items(_, Some(_))
            | Shape::Entries(_, _, Some(_))
    )
}

fn unit(entity: &str) -> ((String, String), Lift) {
    (("char".to_owned(), entity.to_owned()), Lift::pure("char::from({})"))
}
