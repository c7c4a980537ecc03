//! A loaded module.

use core::ptr::{NonNull, null_mut};
use std::sync::Arc;

use metaffi_abi as abi;
use metaffi_value::{
    Callable, Entity, Error, ErrorKind, LiftAll, LowerAll, Signature, TypeInfo, Value, str_to_raw,
};

use crate::{Function, Hub, Object, Runtime};

/// A loaded module; clones share it. Its entities live on without it.
#[derive(Clone, Debug)]
pub struct Module(Arc<Loaded>);

#[derive(Debug)]
struct Loaded {
    hub: Hub,
    raw: *mut abi::Module,
}

// SAFETY: the hub's functions may be called from any thread.
unsafe impl Send for Loaded {}
// SAFETY: as above.
unsafe impl Sync for Loaded {}

impl Module {
    /// # Safety
    /// `raw` must be live and is released by this value alone.
    pub(crate) unsafe fn take_raw(raw: *mut abi::Module, hub: Hub) -> Self {
        Self(Arc::new(Loaded { hub, raw }))
    }

    /// Loads a module into a runtime, as [`Runtime::module`] does.
    ///
    /// # Errors
    /// `NotFound` naming the paths tried, or `Load`.
    pub fn new(runtime: &Runtime, path: &str) -> Result<Self, Error> {
        runtime.module(path)
    }

    /// Loads an entity: `callable=f`, `class=C,field=x,getter`, ….
    ///
    /// # Errors
    /// `NotFound` with a suggestion, `Signature` with the candidates.
    pub fn entity(
        &self,
        path: &str,
        params: &[TypeInfo],
        returns: &[TypeInfo],
    ) -> Result<Entity, Error> {
        self.load(path, &Signature::new(params.to_vec(), returns.to_vec()), 0)
    }

    /// What a path names, its types left out: they are the module's. A function, a
    /// method or an accessor is a [`Callable`](crate::Callable), which chooses one of
    /// several overloads at each call by its arguments; `class=` alone is the class,
    /// an empty path the module, as objects.
    ///
    /// # Errors
    /// `NotFound` with a suggestion.
    pub fn value(&self, path: &str) -> Result<Value, Error> {
        let entity =
            self.load(path, &Signature::new(Vec::new(), Vec::new()), abi::REQUEST_VALUE)?;
        Ok(entity.call(&[])?.pop().unwrap_or(Value::Null))
    }

    /// The function, method or accessor that a path names, with the types that the
    /// module declares; see [`Module::value`].
    ///
    /// # Errors
    /// As [`Module::value`], and `Signature` where the path names no function.
    pub fn callable(&self, path: &str) -> Result<Callable, Error> {
        match self.value(path)? {
            Value::Callable(function) => Ok(function),
            _ => {
                let message = format!("`{path}` names no function; use it as an object");
                Err(Error::new(ErrorKind::Signature, message))
            }
        }
    }

    /// The module itself, used by the names of what it has.
    ///
    /// # Errors
    /// `Unsupported` where its language has no such thing.
    pub fn object(&self) -> Result<Object, Error> {
        self.value("").map(Object::from)
    }

    fn load(&self, path: &str, signature: &Signature, flags: u32) -> Result<Entity, Error> {
        let request = abi::EntityRequest {
            struct_size: size_of::<abi::EntityRequest>() as u32,
            flags,
            entity_path: str_to_raw(path),
            params: signature.raw_params().as_ptr(),
            rets: signature.raw_rets().as_ptr(),
            nparams: signature.raw_params().len() as u32,
            nrets: signature.raw_rets().len() as u32,
        };
        let (mut raw, mut error) = (null_mut(), None);
        let hub = self.0.hub.table();
        // SAFETY: the module is ours; request and places are valid for the call.
        let status = unsafe {
            (hub.load_entity)(
                self.0.raw,
                NonNull::from(&request),
                &raw mut raw,
                Some((&mut error).into()),
            )
        };
        // SAFETY: a function that fails transfers its error to us.
        unsafe { Error::check(status, error)? };
        // SAFETY: the hub transferred the entity to us, and it is not null.
        Ok(unsafe { Entity::take_raw(NonNull::new_unchecked(raw), hub) })
    }

    /// Loads an entity whose signature is known as Rust types: `A` a tuple of
    /// arguments, `R` the result, a tuple of results, or `()`.
    ///
    /// # Errors
    /// As [`Module::entity`].
    pub fn function<A: LowerAll, R: LiftAll>(&self, path: &str) -> Result<Function<A, R>, Error> {
        self.entity(path, &A::type_infos(), &R::type_infos()).map(Function::new)
    }

    /// Loads an entity as [`Module::function`] does, and says which of several
    /// overloads by the names that the guest has for the parameters' types, in
    /// their order. An empty one says nothing about its parameter, and so do
    /// those that are missing.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), metaffi::Error> {
    /// # let jdk = metaffi::Runtime::load("openjdk")?.module("")?;
    /// // valueOf(char[]) of String, and not valueOf(Object)
    /// let path = "class=java.lang.String,callable=valueOf";
    /// let text = jdk.function_as::<(&metaffi::Handle,), String>(path, &["char[]"])?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`Module::entity`], and `Signature` for more names than parameters.
    pub fn function_as<A: LowerAll, R: LiftAll>(
        &self,
        path: &str,
        types: &[&str],
    ) -> Result<Function<A, R>, Error> {
        let mut params = A::type_infos();
        if types.len() > params.len() {
            let message = format!(
                "`{path}`: {} types are named, and there are {} parameters",
                types.len(),
                params.len()
            );
            return Err(Error::new(ErrorKind::Signature, message));
        }
        for (param, name) in params.iter_mut().zip(types) {
            (*name).clone_into(&mut param.alias);
        }
        self.entity(path, &params, &R::type_infos()).map(Function::new)
    }
}

impl Drop for Loaded {
    fn drop(&mut self) {
        // SAFETY: the last clone gives it back once.
        unsafe { (self.hub.table().release_module)(self.raw) };
    }
}
