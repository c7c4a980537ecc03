//! Python objects as `metaffi_object`s: how they leave Python, and how they come back.

use core::ffi::c_void;
use core::ptr::{NonNull, null_mut};
use std::sync::OnceLock;

use metaffi_abi as abi;
use metaffi_plugin::Link;
use metaffi_value::{Owner, References};
use pyo3::ffi;

use crate::{asked, releases};

/// A Python object that other runtimes hold references to.
#[repr(C)]
pub(crate) struct Shared {
    base: abi::Object, // first: others see only this
    refs: References,
    /// The next one in the queue of releases.
    next: *mut Shared,
}

// SAFETY: the field is the queue's alone.
unsafe impl Link for Shared {
    fn next(this: NonNull<Self>) -> NonNull<*mut Self> {
        // SAFETY: a field of a live object.
        unsafe { NonNull::from(&mut (*this.as_ptr()).next) }
    }
}

static VTABLE: abi::ObjectVtable = vtable(retain, release, 0);

/// The vtable of a `dict`.
static MAPPING_VTABLE: abi::ObjectVtable = vtable(retain, release, 1);

type Counting = unsafe extern "C" fn(NonNull<abi::Object>);

/// The vtable of Python objects, with these functions for counting references.
pub(crate) const fn vtable(retain: Counting, release: Counting, mapping: u32) -> abi::ObjectVtable {
    abi::ObjectVtable {
        abi_version: abi::ABI_VERSION,
        struct_size: size_of::<abi::ObjectVtable>() as u32,
        retain,
        release,
        exact: 0,
        mapping,
        items: Some(asked::items),
        entries: Some(asked::entries),
        method: Some(asked::method),
        type_of: Some(asked::type_of),
        member: Some(asked::member),
        describe: Some(asked::describe),
    }
}

static OWNER: OnceLock<Owner> = OnceLock::new();

/// Sets the owner of Python's objects, as soon as the hub is open.
pub(crate) fn set_owner(owner: Owner) {
    OWNER.get_or_init(|| owner);
}

/// The owner of Python's objects.
#[inline]
pub(crate) fn owner() -> Owner {
    static NOBODY: std::sync::atomic::AtomicI64 = std::sync::atomic::AtomicI64::new(0);
    // Objects are passed only to entities, which a hub has loaded.
    OWNER.get().copied().unwrap_or(Owner::unregistered(0, &NOBODY))
}

/// Puts a Python object into the form that other runtimes can hold; the caller gets one
/// reference.
///
/// # Safety
/// `object` is live and the GIL is held.
pub(crate) unsafe fn share(object: *mut ffi::PyObject) -> NonNull<abi::Object> {
    let owner = owner();
    owner.add();
    // SAFETY: live, under the GIL.
    let is_mapping = unsafe {
        ffi::Py_INCREF(object);
        ffi::PyDict_Check(object) != 0
    };
    let vtable = if is_mapping { &MAPPING_VTABLE } else { &VTABLE };
    let base = abi::Object { vtable, owner: owner.id(), data: object.cast() };
    let shared = Box::new(Shared { base, refs: References::one(), next: null_mut() });
    NonNull::from(Box::leak(shared)).cast()
}

unsafe extern "C" fn retain(object: NonNull<abi::Object>) {
    // SAFETY: these vtables are only in objects that `share` made.
    let shared = unsafe { object.cast::<Shared>().as_ref() };
    shared.refs.add();
}

/// Runs on any thread; a thread that has the GIL releases the Python reference later.
unsafe extern "C" fn release(object: NonNull<abi::Object>) {
    let shared = object.cast::<Shared>();
    // SAFETY: as in `retain`; the caller passes one reference on, so it is alive.
    if unsafe { released_last(shared) } {
        releases::push(shared);
    }
}

/// # Safety
/// `shared` is live, and one reference is released.
unsafe fn released_last(shared: NonNull<Shared>) -> bool {
    // SAFETY: live.
    let was_last = unsafe { shared.as_ref() }.refs.give_up();
    if was_last {
        owner().remove();
    }
    was_last
}

