//! The module that a file of stubs is bound to.

use std::sync::OnceLock;

use metaffi_value::{Entity, Error, ErrorKind, Handle, TypeInfo, Value};

use super::VERSION;
use crate::Runtime;

/// What the functions of a file of stubs are loaded from.
#[derive(Debug)]
pub struct Module {
    name: &'static str,
    version: u32,
    made_by: &'static str,
    bound: OnceLock<Bound>,
    operations: [Operation; 6],
}

#[derive(Debug)]
struct Bound {
    path: String,
    runtime: String,
    module: crate::Module,
}

/// What is done on any object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    /// Tells the names of all classes that it is of.
    Supertypes,
    /// Tells it as text.
    Text,
    /// Compares it with another one.
    Equal,
    /// Tells a number that equal objects share.
    Hash,
    /// Gives an iterator over its elements.
    Iterate,
    /// Gives the next element of an iterator.
    Next,
}

/// What does something on any object of a guest, by its entity path; none where
/// that is empty.
#[derive(Debug)]
pub struct Operation {
    path: &'static str,
    parameters: &'static [&'static str],
    results: &'static [&'static str],
    loaded: OnceLock<Option<Entity>>,
}

impl Operation {
    /// None.
    #[must_use]
    pub const fn none() -> Operation {
        Operation::new("", &[], &[])
    }

    /// The entity at `path` with these types.
    #[must_use]
    pub const fn new(
        path: &'static str,
        parameters: &'static [&'static str],
        results: &'static [&'static str],
    ) -> Operation {
        Operation { path, parameters, results, loaded: OnceLock::new() }
    }

    /// Does it; `None` where there is no such, or it cannot be loaded.
    pub(super) fn call(&self, module: &Module, args: &[Value]) -> Option<Result<Value, Error>> {
        let entity = self.loaded.get_or_init(|| self.load(module)).as_ref()?;
        Some(entity.call(args).map(|results| results.into_iter().next().unwrap_or(Value::Null)))
    }

    fn load(&self, module: &Module) -> Option<Entity> {
        let infos = |names: &[&str]| names.iter().map(|name| type_info(name)).collect();
        let (parameters, results): (Option<Vec<_>>, Option<Vec<_>>) =
            (infos(self.parameters), infos(self.results));
        let bound = module.loaded().ok().filter(|_| !self.path.is_empty())?;
        bound.entity(self.path, &parameters?, &results?).ok()
    }
}

/// `handle`, `string8_array`.
fn type_info(name: &str) -> Option<TypeInfo> {
    metaffi_value::Type::parse(name).map(TypeInfo::new)
}

impl Module {
    /// The module of the stubs `name`, which are for `version` of this crate's
    /// stubs and were made by the metaffi `made_by`; what does each of [`Does`] on
    /// any object, in their order.
    #[must_use]
    pub const fn new(
        name: &'static str,
        version: u32,
        made_by: &'static str,
        operations: [Operation; 6],
    ) -> Module {
        Module { name, version, made_by, bound: OnceLock::new(), operations }
    }

    /// Does something on an object; `None` where its guest cannot.
    pub(super) fn ask(&self, what: Does, args: &[Value]) -> Option<Result<Value, Error>> {
        self.operations[what as usize].call(self, args)
    }

    /// Loads the code of the stubs.
    ///
    /// # Errors
    /// As [`Runtime::load`] and [`Runtime::module`]; `Abi` when the stubs are for
    /// another version of this crate, `Argument` when they are bound to other code.
    pub fn bind(&self, path: &str, runtime: &str) -> Result<(), Error> {
        self.check_version()?;
        if self.bound.get().is_none() {
            let module = Runtime::load(runtime)?.module(path)?;
            let bound = Bound { path: path.to_owned(), runtime: runtime.to_owned(), module };
            let _ = self.bound.set(bound); // another thread was faster
        }
        match self.bound.get() {
            Some(bound) if bound.path != path || bound.runtime != runtime => {
                let message = format!(
                    "the stubs of {} are bound to {} of {} already",
                    self.name, bound.path, bound.runtime
                );
                Err(Error::new(ErrorKind::Argument, message))
            }
            _ => Ok(()),
        }
    }

    fn check_version(&self) -> Result<(), Error> {
        if self.version == VERSION {
            return Ok(());
        }
        let message = format!(
            "the stubs of {} were written by metaffi {} for version {} of the API's stubs, and \
             this program is built with version {VERSION}: write them again, or use the crate \
             metaffi {}",
            self.name, self.made_by, self.version, self.made_by
        );
        Err(Error::new(ErrorKind::Abi, message))
    }

    /// The module.
    ///
    /// # Errors
    /// `Load` when the stubs are not bound.
    pub(super) fn loaded(&self) -> Result<&crate::Module, Error> {
        match self.bound.get() {
            Some(bound) => Ok(&bound.module),
            None => Err(self.not_bound()),
        }
    }

    #[cold]
    fn not_bound(&self) -> Error {
        let message = format!(
            "the stubs of {} are not bound to code: call bind_module_to_code(module_path, \
             runtime_plugin) first",
            self.name
        );
        Error::new(ErrorKind::Load, message)
    }

    /// Whether an object is of the class that its guest calls so; `None` where
    /// the guest cannot be asked.
    pub(super) fn is_of(&self, object: &Handle, id: &str) -> Option<bool> {
        match self.ask(Does::Supertypes, &[object.clone().into()])? {
            Ok(Value::Array(metaffi_value::Array::String8(ids))) => {
                Some(ids.iter().any(|one| one == id))
            }
            _ => None,
        }
    }
}

/// `static MODULE`: its name, the version of the stubs, what made them, and what is
/// done on any object.
#[doc(hidden)]
#[macro_export]
macro_rules! __stub_module {
    ($name:literal, $version:literal, $made_by:literal; $($operation:tt $(, $types:tt)*;)*) => {
        static MODULE: $crate::stubs::Module = $crate::stubs::Module::new(
            $name,
            $version,
            $made_by,
            [$($crate::__stub_operation!($operation $(, $types)*)),*],
        );
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __stub_operation {
    (none) => {
        $crate::stubs::Operation::none()
    };
    ($path:literal, $parameters:tt, $results:tt) => {
        $crate::stubs::Operation::new($path, &$parameters, &$results)
    };
}
