//! Rust functions as arguments to guests, and guest functions in Rust.

use metaffi_value::{Answers, Callable, Error, GiveAll, Handle, Lift, Value, new_answering};

type Boxed = Box<dyn std::error::Error + Send + Sync>;

/// What a closure may return if `T` is expected: a `T`, or a `Result` with any
/// error.
pub trait Returns<T> {
    /// Converts to the result.
    ///
    /// # Errors
    /// The closure's error.
    fn returned(self) -> Result<T, Boxed>;
}

impl<T: GiveAll> Returns<T> for T {
    fn returned(self) -> Result<T, Boxed> {
        Ok(self)
    }
}

impl<T: GiveAll, E: Into<Boxed>> Returns<T> for Result<T, E> {
    fn returned(self) -> Result<T, Boxed> {
        self.map_err(Into::into)
    }
}

/// A guest function as a Rust function.
///
/// # Errors
/// As [`Lift::from_value`].
pub fn function<F: Lift>(function: Callable) -> Result<F, Error> {
    F::from_value(Value::Callable(function))
}

struct Methods<M>(M);

impl<M: Fn(&str) -> Option<Callable> + Send + Sync + 'static> Answers for Methods<M> {
    fn method(&self, name: &str) -> Option<Callable> {
        (self.0)(name)
    }
}

/// Makes an object that implements an interface of a guest. `methods` returns
/// each method by the guest's name.
///
/// # Errors
/// As [`Hub::open`](crate::Hub::open).
pub fn implementation(
    methods: impl Fn(&str) -> Option<Callable> + Send + Sync + 'static,
) -> Result<Handle, Error> {
    Ok(new_answering(crate::owner()?, Methods(methods)))
}

/// A closure as a value.
#[doc(hidden)]
#[macro_export]
macro_rules! __stub_closure {
    ($function:ident($($in:ident: $ty:ty),* $(,)?)) => {
        $crate::callable(move |$($in: $ty),*| $function($($in),*).returned())
    };
}

/// A trait with the methods of an interface, and `Class::implement`, which makes
/// an object of the interface from a value that implements the trait.
#[doc(hidden)]
#[macro_export]
macro_rules! __stub_interface {
    (
        $(#[$meta:meta])* $methods:ident for $class:ident {
            $(
                $(#[$doc:meta])*
                $guest:literal => $method:ident($($in:ident: $ty:ty),* $(,)?) -> $result:ty;
            )*
        }
    ) => {
        $(#[$meta])*
        pub trait $methods {
            $(
                $(#[$doc])*
                fn $method(
                    &self,
                    $($in: $ty),*
                ) -> ::core::result::Result<$result, $crate::stubs::Error>;
            )*
        }

        impl $class {
            /// An object of the interface whose methods are those of `value`.
            ///
            /// # Errors
            /// If there is no installation.
            pub fn implement(
                value: impl $methods + ::core::marker::Send + ::core::marker::Sync + 'static,
            ) -> ::core::result::Result<Self, $crate::stubs::Error> {
                let value = ::std::sync::Arc::new(value);
                let made = $crate::stubs::implementation(move |name| match name {
                    $($guest => {
                        let value = ::std::sync::Arc::clone(&value);
                        $crate::callable(move |$($in: $ty),*| $methods::$method(&*value, $($in),*)).ok()
                    })*
                    _ => ::core::option::Option::None,
                })?;
                ::core::result::Result::Ok($crate::stubs::Instance::from_handle(made))
            }
        }
    };
}
