//! Python objects as `metaffi_object`s: how they leave, and how they come home.

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

/// Of a `dict`.
static MAPPING_VTABLE: abi::ObjectVtable = vtable(retain, release, 1);

type Counting = unsafe extern "C" fn(NonNull<abi::Object>);

/// What all objects of Python's answer, however they are counted.
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

/// The identity of Python's objects, as soon as the hub is open.
pub(crate) fn set_owner(owner: Owner) {
    OWNER.get_or_init(|| owner);
}

/// The identity of Python's objects.
#[inline]
pub(crate) fn owner() -> Owner {
    static NOBODY: std::sync::atomic::AtomicI64 = std::sync::atomic::AtomicI64::new(0);
    // Objects travel only through entities, which a hub loaded.
    OWNER.get().copied().unwrap_or(Owner::unregistered(0, &NOBODY))
}

/// Gives a Python object a shape that others can hold; one reference is the
/// caller's.
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

/// Runs on any thread: the Python reference waits for one that has the GIL.
unsafe extern "C" fn release(object: NonNull<abi::Object>) {
    let shared = object.cast::<Shared>();
    // SAFETY: as in `retain`; the caller gives up a reference, so it lives.
    if unsafe { gave_up_last(shared) } {
        releases::push(shared);
    }
}

/// # Safety
/// `shared` is live, and one reference is given up.
unsafe fn gave_up_last(shared: NonNull<Shared>) -> bool {
    // SAFETY: live.
    let was_last = unsafe { shared.as_ref() }.refs.give_up();
    if was_last {
        owner().remove();
    }
    was_last
}

/// Stands in the place of a vtable where what is queued is a [`Grave`].
static GRAVE: abi::ObjectVtable = vtable(retain, release, 0);

/// What lies in something else that is to be freed under the GIL, and says how.
#[repr(C)]
pub(crate) struct Grave {
    shared: Shared, // first: the queue sees only this; its data is what is freed
    free: unsafe fn(*mut c_void),
}

impl Grave {
    /// One that frees, under the GIL, what [`Grave::dig`] is told.
    pub(crate) const fn new(free: unsafe fn(*mut c_void)) -> Self {
        let base = abi::Object { vtable: &GRAVE, owner: 0, data: null_mut() };
        Self { shared: Shared { base, refs: References::one(), next: null_mut() }, free }
    }

    /// Has `what` freed by the next thread that has the GIL.
    ///
    /// # Safety
    /// `grave` must lie in `what`, which nobody holds any more.
    pub(crate) unsafe fn dig(grave: NonNull<Self>, what: *mut c_void) {
        // SAFETY: the caller's promise: it is ours alone.
        unsafe { (*grave.as_ptr()).shared.base.data = what };
        releases::push(grave.cast());
    }
}

/// Frees a shared object that nobody holds any more.
///
/// # Safety
/// Its last reference was given up, and the GIL is held.
pub(crate) unsafe fn bury(shared: NonNull<Shared>) {
    // SAFETY: the caller's promises; only a grave has that table.
    unsafe {
        if core::ptr::eq(shared.as_ref().base.vtable, &raw const GRAVE) {
            let grave = shared.cast::<Grave>().as_ref();
            return (grave.free)(grave.shared.base.data);
        }
    }
    // SAFETY: `share` boxed it, and nobody else knows it any more.
    let shared = unsafe { Box::from_raw(shared.as_ptr()) };
    // SAFETY: this is the reference that `share` took.
    unsafe { ffi::Py_DECREF(shared.base.data.cast()) };
}

/// Gives one reference back, at once, for a thread that holds the GIL.
///
/// # Safety
/// `object` is live, one reference is given up, and the GIL is held.
pub(crate) unsafe fn give_back(object: NonNull<abi::Object>) {
    // SAFETY: the caller's promises.
    unsafe {
        let vtable = object.as_ref().vtable;
        if !core::ptr::eq(vtable, &VTABLE) && !core::ptr::eq(vtable, &MAPPING_VTABLE) {
            return (vtable.release)(object);
        }
        if gave_up_last(object.cast()) {
            bury(object.cast());
        }
    }
}

/// A reference of our own, which may be dropped by any thread. It is not counted
/// among those that others hold.
pub(crate) struct Own(NonNull<Shared>);

// SAFETY: the reference is given back by a thread that holds the GIL, and its
// users hold it too.
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
        // SAFETY: live as long as we are.
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
