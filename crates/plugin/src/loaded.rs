//! The result of loading an entity: a C function, its context, its signature.

use core::ffi::c_void;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicPtr, AtomicU32, Ordering};

use metaffi_abi as abi;
use metaffi_value::{Error, GuestFrame, Signature, Type, TypeInfo, Value, str_to_raw};

/// A call target written in Rust, which [`Loaded::callee`] wraps as a C
/// function.
pub trait Callee: Send + Sync + 'static {
    /// Runs one call, on any thread, possibly several at once.
    ///
    /// # Errors
    /// Whatever the guest raises, or `Argument`.
    fn call(&self, frame: &mut GuestFrame<'_>) -> Result<(), Error>;

    /// Called when it has become an entity. `convention` lets it publish how it is called, if
    /// that changes.
    fn placed(&self, _convention: Convention) {}
}

/// The field of an entity that publishes its calling convention, while the
/// entity lives.
#[derive(Debug, Default)]
pub struct Convention(AtomicPtr<u32>);

impl Convention {
    /// Replaces the field by another one.
    pub fn set(&self, place: Self) {
        self.0.store(place.0.into_inner(), Ordering::Release);
    }

    /// Publishes one of `abi::CONVENTION_*`. Any thread that keeps the callee
    /// alive.
    pub fn say(&self, convention: u32) {
        if let Some(place) = NonNull::new(self.0.load(Ordering::Acquire)) {
            // SAFETY: a field of the entity, which keeps the callee alive. It is read atomically,
            // and nothing but the number is read.
            unsafe { AtomicU32::from_ptr(place.as_ptr()) }.store(convention, Ordering::Relaxed);
        }
    }
}

/// A resolved entity.
pub struct Loaded {
    pub(crate) call: abi::CallFn,
    pub(crate) context: *mut c_void,
    drop_context: unsafe fn(*mut c_void),
    place_context: unsafe fn(*mut c_void, Convention),
    pub(crate) signature: Signature,
    doc: String,
    /// The array parameters that the function may write to, as bits.
    fills: u32,
    /// As a callable, it takes any number of additional arguments.
    pub(crate) takes_more: bool,
}

// SAFETY: the context is a `Callee`, which any thread may call, or belongs to a
// function that follows the header's rules, which require the same.
unsafe impl Send for Loaded {}
// SAFETY: as above.
unsafe impl Sync for Loaded {}

/// The call trampoline of all Rust callees.
unsafe extern "C" fn trampoline<C: Callee>(
    context: *mut c_void,
    frame: NonNull<abi::Frame>,
) -> abi::Status {
    // SAFETY: `Loaded::callee` boxed a `C` as context, which lives until
    // release.
    let callee = unsafe { &*context.cast::<C>() };
    // SAFETY: the host passes the frame of this call.
    unsafe { GuestFrame::enter(frame, |frame| callee.call(frame)) }
}

/// Returns the same value at each call.
struct Constant(Value);

impl Callee for Constant {
    fn call(&self, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
        frame.set_all(std::slice::from_ref(&self.0))
    }
}

unsafe fn drop_box<C>(context: *mut c_void) {
    // SAFETY: `Loaded::callee` boxed it, and it is dropped once.
    drop(unsafe { Box::from_raw(context.cast::<C>()) });
}

unsafe fn place_box<C: Callee>(context: *mut c_void, convention: Convention) {
    // SAFETY: `Loaded::callee` boxed it, and it has not been dropped.
    unsafe { &*context.cast::<C>() }.placed(convention);
}

unsafe fn drop_nothing(_: *mut c_void) {}

unsafe fn place_nothing(_: *mut c_void, _: Convention) {}

impl Loaded {
    /// An entity that runs `callee`.
    pub fn callee<C: Callee>(callee: C, signature: Signature) -> Self {
        Self {
            call: trampoline::<C>,
            context: Box::into_raw(Box::new(callee)).cast(),
            drop_context: drop_box::<C>,
            place_context: place_box::<C>,
            signature,
            doc: String::new(),
            fills: 0,
            takes_more: false,
        }
    }

    /// An entity without parameters that returns `value` at each call: what a
    /// path names when the types are omitted.
    #[must_use]
    pub fn value(value: impl Into<Value>) -> Self {
        let signature = Signature::new(Vec::new(), vec![TypeInfo::new(Type::ANY)]);
        Self::callee(Constant(value.into()), signature)
    }

