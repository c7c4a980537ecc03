//! The loopback host API: the minimal support that generated stubs need.
//!
//! A stub file has one [`Stubs`], binds it to a module, and calls entities by their
//! path with values. Any thread may enter; no lock is held during a call.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use metaffi::{Entity, ErrorKind, Module, Runtime, Type, TypeInfo};

pub use metaffi::{Error, Value};

/// The entities of one stub file, loaded at their first call.
#[derive(Debug, Default)]
pub struct Stubs(Mutex<Option<Bound>>);

#[derive(Debug)]
struct Bound {
    module: Module,
    entities: HashMap<Key, Arc<Entity>>,
}

/// An entity path with its parameter types: overloads share a path.
type Key = (&'static str, &'static [&'static str]);

impl Stubs {
    /// Makes stubs that are not bound yet.
    #[must_use]
    pub const fn new() -> Self {
        Self(Mutex::new(None))
    }

    /// Binds the stubs to their code.
    ///
    /// # Errors
    /// The error of loading the runtime or the module.
    pub fn bind(&self, module_path: &str, runtime_plugin: &str) -> Result<(), Error> {
        let module = Runtime::load(runtime_plugin)?.module(module_path)?;
        *self.bound() = Some(Bound { module, entities: HashMap::new() });
        Ok(())
    }

    /// Calls the entity at `path`; types are written as in an IDL, with the rank of
    /// an array after it if it is not 1 (`int64_array[2]`).
    ///
    /// # Errors
    /// `Load` before [`Stubs::bind`], or the error of loading or of the call.
    pub fn call(
        &self,
        path: &'static str,
        params: &'static [&'static str],
        returns: &'static [&'static str],
        args: &[Value],
    ) -> Result<Vec<Value>, Error> {
        self.entity((path, params), returns)?.call(args)
    }

    fn entity(&self, key: Key, returns: &[&str]) -> Result<Arc<Entity>, Error> {
        let mut bound = self.bound();
        let Bound { module, entities } = bound.as_mut().ok_or_else(unbound)?;
        if let Some(entity) = entities.get(&key) {
            return Ok(entity.clone());
        }
        let entity = module.entity(key.0, &type_infos(key.1)?, &type_infos(returns)?)?;
        Ok(entities.entry(key).or_insert(Arc::new(entity)).clone())
    }

    fn bound(&self) -> MutexGuard<'_, Option<Bound>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn unbound() -> Error {
    let message = "call bind_module_to_code(module_path, runtime_plugin) first";
    Error::new(ErrorKind::Load, message)
}

fn type_infos(types: &[&str]) -> Result<Vec<TypeInfo>, Error> {
    types.iter().map(|text| type_info(text)).collect()
}

fn type_info(text: &str) -> Result<TypeInfo, Error> {
    let (name, rank) = text.trim_end_matches(']').split_once('[').unwrap_or((text, ""));
    let ty = Type::parse(name)
        .ok_or_else(|| Error::new(ErrorKind::Signature, format!("`{text}` is not a type")))?;
    let info = TypeInfo::new(ty);
    Ok(match rank.parse() {
        Ok(rank) => info.with_dims(rank),
        Err(_) => info,
    })
}
