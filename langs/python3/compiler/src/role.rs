//! The role of a callable in its class or file, and how that affects its code.

use crate::spelling::Spelling;
use crate::view::{Becomes, Signature};

/// Where and how a callable is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// As a function of the file.
    Function,
    /// As a static method of a class.
    Static,
    /// On an object.
    Method,
    /// To make an object.
    Constructor,
    /// To read a field of an object.
    Getter,
    /// To write it.
    Setter,
    /// To read a field of a class.
    ClassGetter,
}

impl Role {
    /// Whether it writes a field.
    pub(crate) fn is_setter(self) -> bool {
        self == Role::Setter
    }

    /// Whether it is used by calling it.
    pub(crate) fn is_called(self) -> bool {
        matches!(self, Role::Function | Role::Static | Role::Method)
    }

    /// The parameter that Python passes implicitly.
    pub(crate) fn first_parameter(self) -> Option<&'static str> {
        match self {
            Role::Function | Role::Static => None,
            Role::ClassGetter => Some("cls"),
            Role::Method | Role::Constructor | Role::Getter | Role::Setter => Some("self"),
        }
    }

    /// The arguments of the entity, with the object first if it takes one. An object that is a
    /// plain value is passed unchanged.
    pub(crate) fn arguments(
        self,
        own: impl Iterator<Item = String>,
        is_value: bool,
    ) -> Vec<String> {
        let has_object = matches!(self, Role::Method | Role::Getter | Role::Setter);
        let object = if is_value { "self" } else { "self._metaffi_handle" };
        let object = has_object.then(|| object.to_owned());
        object.into_iter().chain(own).collect()
    }

    pub(crate) fn decorators(self, name: &str, spelling: &Spelling) -> Vec<String> {
        match self {
            Role::Function | Role::Method | Role::Constructor => Vec::new(),
            Role::Static => vec![spelling.of("staticmethod")],
            Role::Getter => vec![spelling.of("property")],
            Role::Setter => vec![format!("{name}.setter")],
            Role::ClassGetter => vec!["_stubs.ClassProperty".to_owned()],
        }
    }

    /// A constructor stores the result of its entity.
    pub(crate) fn becomes(self, result: Becomes) -> Becomes {
        if self == Role::Constructor { Becomes::Own } else { result }
    }

    pub(crate) fn signature(self, signature: Signature) -> Signature {
        match self {
            Role::Constructor => Signature { returns: "None".to_owned(), ..signature },
            _ => signature,
        }
    }
}