/// The vtable that marks a queued [`DeferredFree`].
static DEFERRED_FREE: abi::ObjectVtable = vtable(retain, release, 0);

/// A field of something that has to be freed under the GIL, and the function that frees it.
#[repr(C)]
pub(crate) struct DeferredFree {
    shared: Shared, // first: the queue sees only this; its data is what is freed
    free: unsafe fn(*mut c_void),
}

impl DeferredFree {
    /// Makes one that calls `free`, under the GIL, with the argument of
    /// [`DeferredFree::schedule`].
    pub(crate) const fn new(free: unsafe fn(*mut c_void)) -> Self {
        let base = abi::Object { vtable: &DEFERRED_FREE, owner: 0, data: null_mut() };
        Self { shared: Shared { base, refs: References::one(), next: null_mut() }, free }
    }

    /// Makes the next thread that has the GIL free `what`.
    ///
    /// # Safety
    /// `deferred` must be a field of `what`, which nothing refers to any more.
    pub(crate) unsafe fn schedule(deferred: NonNull<Self>, what: *mut c_void) {
        // SAFETY: the caller's promise: nothing else refers to it.
        unsafe { (*deferred.as_ptr()).shared.base.data = what };
        releases::push(deferred.cast());
    }
}

/// Frees a shared object whose last reference was released.
///
/// # Safety
/// Its last reference was released, and the GIL is held.
pub(crate) unsafe fn free_released(shared: NonNull<Shared>) {
    // SAFETY: the caller's promises; only a `DeferredFree` has that vtable.
    unsafe {
        if core::ptr::eq(shared.as_ref().base.vtable, &raw const DEFERRED_FREE) {
            let deferred = shared.cast::<DeferredFree>().as_ref();
            return (deferred.free)(deferred.shared.base.data);
        }
    }
    // SAFETY: `share` boxed it, and nothing else refers to it any more.
    let shared = unsafe { Box::from_raw(shared.as_ptr()) };
    // SAFETY: this is the reference that `share` took.
    unsafe { ffi::Py_DECREF(shared.base.data.cast()) };
}

/// Releases one reference at once, on a thread that holds the GIL.
///
/// # Safety
/// `object` is live, one reference is released, and the GIL is held.
pub(crate) unsafe fn give_back(object: NonNull<abi::Object>) {
    // SAFETY: the caller's promises.
    unsafe {
        let vtable = object.as_ref().vtable;
        if !core::ptr::eq(vtable, &VTABLE) && !core::ptr::eq(vtable, &MAPPING_VTABLE) {
            return (vtable.release)(object);
        }
        if released_last(object.cast()) {
            free_released(object.cast());
        }
    }
}

/// A reference of our own, which any thread may drop. It does not count as one that
/// others hold.
pub(crate) struct Own(NonNull<Shared>);

// SAFETY: a thread that holds the GIL releases the reference, and its users hold
// the GIL too.
unsafe impl Send for Own {}
// SAFETY: as above.
unsafe impl Sync for Own {}

impl Own {
    /// # Safety
    /// `object` is live and the GIL is held.
    pub(crate) unsafe fn of(object: *mut ffi::PyObject) -> Self {
        // SAFETY: live, under the GIL.
        unsafe { ffi::Py_INCREF(object) };
        let base = abi::Object { vtable: &VTABLE, owner: 0, data: object.cast() };
        let shared = Box::new(Shared { base, refs: References::one(), next: null_mut() });
        Self(NonNull::from(Box::leak(shared)))
    }

    /// The object.
    #[inline]
    pub(crate) fn as_ptr(&self) -> *mut ffi::PyObject {
        // SAFETY: live as long as `self`.
        unsafe { self.0.as_ref() }.base.data.cast()
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        releases::push(self.0);
    }
}

/// The Python object that `object` stands for, if it is one; borrowed.
#[inline]
pub(crate) fn original(object: &abi::Object) -> Option<NonNull<ffi::PyObject>> {
    if object.owner == owner().id() { NonNull::new(object.data.cast()) } else { None }
}
