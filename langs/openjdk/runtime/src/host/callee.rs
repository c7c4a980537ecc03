//! What a `NativeCallee` of Java's calls: a loaded entity, or a callable.

use core::cell::UnsafeCell;
use core::ffi::c_void;
use core::ptr::NonNull;
use std::sync::Arc;

use jni_sys::{JNIEnv, jarray, jclass, jint, jlong};
use metaffi::{Callable, Entity, Error, ErrorKind, Handle, Signature, Type, TypeInfo};
use metaffi_plugin::abi;
use metaffi_plugin::value::{CallableBody, GuestFrame, ObjectData};

use super::life::{Entered, Life};
use super::natives::enter;
use crate::api;
use crate::jni::{Env, Local, Native, ints, new_array, write_array};
use crate::prim::Prim;

/// The maximum number of parameters of a call that crosses as bits alone.
pub(super) const MAX_BITS: usize = 4;

/// An entity or a callable, with what a call needs from its signature.
pub(super) struct Callee {
    life: Life,
    /// Lives as long as this callee, which Java keeps alive while it calls: so calls of an entity
    /// need not be counted.
    entity: Option<Entity>,
    /// The object is an `abi::Callable`. Dropped when `life` says so, when no call is inside any
    /// more.
    callable: UnsafeCell<Option<Handle>>,
    /// Whether Java may close it before it is unreachable, so its calls are counted.
    is_closable: bool,
    signature: Signature,
    /// The maximum number of arguments.
    most: u32,
    /// The array parameters that the callee may fill, as bits of a mask.
    pub(super) fills: u32,
    /// How error messages name it.
    name: String,
    /// The types of the first parameters.
    pub(super) params: [abi::Type; MAX_BITS],
    /// The type of the first result.
    pub(super) result: abi::Type,
}

// SAFETY: entities and callables are called from any thread; `life` decides who may touch
// `callable`.
unsafe impl Send for Callee {}
// SAFETY: as above.
unsafe impl Sync for Callee {}

/// A call under way, which keeps its callee alive.
pub(super) struct Inside<'a> {
    callee: &'a Callee,
    entered: Option<Entered>,
    pub(super) function: abi::CallFn,
    pub(super) context: *mut c_void,
}

impl Callee {
    pub(super) fn entity(entity: Entity, path: &str) -> Arc<Self> {
        let signature = entity.signature();
        let most = signature.params().len() as u32;
        Self::new(Some(entity), None, signature, most, format!("`{path}`"))
    }

    /// # Safety
    /// `callable` must be an `abi::Callable`.
    unsafe fn callable(callable: Handle) -> Arc<Self> {
        // SAFETY: the caller's promise; the infos belong to the object.
        let (signature, most) = unsafe {
            let raw = callable.as_raw().cast::<abi::Callable>().as_ref();
            let signature = Signature::from_raw(raw.params, raw.nparams, raw.rets, raw.nrets);
            (signature, raw.nparams_max)
        };
        Self::new(None, Some(callable), signature, most, "the callable".into())
    }

    /// The same with other types of arguments and result; Java does not close it.
    ///
    /// # Safety
    /// As [`Callee::callable`].
    unsafe fn callable_as(callable: Handle, signature: Signature) -> Arc<Self> {
        let most = signature.params().len() as u32;
        let made = Self::made(None, Some(callable), signature, most, "the callable".into());
        Arc::new(Self { is_closable: false, ..made })
    }

    fn new(
        entity: Option<Entity>,
        callable: Option<Handle>,
        signature: Signature,
        most: u32,
        name: String,
    ) -> Arc<Self> {
        Arc::new(Self::made(entity, callable, signature, most, name))
    }

    fn made(
        entity: Option<Entity>,
        callable: Option<Handle>,
        signature: Signature,
        most: u32,
        name: String,
    ) -> Self {
        let mut params = [abi::NULL; MAX_BITS];
        for (tag, info) in params.iter_mut().zip(signature.params()) {
            *tag = info.ty.raw();
        }
        let fills = entity.as_ref().map_or(0, Entity::fills);
        let result = signature.rets().first().map_or(abi::NULL, |info| info.ty.raw());
        let (life, callable) = (Life::default(), UnsafeCell::new(callable));
        let is_closable = true;
        Self { life, entity, callable, is_closable, signature, most, fills, name, params, result }
    }

