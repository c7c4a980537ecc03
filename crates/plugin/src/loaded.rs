//! What loading an entity yields: a C function, its context, its signature.

use core::ffi::c_void;
use core::ptr::NonNull;

use metaffi_abi as abi;
use metaffi_value::{Error, GuestFrame, Signature, Type, TypeInfo, Value, str_to_raw};

/// A call target written in Rust; [`Loaded::callee`] gives it the C shape.
pub trait Callee: Send + Sync + 'static {
    /// One call, on whichever thread, several at once.
    ///
    /// # Errors
    /// What the guest raises, or `Argument`.
    fn call(&self, frame: &mut GuestFrame<'_>) -> Result<(), Error>;
}

/// A resolved entity.
pub struct Loaded {
    pub(crate) call: abi::CallFn,
    pub(crate) context: *mut c_void,
    drop_context: unsafe fn(*mut c_void),
    pub(crate) signature: Signature,
    doc: String,
    /// The parameters, by their bits, that are arrays which the function may fill.
    fills: u32,
    /// As a callable it takes any number of further arguments.
    pub(crate) takes_more: bool,
}

// SAFETY: a context is a `Callee`, which any thread may call, or one of a function
// that follows the header's rules, which are the same.
unsafe impl Send for Loaded {}
// SAFETY: as above.
unsafe impl Sync for Loaded {}

/// The one call trampoline of Rust callees.
unsafe extern "C" fn trampoline<C: Callee>(
    context: *mut c_void,
    frame: NonNull<abi::Frame>,
) -> abi::Status {
    // SAFETY: `Loaded::callee` boxed a `C` as context; it lives until release.
    let callee = unsafe { &*context.cast::<C>() };
    // SAFETY: the host passes the frame of this call.
    unsafe { GuestFrame::enter(frame, |frame| callee.call(frame)) }
}

/// What gives the same value at each call.
struct Given(Value);

impl Callee for Given {
    fn call(&self, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
        frame.set_all(std::slice::from_ref(&self.0))
    }
}

unsafe fn drop_box<C>(context: *mut c_void) {
    // SAFETY: `Loaded::callee` boxed it, and it is dropped once.
    drop(unsafe { Box::from_raw(context.cast::<C>()) });
}

unsafe fn drop_nothing(_: *mut c_void) {}

impl Loaded {
    /// An entity that runs `callee`.
    pub fn callee<C: Callee>(callee: C, signature: Signature) -> Self {
        Self {
            call: trampoline::<C>,
            context: Box::into_raw(Box::new(callee)).cast(),
            drop_context: drop_box::<C>,
            signature,
            doc: String::new(),
            fills: 0,
            takes_more: false,
        }
    }

    /// An entity that takes nothing and gives `value` at each call: what a path
    /// names when the types are left out.
    #[must_use]
    pub fn value(value: impl Into<Value>) -> Self {
        let signature = Signature::new(Vec::new(), vec![TypeInfo::new(Type::ANY)]);
        Self::callee(Given(value.into()), signature)
    }

    /// An entity that is a C function of the guest's own, which catches its
    /// own panics and lives as long as the process.
    ///
    /// # Safety
    /// `call` must follow the header's rules with `context`.
    #[must_use]
    pub unsafe fn function(call: abi::CallFn, context: *mut c_void, signature: Signature) -> Self {
        let (drop_context, doc) = (drop_nothing as _, String::new());
        Self { call, context, drop_context, signature, doc, fills: 0, takes_more: false }
    }

    /// The same with the guest's documentation.
    #[must_use]
    pub fn with_doc(mut self, doc: impl Into<String>) -> Self {
        self.doc = doc.into();
        self
    }

    /// The same, with the parameters, by their bits, that are arrays which the function
    /// may fill.
    #[must_use]
    pub fn with_fills(mut self, fills: u32) -> Self {
        self.fills = fills;
        self
    }
}

impl Drop for Loaded {
    fn drop(&mut self) {
        // SAFETY: context and drop function were set together.
        unsafe { (self.drop_context)(self.context) };
    }
}

/// The raw entity with what it points into.
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
        // The text's heap does not move with `loaded`.
        doc: str_to_raw(&loaded.doc),
        fills: loaded.fills,
        reserved: 0,
    };
    NonNull::from(Box::leak(Box::new(OwnedEntity { raw, loaded }))).cast()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

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
