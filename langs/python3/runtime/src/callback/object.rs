//! A Python function as a `metaffi_callable`.
//!
//! Made each time a function is passed, so it is a single allocation that shares its types with
//! others of its kind. While other runtimes hold it, the same function is lowered to it again.

use core::ffi::c_void;
use core::ptr::{NonNull, null_mut};
use core::sync::atomic::{AtomicPtr, Ordering};

use metaffi_abi as abi;
use metaffi_value::{Callable, GuestFrame, Handle, References};
use pyo3::ffi;

use super::PythonFunction;
use crate::shared::{DeferredFree, owner, vtable};

#[repr(C)]
struct Counted {
    raw: abi::Callable, // first: others see only this
    refs: References,
    function: PythonFunction,
    deferred: DeferredFree,
}

/// The last one that was made, until it is freed. Read and freed under the GIL, hence `Relaxed`.
static LATEST: AtomicPtr<Counted> = AtomicPtr::new(null_mut());

/// The last one that was made, if it is that of `home`, matches, and others hold it.
///
/// # Safety
/// The GIL is held.
pub(super) unsafe fn again(
    home: *mut ffi::PyObject,
    fits: impl FnOnce(&PythonFunction) -> bool,
) -> Option<Callable> {
    let latest = NonNull::new(LATEST.load(Ordering::Relaxed))?;
    // SAFETY: `free` removes it from `LATEST`, under the GIL, before it is freed. It holds
    // `home`, so no other object has that address.
    unsafe {
        let Counted { refs, function, .. } = latest.as_ref();
        let is_same = function.home.as_ptr() == home && fits(function) && refs.try_add();
        is_same.then(|| Callable::take_handle(Handle::take_raw(latest.cast())))
    }
}

/// # Safety
/// `counted` was made by [`new`] and its last reference was released; the GIL is held.
unsafe fn free(counted: *mut c_void) {
    let counted: *mut Counted = counted.cast();
    let _ = LATEST.compare_exchange(counted, null_mut(), Ordering::Relaxed, Ordering::Relaxed);
    // SAFETY: the caller's promises; `new` boxed it.
    unsafe { Box::from_raw(counted).function.give_up() };
}

static VTABLE: abi::ObjectVtable = vtable(retain, release, 0);

/// Puts a function into its C form; the handle is the first reference to it. Under the GIL.
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
        context: null_mut(),
        // The types live as long as the function.
        params: params.as_ptr(),
        rets: rets.as_ptr(),
        nparams: params.len() as u32,
        nrets: rets.len() as u32,
        nparams_max: function.types.most,
        reserved: 0,
    };
    let deferred = DeferredFree::new(free);
    let counted = Box::new(Counted { raw, refs: References::one(), function, deferred });
    let counted = NonNull::from(Box::leak(counted));
    LATEST.store(counted.as_ptr(), Ordering::Relaxed);
    // SAFETY: just made, with one reference, and nothing else refers to it.
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

/// Runs on any thread; a thread that has the GIL releases the Python references later.
unsafe extern "C" fn release(object: NonNull<abi::Object>) {
    let object = object.cast::<Counted>();
    // SAFETY: as in `retain`; the caller passes one reference on, so it is alive.
    if !unsafe { object.as_ref() }.refs.give_up() {
        return;
    }
    owner().remove();
    // SAFETY: that was the last reference, and `deferred` is a field of it.
    unsafe {
        let deferred = NonNull::from(&mut (*object.as_ptr()).deferred);
        DeferredFree::schedule(deferred, object.as_ptr().cast());
    }
}