    /// An entity for a C function of the guest, which catches its own panics
    /// and lives as long as the process.
    ///
    /// # Safety
    /// `call` must follow the header's rules with `context`.
    #[must_use]
    pub unsafe fn function(call: abi::CallFn, context: *mut c_void, signature: Signature) -> Self {
        Self {
            call,
            context,
            drop_context: drop_nothing,
            place_context: place_nothing,
            signature,
            doc: String::new(),
            fills: 0,
            takes_more: false,
        }
    }

    /// The same with the guest's documentation.
    #[must_use]
    pub fn with_doc(mut self, doc: impl Into<String>) -> Self {
        self.doc = doc.into();
        self
    }

    /// The same, with the array parameters that the function may write to, as bits.
    #[must_use]
    pub fn with_fills(mut self, fills: u32) -> Self {
        self.fills = fills;
        self
    }
}

impl Drop for Loaded {
    fn drop(&mut self) {
        // SAFETY: context and drop function belong together.
        unsafe { (self.drop_context)(self.context) };
    }
}

/// The raw entity together with what it points to.
#[repr(C)]
pub(crate) struct OwnedEntity {
    raw: abi::Entity, // first: the hub sees only this
    #[allow(dead_code, reason = "kept for its drop")]
    loaded: Loaded,
}

pub(crate) fn into_raw_entity(loaded: Loaded) -> NonNull<abi::Entity> {
    let signature = &loaded.signature;
    let (params, rets) = (signature.raw_params(), signature.raw_rets());
    let raw = abi::Entity {
        struct_size: size_of::<abi::Entity>() as u32,
        convention: abi::CONVENTION_GENERIC,
        call: loaded.call,
        context: loaded.context,
        params: params.as_ptr(),
        rets: rets.as_ptr(),
        nparams: params.len() as u32,
        nrets: rets.len() as u32,
        // The heap buffer of the text does not move with `loaded`.
        doc: str_to_raw(&loaded.doc),
        fills: loaded.fills,
        reserved: 0,
    };
    let entity = NonNull::from(Box::leak(Box::new(OwnedEntity { raw, loaded })));
    // SAFETY: just made; its field lives as long as its callee.
    unsafe {
        let place = Convention(AtomicPtr::new(&raw mut (*entity.as_ptr()).raw.convention));
        let loaded = &raw const (*entity.as_ptr()).loaded;
        ((*loaded).place_context)((*loaded).context, place);
    }
    entity.cast()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    /// Changes its convention when it is called.
    struct Changing(Convention);
    impl Callee for Changing {
        fn call(&self, _: &mut GuestFrame<'_>) -> Result<(), Error> {
            self.0.say(abi::CONVENTION_UPCALL);
            Ok(())
        }

        fn placed(&self, convention: Convention) {
            self.0.set(convention);
        }
    }

    #[test]
    fn an_entity_publishes_its_current_convention() {
        let signature = Signature::new(vec![], vec![]);
        let raw = into_raw_entity(Loaded::callee(Changing(Convention::default()), signature));
        // SAFETY: just made, and not read concurrently.
        let convention = || unsafe { (&raw const (*raw.as_ptr()).convention).read() };
        assert_eq!(convention(), abi::CONVENTION_GENERIC);
        // SAFETY: the function accepts this context, and writes nothing to the
        // frame.
        let status = metaffi_value::CallFrame::with(|mut frame| unsafe {
            let (call, context) = ((*raw.as_ptr()).call, (*raw.as_ptr()).context);
            frame.call_status(call, context, &[], &mut [])
        });
        assert_eq!((status, convention()), (abi::OK, abi::CONVENTION_UPCALL));
        // SAFETY: made above, dropped once.
        drop(unsafe { Box::from_raw(raw.cast::<OwnedEntity>().as_ptr()) });
    }

    struct Held(#[allow(dead_code, reason = "counted by the test")] Arc<()>);
    impl Callee for Held {
        fn call(&self, _: &mut GuestFrame<'_>) -> Result<(), Error> {
            Ok(())
        }
    }

    #[test]
    fn releasing_an_entity_drops_its_callee_once() {
        let probe = Arc::new(());
        let signature = Signature::new(vec![TypeInfo::new(Type::INT64)], vec![]);
        let raw = into_raw_entity(Loaded::callee(Held(probe.clone()), signature));
        // SAFETY: just made.
        assert_eq!(unsafe { raw.as_ref() }.nparams, 1);
        assert_eq!(Arc::strong_count(&probe), 2);
        // SAFETY: made above, dropped once.
        drop(unsafe { Box::from_raw(raw.cast::<OwnedEntity>().as_ptr()) });
        assert_eq!(Arc::strong_count(&probe), 1);
    }
}
