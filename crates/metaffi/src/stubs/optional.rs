//! Optional arguments, and results that may be null.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use metaffi_value::{Entity, Error, ErrorKind, Lift, Type, TypeInfo, Value};

use super::{Module, Sequence};

/// A result that may be null although its type does not allow it.
pub trait OrNone<T> {
    /// `None` if the guest returned null.
    ///
    /// # Errors
    /// Any other error.
    fn or_none(self) -> Result<Option<T>, Error>;
}

impl<T> OrNone<T> for Result<T, Error> {
    fn or_none(self) -> Result<Option<T>, Error> {
        match self {
            Err(error) if error.is_null() => Ok(None),
            result => result.map(Some),
        }
    }
}

/// The arguments that a call has so far.
#[derive(Clone, Debug, Default)]
pub struct Given {
    by_place: Vec<Option<Value>>,
    rest: Vec<Value>,
    by_name: Vec<(String, Value)>,
    failed: Option<Error>,
}

impl Given {
    /// Adds a positional argument.
    #[must_use]
    pub fn at(mut self, place: usize, value: Result<Value, Error>) -> Self {
        if self.by_place.len() <= place {
            self.by_place.resize(place + 1, None);
        }
        let value = self.value_or_null(value);
        self.by_place[place] = Some(value);
        self
    }

    /// Adds all remaining positional arguments.
    #[must_use]
    pub fn rest(mut self, values: Vec<Value>) -> Self {
        self.rest = values;
        self
    }

    /// Adds a named argument.
    #[must_use]
    pub fn named(mut self, name: &str, value: Result<Value, Error>) -> Self {
        let value = self.value_or_null(value);
        self.by_name.retain(|(other, _)| other != name);
        self.by_name.push((name.to_owned(), value));
        self
    }

    /// The value, or null after recording an error, which the call then
    /// reports.
    fn value_or_null(&mut self, value: Result<Value, Error>) -> Value {
        value.unwrap_or_else(|error| {
            self.failed.get_or_insert(error);
            Value::Null
        })
    }
}

/// All remaining arguments.
pub fn rest(values: impl Into<Sequence>) -> Vec<Value> {
    super::all::<Sequence>(values)
}

/// A function with optional arguments, loaded separately for each number of
/// arguments.
#[derive(Debug)]
pub struct Arguments {
    module: &'static Module,
    path: &'static str,
    /// Whether it takes an array of all remaining arguments, and whether it
    /// takes named ones.
    takes: (bool, bool),
    loaded: Mutex<Option<HashMap<usize, Arc<Entity>>>>,
}

impl Arguments {
    /// The function at `path`.
    #[must_use]
    pub const fn new(
        module: &'static Module,
        path: &'static str,
        has_rest: bool,
        has_named: bool,
    ) -> Self {
        Self { module, path, takes: (has_rest, has_named), loaded: Mutex::new(None) }
    }

    /// Calls it with the positional arguments up to the last one that is given,
    /// then all remaining ones, then the named ones. `known` are the names of
    /// the positional arguments, with their defaults if known.
    ///
    /// # Errors
    /// `Argument` when an argument before the last one is missing and its
    /// default is unknown, and as [`Entity::call`](super::Entity::call).
    pub fn call<R: Lift>(&self, given: Given, known: &[(&str, Option<Value>)]) -> Result<R, Error> {
        if let Some(error) = given.failed {
            return Err(error);
        }
        let mut args = by_place(given.by_place, !given.rest.is_empty(), known)?;
        if self.takes.0 {
            args.push(given.rest.into());
        }
        if self.takes.1 {
            let pair = |(name, value): (String, Value)| Value::from(vec![name.into(), value]);
            let pairs: Vec<Value> = given.by_name.into_iter().map(pair).collect();
            args.push(if pairs.is_empty() { Value::Null } else { pairs.into() });
        }
        let results = self.entity(args.len(), &R::type_info())?.call(&args)?;
        R::from_value(results.into_iter().next().unwrap_or(Value::Null))
    }

    fn entity(&self, count: usize, result: &TypeInfo) -> Result<Arc<Entity>, Error> {
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        let loaded = loaded.get_or_insert_default();
        if let Some(entity) = loaded.get(&count) {
            return Ok(entity.clone());
        }
        let mut infos = vec![TypeInfo::new(Type::ANY); count];
        if self.takes.0 {
            infos[count - 1 - usize::from(self.takes.1)] = TypeInfo::new(Type::ANY.array());
        }
        let entity =
            self.module.loaded()?.entity(self.path, &infos, std::slice::from_ref(result))?;
        Ok(loaded.entry(count).or_insert(Arc::new(entity)).clone())
    }
}

/// The positional arguments up to the last one that is given, or all of them.
fn by_place(
    mut given: Vec<Option<Value>>,
    needs_all: bool,
    known: &[(&str, Option<Value>)],
) -> Result<Vec<Value>, Error> {
    if needs_all {
        given.resize(known.len(), None);
    }
    let default = |at: usize| known.get(at).and_then(|(_, default)| default.clone());
    let name = |at: usize| known.get(at).map_or("", |(name, _)| name);
    let all = given.into_iter().enumerate();
    all.map(|(at, value)| value.or_else(|| default(at)).ok_or_else(|| missing_argument(name(at))))
        .collect()
}

#[cold]
fn missing_argument(name: &str) -> Error {
    let message = format!("`{name}` is missing, and its default is unknown: pass it explicitly");
    Error::new(ErrorKind::Argument, message)
}

/// Defines `static ARGUMENTS`, and calls it.
#[doc(hidden)]
#[macro_export]
macro_rules! __stub_arguments {
    (
        $given:expr, $result:ty;
        $path:literal, $has_rest:literal, $has_named:literal;
        $($name:literal = $default:expr;)*
    ) => {{
        static ARGUMENTS: $crate::stubs::Arguments =
            $crate::stubs::Arguments::new(&MODULE, $path, $has_rest, $has_named);
        ARGUMENTS.call::<$result>($given, &[$(($name, $default)),*])
    }};
}

/// Passes on the content of the braces, which formatters do not change.
#[doc(hidden)]
#[macro_export]
macro_rules! __stub_pass {
    ($($all:tt)*) => {
        $($all)*
    };
}
