//! A Python function in the shape of a `metaffi_callable`.
//!
//! Made each time a function is passed, so its types are shared with others of
//! its kind and it is one piece of memory.

use core::ffi::c_void;
use core::ptr::NonNull;

use metaffi_abi as abi;
use metaffi_value::{Callable, GuestFrame, Handle, References};

use super::PythonFunction;
use crate::shared::{owner, vtable};

#[repr(C)]
struct Counted {
    raw: abi::Callable, // first: others see only this
    refs: References,
    function: PythonFunction,
}

static VTABLE: abi::ObjectVtable = vtable(retain, release, 0);

/// Gives a function the raw shape; the handle is the first reference to it.
pub(super) fn new(function: PythonFunction) -> Callable {
    let owner = owner();
    owner.add();
    let signature = &function.types.signature;
    let (params, rets) = (signature.raw_params(), signature.raw_rets());
    let raw = abi::Callable {
        base: abi::Object {
            vtable: &VTABLE,
            owner: owner.id(),
            data: function.home.as_ptr().cast(),
        },
        call,
        context: core::ptr::null_mut(),
        // The types live as long as the function.
        params: params.as_ptr(),
        rets: rets.as_ptr(),
        nparams: params.len() as u32,
        nrets: rets.len() as u32,
        nparams_max: function.types.most,
        reserved: 0,
    };
    let counted = Box::new(Counted { raw, refs: References::one(), function });
    let counted = NonNull::from(Box::leak(counted));
    // SAFETY: just made, with one reference, and nobody else knows it.
    unsafe {
        (*counted.as_ptr()).raw.context = counted.as_ptr().cast();
        Callable::take_handle(Handle::take_raw(counted.cast()))
    }
}

unsafe extern "C" fn call(context: *mut c_void, frame: NonNull<abi::Frame>) -> abi::Status {
    // SAFETY: the context is the object, which the caller keeps alive; the frame
    // is the one of this call.
    unsafe {
        let Counted { raw, function, .. } = &*context.cast::<Counted>();
        GuestFrame::enter(frame, |frame| function.call(raw, frame))
    }
}

unsafe extern "C" fn retain(object: NonNull<abi::Object>) {
    // SAFETY: this vtable is only in objects that `new` made.
    let counted = unsafe { object.cast::<Counted>().as_ref() };
    counted.refs.add();
}

/// Runs on any thread: the Python references wait for one that has the GIL.
unsafe extern "C" fn release(object: NonNull<abi::Object>) {
    let object = object.cast::<Counted>();
    // SAFETY: as in `retain`; the caller gives up one reference, so it lives.
    if !unsafe { object.as_ref() }.refs.give_up() {
        return;
    }
    owner().remove();
    // SAFETY: that was the last reference, and `new` boxed it.
    drop(unsafe { Box::from_raw(object.as_ptr()) });
}
