//! A loaded entity, owned.

use core::ffi::c_void;
use core::mem::MaybeUninit;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicPtr, AtomicU32, Ordering};

use metaffi_abi as abi;

use crate::error::{Error, ErrorKind};
use crate::frame::CallFrame;
use crate::lift::lift_transferred;
use crate::lower::lower_argument;
use crate::text::str_from_raw;
use crate::types::Signature;
use crate::value::Value;

/// A loaded entity, which is released on drop.
#[derive(Debug)]
pub struct Entity {
    raw: NonNull<abi::Entity>,
    hub: &'static abi::Hub,
}

// SAFETY: entities can be called from any thread. The fields do not change,
// except `call`, which is read atomically.
unsafe impl Send for Entity {}
// SAFETY: as above.
unsafe impl Sync for Entity {}

impl Entity {
    /// Takes over an entity loaded by `hub`.
    ///
    /// # Safety
    /// `raw` must be live, and only this value may release it.
    #[must_use]
    pub const unsafe fn take_raw(raw: NonNull<abi::Entity>, hub: &'static abi::Hub) -> Self {
        Self { raw, hub }
    }

    /// The current call function. The hub replaces it when the runtime is
    /// released.
    #[inline]
    #[must_use]
    pub fn call_fn(&self) -> abi::CallFn {
        // SAFETY: the entity is live; the hub writes this field atomically,
        // always with a function of this type. `Relaxed` suffices: the field is a
        // pointer to code that existed before the entity, and publishes no other
        // data.
        unsafe {
            let field = (&raw mut (*self.raw.as_ptr()).call).cast::<*mut c_void>();
            let call = AtomicPtr::from_ptr(field).load(Ordering::Relaxed);
            core::mem::transmute::<*mut c_void, abi::CallFn>(call)
        }
    }

    /// The first argument of [`Entity::call_fn`].
    #[inline]
    #[must_use]
    pub fn context(&self) -> *mut c_void {
        // SAFETY: live; written before the entity was handed out, and by the hub while
        // a forked child has one thread. A raw read, because the neighbouring `call`
        // may change concurrently.
        unsafe { (*self.raw.as_ptr()).context }
    }

    /// The resolved types.
    #[must_use]
    pub fn signature(&self) -> Signature {
        let raw = self.raw.as_ptr();
        // SAFETY: live, with these fields; the infos belong to the entity.
        unsafe { Signature::from_raw((*raw).params, (*raw).nparams, (*raw).rets, (*raw).nrets) }
    }

    /// The guest's documentation, or an empty string.
    #[must_use]
    pub fn doc(&self) -> String {
        // SAFETY: live, with this field; the text belongs to the entity.
        unsafe { str_from_raw((*self.raw.as_ptr()).doc) }
    }

    /// Bit i is set if the function may write to parameter i, an array, and its
    /// writes reach an argument that is [`abi::FILLABLE`].
    #[must_use]
    pub fn fills(&self) -> u32 {
        let raw = self.raw.as_ptr();
        // SAFETY: live; the field is read only if the entity's size includes
        // it.
        unsafe { if abi::covers!((*raw), abi::Entity, fills) { (*raw).fills } else { 0 } }
    }

    /// The convention by which it is currently called.
    #[must_use]
    pub fn convention(&self) -> &'static str {
        // SAFETY: the entity is live; its runtime writes this field atomically.
        let convention = unsafe { AtomicU32::from_ptr(&raw mut (*self.raw.as_ptr()).convention) };
        match convention.load(Ordering::Relaxed) {
            abi::CONVENTION_GENERIC => "generic",
            abi::CONVENTION_UPCALL => "upcall",
            _ => "unknown",
        }
    }

    /// Calls it.
    ///
    /// # Errors
    /// `Argument` for a wrong number or type of arguments, and whatever the
    /// guest raises.
    pub fn call(&self, args: &[Value]) -> Result<Vec<Value>, Error> {
        let raw = self.raw.as_ptr();
        // SAFETY: live, with these fields.
        let (nparams, nrets) = unsafe { ((*raw).nparams, (*raw).nrets) };
        checked_count(nparams, args.len())?;
        let mut rets = vec![MaybeUninit::uninit(); nrets as usize];
        // SAFETY: function and context belong together and live with `self`.
        unsafe { call_values(self.call_fn(), self.context(), args, &mut rets) }
    }
}

impl Drop for Entity {
    fn drop(&mut self) {
        // SAFETY: owned by `self`, and no call is in progress, since calls
        // borrow `self`.
        unsafe { (self.hub.release_entity)(self.raw.as_ptr()) };
    }
}

fn checked_count(expected: u32, given: usize) -> Result<(), Error> {
    if expected as usize == given {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::Argument,
        format!("the entity takes {expected} argument(s), {given} were given"),
    ))
}

/// Lowers, calls and lifts.
///
/// # Safety
/// `call` must accept `context` and write every slot of `rets`.
pub(crate) unsafe fn call_values(
    call: abi::CallFn,
    context: *mut c_void,
    args: &[Value],
    rets: &mut [MaybeUninit<abi::Value>],
) -> Result<Vec<Value>, Error> {
    CallFrame::with(|mut frame| {
        let args: Vec<_> =
            args.iter().map(|arg| lower_argument(arg, &mut frame)).collect::<Result<_, _>>()?;
        // SAFETY: the lowered arguments live as long as `args` and the frame.
        unsafe { frame.call(call, context, &args, rets)? };
        // SAFETY: a successful callee wrote every slot. Each is taken once, and all of them before
        // an error is returned, since each may own something.
        let lifted = rets.iter().map(|ret| unsafe { lift_transferred(ret.assume_init_ref()) });
        lifted.collect::<Vec<_>>().into_iter().collect()
    })
}