    /// The callee behind a pointer that Java holds.
    ///
    /// # Safety
    /// `target` must come from [`Callee::into_target`], and must not be freed yet.
    #[inline]
    pub(super) unsafe fn of<'a>(target: jlong) -> &'a Self {
        // SAFETY: the caller's promise.
        unsafe { &*(target as *const Self) }
    }

    /// The pointer for Java, which is one reference.
    pub(super) fn into_target(self: Arc<Self>) -> jlong {
        Arc::into_raw(self) as jlong
    }

    pub(super) const fn signature(&self) -> &Signature {
        &self.signature
    }

    /// Begins a call.
    #[inline]
    pub(super) fn enter(&self) -> Result<Inside<'_>, Error> {
        let Some(entity) = &self.entity else { return self.enter_callable() };
        if self.life.is_closed() {
            return Err(self.closed());
        }
        let (function, context) = (entity.call_fn(), entity.context());
        Ok(Inside { callee: self, entered: None, function, context })
    }

    fn enter_callable(&self) -> Result<Inside<'_>, Error> {
        let entered = match self.is_closable {
            true => Some(self.life.enter().ok_or_else(|| self.closed())?),
            false => None,
        };
        // SAFETY: not dropped before `leave`, which `life` ensures; if it cannot be closed, not
        // dropped before it is unreachable, which Java's cleaner ensures.
        let Some(callable) = (unsafe { &*self.callable.get() }) else { return Err(self.closed()) };
        // SAFETY: `Callee::callable` was promised this.
        let raw = unsafe { callable.as_raw().cast::<abi::Callable>().as_ref() };
        let (function, context) = (raw.call, raw.context);
        Ok(Inside { callee: self, entered, function, context })
    }

    fn close(&self) {
        if self.life.close() {
            self.release();
        }
    }

    #[cold]
    fn release(&self) {
        // SAFETY: `life` said so, which it does once, when no call is inside.
        drop(unsafe { (*self.callable.get()).take() });
    }

    #[cold]
    fn closed(&self) -> Error {
        let message = format!("{} was closed: close it after the last call", self.name);
        Error::new(ErrorKind::Released, message)
    }

    /// A callable for it: the callable itself, or one that calls the entity.
    fn to_callable(self: &Arc<Self>) -> Result<Handle, Error> {
        let _inside = self.enter()?;
        // SAFETY: inside a call it is not dropped.
        if let Some(callable) = unsafe { &*self.callable.get() } {
            return Ok(callable.clone());
        }
        let (owner, body) = (api::get().owner, Forward(self.clone()));
        let callable = Callable::with_body(owner, self.signature.clone(), body);
        Ok(callable.handle().clone())
    }
}

impl Drop for Inside<'_> {
    #[inline]
    fn drop(&mut self) {
        if self.entered.take().is_some_and(|entered| self.callee.life.leave(entered)) {
            self.callee.release();
        }
    }
}

/// An entity as a callable.
struct Forward(Arc<Callee>);

impl ObjectData for Forward {
    fn data(&self) -> *mut c_void {
        core::ptr::null_mut()
    }
}

impl CallableBody for Forward {
    fn call(&self, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
        let inside = self.0.enter()?;
        let raw = frame.as_raw();
        // SAFETY: function and context belong together; the frame is of this call, and a callee
        // that fails transfers its error.
        unsafe {
            let status = (inside.function)(inside.context, raw);
            let error = if status == abi::OK { None } else { (*raw.as_ptr()).error.take() };
            Error::check(status, error)
        }
    }
}

/// The native methods of `NativeCallee` other than calls.
pub(super) fn natives() -> [Native; 6] {
    [
        (c"target", c"(J)J", target as _),
        (c"targetAs", c"(J[II)J", target_as as _),
        (c"signature", c"(J)[I", signature as _),
        (c"newReference", c"(J)J", new_reference as _),
        (c"close", c"(J)V", close as _),
        (c"free", c"(J)V", free as _),
    ]
}

