//! Entities of stubs, loaded at their first call.

use std::sync::OnceLock;

use metaffi_value::{Error, LiftAll, LowerAll, TypeInfo};

use super::Module;
use crate::Function;

/// An entity with its signature as Rust types, and the guest's names for them.
#[derive(Debug)]
pub struct Entity<A, R> {
    module: &'static Module,
    path: &'static str,
    parameters: &'static [&'static str],
    results: &'static [&'static str],
    loaded: OnceLock<Function<A, R>>,
}

impl<A: LowerAll, R: LiftAll> Entity<A, R> {
    /// The entity at `path`. The guest's names of types may be empty, and may be
    /// omitted at the end.
    #[must_use]
    pub const fn new(
        module: &'static Module,
        path: &'static str,
        parameters: &'static [&'static str],
        results: &'static [&'static str],
    ) -> Self {
        Self { module, path, parameters, results, loaded: OnceLock::new() }
    }

    /// Calls it.
    ///
    /// # Errors
    /// `Load` before the module is bound, any error from loading the entity,
    /// and whatever the guest raises.
    #[inline]
    pub fn call(&self, args: A::Args<'_>) -> Result<R, Error> {
        match self.loaded.get() {
            Some(function) => function.call(args),
            None => self.load()?.call(args),
        }
    }

    #[cold]
    fn load(&self) -> Result<&Function<A, R>, Error> {
        let named = |mut infos: Vec<TypeInfo>, names: &[&str]| {
            for (info, name) in infos.iter_mut().zip(names) {
                (*name).clone_into(&mut info.alias);
            }
            infos
        };
        let parameters = named(A::type_infos(), self.parameters);
        let results = named(R::type_infos(), self.results);
        let entity = self.module.loaded()?.entity(self.path, &parameters, &results)?;
        Ok(self.loaded.get_or_init(|| Function::new(entity)))
    }
}

/// Calls an entity: the path, the parameter types with the guest's names for
/// them, the same for the results, then the arguments.
#[doc(hidden)]
#[macro_export]
macro_rules! __stub_call {
    (
        $path:literal,
        ($($parameter:ty $(= $in:literal)?),* $(,)?) => ($($result:ty $(= $out:literal)?),* $(,)?);
        ($($argument:expr),* $(,)?)
    ) => {{
        static ENTITY: $crate::stubs::Entity<
            ($($parameter,)*),
            $crate::__stub_results!($($result),*),
        > = $crate::stubs::Entity::new(
            &MODULE,
            $path,
            &[$($crate::__stub_name!($($in)?)),*],
            &[$($crate::__stub_name!($($out)?)),*],
        );
        ENTITY.call(($($argument,)*))
    }};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __stub_name {
    () => {
        ""
    };
    ($name:literal) => {
        $name
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __stub_results {
    ($one:ty) => { $one };
    ($($several:ty),*) => { ($($several,)*) };
}
