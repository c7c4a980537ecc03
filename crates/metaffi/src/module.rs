//! A loaded module.

use core::ptr::{NonNull, null_mut};
use std::sync::Arc;

use metaffi_abi as abi;
use metaffi_value::{
    Callable, Entity, Error, ErrorKind, LiftAll, LowerAll, Signature, TypeInfo, Value, str_to_raw,
};

use crate::{Function, Hub, Object, Runtime};

/// A loaded module. Clones share it. Its entities outlive it.
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
    /// `raw` must be live, and only this value may release it.
    pub(crate) unsafe fn take_raw(raw: *mut abi::Module, hub: Hub) -> Self {
        Self(Arc::new(Loaded { hub, raw }))
    }

    /// Loads a module into a runtime, like [`Runtime::module`].
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

    /// Loads what a path names, with the types that the module declares. A function,
    /// a method or an accessor is a [`Callable`](crate::Callable), which selects an
    /// overload at each call by its arguments. `class=` alone is the class, and an
    /// empty path the module, as objects.
    ///
    /// # Errors
    /// `NotFound` with a suggestion.
    pub fn value(&self, path: &str) -> Result<Value, Error> {
        let entity =
            self.load(path, &Signature::new(Vec::new(), Vec::new()), abi::REQUEST_VALUE)?;
        Ok(entity.call(&[])?.pop().unwrap_or(Value::Null))
    }

    /// Loads the function, method or accessor that a path names, with the types
    /// that the module declares; see [`Module::value`].
    ///
    /// # Errors
    /// As [`Module::value`], and `Signature` if the path does not name a
    /// function.
    pub fn callable(&self, path: &str) -> Result<Callable, Error> {
        match self.value(path)? {
            Value::Callable(function) => Ok(function),
            _ => {
                let message = format!("`{path}` is not a function; use it as an object");
                Err(Error::new(ErrorKind::Signature, message))
            }
        }
    }

    /// The module itself, as an object whose members are used by name.
    ///
    /// # Errors
    /// `Unsupported` if its language does not support this.
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
        // SAFETY: the module is live; request and places are valid for the call.
        let status = unsafe {
            (hub.load_entity)(
                self.0.raw,
                NonNull::from(&request),
                &raw mut raw,
                Some((&mut error).into()),
            )
        };
        // SAFETY: a failing function transfers its error to us.
        unsafe { Error::check(status, error)? };
        // SAFETY: the hub transferred the entity to us, and it is not null.
        Ok(unsafe { Entity::take_raw(NonNull::new_unchecked(raw), hub) })
    }

    /// Loads an entity whose signature is known as Rust types: `A` is a tuple
    /// of arguments; `R` is the result, a tuple of results, or `()`.
    ///
    /// # Errors
    /// As [`Module::entity`].
    pub fn function<A: LowerAll, R: LiftAll>(&self, path: &str) -> Result<Function<A, R>, Error> {
        self.entity(path, &A::type_infos(), &R::type_infos()).map(Function::new)
    }

    /// Loads an entity like [`Module::function`], and selects an overload by
    /// the guest's names for the parameter types, in order. An empty or missing
    /// name matches any type.
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
            let message =
                format!("`{path}`: {} type names for {} parameter(s)", types.len(), params.len());
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
        // SAFETY: the last clone releases it once.
        unsafe { (self.hub.table().release_module)(self.raw) };
    }
}
