//! Iteration over guest objects.

use core::marker::PhantomData;
use std::vec::IntoIter;

use metaffi_value::{Error, Handle, Lift, Value};

use super::Entity;
use super::module::{Does, Module};

/// The entities of a guest's iterator.
#[derive(Debug)]
pub struct Steps {
    /// Whether there is another element. If a guest has no such function, it
    /// raises an error after the last element.
    pub has_next: Option<Entity<(&'static Handle,), bool>>,
    /// Returns the next element.
    pub next: Entity<(&'static Handle,), Value>,
}

enum Source {
    Steps(Handle, &'static Steps),
    Any(Handle, &'static Module),
    Values(IntoIter<Value>),
    Failed(Error),
    Ended,
}

/// The elements of a guest object, each fetched when it is needed.
#[allow(missing_debug_implementations, reason = "an iterator has nothing to show")]
pub struct Iter<T> {
    source: Source,
    types: PhantomData<fn() -> T>,
}

impl<T> Iter<T> {
    const fn from(source: Source) -> Self {
        Self { source, types: PhantomData }
    }

    /// Iterates with a guest's iterator.
    #[must_use]
    pub fn new(iterator: Result<Handle, Error>, steps: &'static Steps) -> Self {
        Self::from(match iterator {
            Ok(iterator) => Source::Steps(iterator, steps),
            Err(error) => Source::Failed(error),
        })
    }

    pub(super) const fn of_any(iterator: Handle, module: &'static Module) -> Self {
        Self::from(Source::Any(iterator, module))
    }

    pub(super) fn of_values(values: Vec<Value>) -> Self {
        Self::from(Source::Values(values.into_iter()))
    }

    /// An iterator that fails with this error.
    #[must_use]
    pub const fn failed(error: Error) -> Self {
        Self::from(Source::Failed(error))
    }
}

/// Fetches the next value from a source.
fn step(source: &Source) -> Result<Option<Value>, Error> {
    match source {
        Source::Steps(iterator, steps) => match &steps.has_next {
            Some(has_next) if !has_next.call((iterator,))? => Ok(None),
            Some(_) => steps.next.call((iterator,)).map(Some),
            None => ended(steps.next.call((iterator,))),
        },
        Source::Any(iterator, module) => {
            let next = module.ask(Does::Next, &[iterator.clone().into()]);
            next.map_or(Ok(None), ended)
        }
        Source::Values(_) | Source::Failed(_) | Source::Ended => Ok(None),
    }
}

/// Some guests end an iteration with an exception of this name.
fn ended(next: Result<Value, Error>) -> Result<Option<Value>, Error> {
    match next {
        Err(error) if error.type_name.ends_with("StopIteration") => Ok(None),
        next => next.map(Some),
    }
}

impl<T: Lift> Iterator for Iter<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Result<T, Error>> {
        let found = match &mut self.source {
            Source::Values(values) => Ok(values.next()),
            Source::Failed(_) => match core::mem::replace(&mut self.source, Source::Ended) {
                Source::Failed(error) => Err(error),
                _ => Ok(None),
            },
            source => step(source),
        };
        match found {
            Ok(Some(value)) => Some(T::from_value(value)),
            Ok(None) => {
                self.source = Source::Ended;
                None
            }
            Err(error) => {
                self.source = Source::Ended;
                Some(Err(error))
            }
        }
    }
}

/// Makes `&Class` iterable by entities of its guest.
#[doc(hidden)]
#[macro_export]
macro_rules! __stub_iterate {
    (
        $name:ty, [$($own:ident),*], $element:ty; $($iterate:literal)?;
        $($has_next:literal)?; $next:literal
    ) => {
        impl<$($own: $crate::stubs::Element),*> ::core::iter::IntoIterator for &$name {
            type Item = ::core::result::Result<$element, $crate::stubs::Error>;
            type IntoIter = $crate::stubs::Iter<$element>;

            fn into_iter(self) -> Self::IntoIter {
                static STEPS: $crate::stubs::Steps = $crate::stubs::Steps {
                    has_next: $crate::__stub_has_next!($($has_next)?),
                    next: $crate::stubs::Entity::new(&MODULE, $next, &[], &[]),
                };
                let iterator = $crate::__stub_iterator!(self, $($iterate)?);
                $crate::stubs::Iter::new(iterator, &STEPS)
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __stub_has_next {
    () => {
        ::core::option::Option::None
    };
    ($path:literal) => {
        ::core::option::Option::Some($crate::stubs::Entity::new(&MODULE, $path, &[], &[]))
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __stub_iterator {
    ($object:ident,) => {
        $crate::stubs::Instance::lend($object).map(::core::clone::Clone::clone)
    };
    ($object:ident, $path:literal) => {{
        static ITERATE: $crate::stubs::Entity<
            (&'static $crate::stubs::Handle,),
            $crate::stubs::Handle,
        > = $crate::stubs::Entity::new(&MODULE, $path, &[], &[]);
        $crate::stubs::Instance::lend($object).and_then(|object| ITERATE.call((object,)))
    }};
}

/// Makes `&Class` iterable by the operations that its guest has for any object.
#[doc(hidden)]
#[macro_export]
macro_rules! __stub_walk {
    ($name:ty, [$($own:ident),*], $element:ty) => {
        impl<$($own: $crate::stubs::Element),*> ::core::iter::IntoIterator for &$name {
            type Item = ::core::result::Result<$element, $crate::stubs::Error>;
            type IntoIter = $crate::stubs::Iter<$element>;

            fn into_iter(self) -> Self::IntoIter {
                match $crate::stubs::Instance::lend(self) {
                    ::core::result::Result::Ok(object) => {
                        let object = ::core::clone::Clone::clone(object);
                        (&$crate::stubs::Items::new(object, &MODULE)).into_iter()
                    }
                    ::core::result::Result::Err(error) => $crate::stubs::Iter::failed(error),
                }
            }
        }
    };
}
