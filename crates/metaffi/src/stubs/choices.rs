//! Enums of guests as Rust enums.

use std::sync::OnceLock;

use metaffi_value::{Error, Handle, Value};

use super::Entity;
use super::module::{Does, Module};

/// A member of a guest's enum, which is read once.
#[derive(Debug)]
pub struct Choice {
    read: Entity<(), Handle>,
    known: OnceLock<Handle>,
}

impl Choice {
    /// The member that the entity at `path` reads.
    #[must_use]
    pub const fn new(
        module: &'static Module,
        path: &'static str,
        id: &'static [&'static str],
    ) -> Self {
        Self { read: Entity::new(module, path, &[], id), known: OnceLock::new() }
    }

    /// The object.
    ///
    /// # Errors
    /// As [`Entity::call`].
    pub fn lend(&self) -> Result<&Handle, Error> {
        match self.known.get() {
            Some(handle) => Ok(handle),
            None => {
                let handle = self.read.call(())?;
                Ok(self.known.get_or_init(|| handle))
            }
        }
    }

    /// Whether an object is this member.
    pub fn is(&self, module: &'static Module, object: &Handle) -> bool {
        let Ok(own) = self.lend() else { return false };
        let ask = || module.ask(Does::Equal, &[own.clone().into(), object.clone().into()]);
        own == object || matches!(ask(), Some(Ok(Value::Bool(true))))
    }
}

/// An enum with a variant for each member, and one for any others.
#[doc(hidden)]
#[macro_export]
macro_rules! __stub_choices {
    (
        $id:literal, $(#[$meta:meta])* $name:ident {
            $($(#[$doc:meta])* $member:ident = $path:literal, $text:literal;)*
        }
        is [$($ancestor:ty),* $(,)?];
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$doc])* $member,)*
            /// A member without a variant here.
            Other($crate::stubs::Reference),
        }

        impl $name {
            fn of_member(&self) -> ::core::option::Option<&'static $crate::stubs::Choice> {
                match self {
                    $(Self::$member => {
                        static CHOICE: $crate::stubs::Choice =
                            $crate::stubs::Choice::new(&MODULE, $path, &[$id]);
                        ::core::option::Option::Some(&CHOICE)
                    })*
                    Self::Other(_) => ::core::option::Option::None,
                }
            }

            /// The guest's name of the member, if it has a variant.
            pub fn member_name(&self) -> ::core::option::Option<&'static str> {
                match self {
                    $(Self::$member => ::core::option::Option::Some($text),)*
                    Self::Other(_) => ::core::option::Option::None,
                }
            }
        }

        impl $crate::stubs::Instance for $name {
            fn from_handle(handle: $crate::stubs::Handle) -> Self {
                for member in [$(Self::$member),*] {
                    if member.of_member().is_some_and(|choice| choice.is(&MODULE, &handle)) {
                        return member;
                    }
                }
                Self::Other($crate::stubs::Instance::from_handle(handle))
            }
            fn lend(&self) -> ::core::result::Result<&$crate::stubs::Handle, $crate::stubs::Error> {
                match (self, self.of_member()) {
                    (_, ::core::option::Option::Some(choice)) => choice.lend(),
                    (Self::Other(other), _) => $crate::stubs::Instance::lend(other),
                    _ => unreachable!(),
                }
            }
        }

        impl $crate::stubs::Object for $name {
            const ID: &'static str = $id;
            fn module() -> &'static $crate::stubs::Module {
                &MODULE
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::stubs::display(self, f)
            }
        }

        impl ::core::convert::From<$name> for $crate::stubs::Value {
            fn from(object: $name) -> Self {
                $crate::stubs::to_value(&object)
            }
        }

        impl ::core::convert::From<&$name> for $crate::stubs::Value {
            fn from(object: &$name) -> Self {
                $crate::stubs::to_value(object)
            }
        }

        $crate::__stub_is! { $name, $name, $($ancestor),* }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __stub_is {
    ($name:ident, $($ancestor:ty),* $(,)?) => {$(
        impl $crate::stubs::Is<$ancestor> for $name {
            fn reference(
                &self,
            ) -> ::core::result::Result<
                ::core::option::Option<&$crate::stubs::Handle>,
                $crate::stubs::Error,
            > {
                $crate::stubs::Instance::lend(self).map(::core::option::Option::Some)
            }
        }
    )*};
}