// Java keeps a target alive while one of these runs.

extern "system" fn target(env: *mut JNIEnv, _: jclass, callable: jlong) -> jlong {
    // SAFETY: one reference to a callable, of which Java gives up ownership.
    let body = |_| Ok(unsafe { Callee::callable(taken(callable)?) }.into_target());
    // SAFETY: the JVM's environment.
    unsafe { enter(env, 0, body) }
}

extern "system" fn target_as(
    env: *mut JNIEnv,
    _: jclass,
    callable: jlong,
    types: jarray,
    count: jint,
) -> jlong {
    let body = |env: Env| {
        // SAFETY: an array of ints, and one reference to a callable, of which Java gives up ownership.
        unsafe {
            let words = ints(env, types).into_iter();
            let mut infos: Vec<_> =
                words.map(|ty| TypeInfo::new(Type::from_raw(ty as u32))).collect();
            let results = infos.split_off(count as usize);
            let signature = Signature::new(infos, results);
            Ok(Callee::callable_as(taken(callable)?, signature).into_target())
        }
    };
    // SAFETY: the JVM's environment.
    unsafe { enter(env, 0, body) }
}

/// Takes ownership of the callable that Java passes.
///
/// # Safety
/// `callable` must be one reference to a callable, or 0.
unsafe fn taken(callable: jlong) -> Result<Handle, Error> {
    let none = || Error::new(ErrorKind::Internal, "a Caller was made from null");
    let callable = NonNull::new(callable as *mut abi::Object).ok_or_else(none)?;
    // SAFETY: the caller's promise.
    Ok(unsafe { Handle::take_raw(callable) })
}

extern "system" fn signature(env: *mut JNIEnv, _: jclass, target: jlong) -> jarray {
    // SAFETY: a live target.
    let body = |env| Ok(types(env, unsafe { Callee::of(target) })?.into_raw());
    // SAFETY: the JVM's environment.
    unsafe { enter(env, core::ptr::null_mut(), body) }
}

fn types(env: Env, callee: &Callee) -> Result<Local, Error> {
    let signature = callee.signature();
    let infos = signature.params().iter().chain(signature.rets());
    let pairs = infos.flat_map(|info| [info.ty.raw() as i32, info.dims]);
    let most = i32::try_from(callee.most).unwrap_or(i32::MAX);
    let counts = [signature.params().len() as i32, most];
    let words: Vec<i32> = counts.into_iter().chain(pairs).collect();
    let array = new_array(env, Prim::Int, words.len())?;
    // SAFETY: both have this many elements.
    unsafe { write_array(env, Prim::Int, array.as_raw(), words.len(), words.as_ptr().cast()) };
    Ok(array)
}

extern "system" fn new_reference(env: *mut JNIEnv, _: jclass, target: jlong) -> jlong {
    let body = |_| {
        let target = target as *const Callee;
        // SAFETY: a live target; the reference added here is ours.
        let callee = unsafe {
            Arc::increment_strong_count(target);
            Arc::from_raw(target)
        };
        Ok(callee.to_callable()?.into_raw().as_ptr() as jlong)
    };
    // SAFETY: the JVM's environment.
    unsafe { enter(env, 0, body) }
}

extern "system" fn close(env: *mut JNIEnv, _: jclass, target: jlong) {
    // SAFETY: a live target.
    let body = |_| {
        // SAFETY: as above.
        unsafe { Callee::of(target) }.close();
        Ok(())
    };
    // SAFETY: the JVM's environment.
    unsafe { enter(env, (), body) };
}

extern "system" fn free(env: *mut JNIEnv, _: jclass, target: jlong) {
    let body = |_| {
        // SAFETY: Java's one reference, which it gives up once.
        unsafe { Arc::from_raw(target as *const Callee) }.close();
        Ok(())
    };
    // SAFETY: the JVM's environment.
    unsafe { enter(env, (), body) };
}
