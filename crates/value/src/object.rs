//! Reference-counted objects across runtimes: handles and buffers.
//!
//! [`new_object`] wraps any Rust payload as a `metaffi_object`. [`Handle`]
//! holds one reference to an object of any runtime.

use core::ffi::c_void;
use core::fmt;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicI64, Ordering};

use metaffi_abi as abi;

use crate::counted::{allocate, payload};

/// The identity of a runtime, and the counter of its live objects.
#[derive(Clone, Copy, Debug)]
pub struct Owner {
    id: u64,
    live: &'static AtomicI64,
    hub: Option<&'static abi::Hub>,
}

/// After this many new objects, the hub is asked to check memory usage.
const CHECK_INTERVAL: i64 = 4;

/// The number of live objects at the last check. A call that makes and releases
/// an object again and again reaches the same number each time, and uses no
/// more memory.
static LAST_CHECKED: AtomicI64 = AtomicI64::new(0);

impl Owner {
    /// The owner that the hub registers under `name`.
    #[must_use]
    pub fn named(hub: &'static abi::Hub, name: &str) -> Self {
        // SAFETY: the hub's functions take valid strings from any thread.
        let id = unsafe { (hub.owner_id)(crate::str_to_raw(name)) };
        // SAFETY: the hub keeps the counter for the life of the process, and it
        // is only accessed atomically.
        let live = unsafe { AtomicI64::from_ptr((hub.live_objects)(id).as_ptr()) };
        Self { id, live, hub: Some(hub) }
    }

    /// An owner that is not registered with a hub.
    #[must_use]
    pub const fn unregistered(id: u64, live: &'static AtomicI64) -> Self {
        Self { id, live, hub: None }
    }

    /// The owner number of its objects.
    #[must_use]
    pub const fn id(self) -> u64 {
        self.id
    }

    pub(crate) const fn live(self) -> &'static AtomicI64 {
        self.live
    }

    /// The number of this owner's objects that are still referenced.
    #[must_use]
    pub fn live_objects(self) -> i64 {
        self.live.load(Ordering::Relaxed)
    }

    /// Counts an object that [`new_object`] did not make, and returns the
    /// number of live objects. Runs no guest code, so the caller may hold any
    /// lock.
    pub fn add(self) -> i64 {
        let live = self.live.fetch_add(1, Ordering::Relaxed) + 1;
        if live % CHECK_INTERVAL == 0 && LAST_CHECKED.load(Ordering::Relaxed) != live {
            LAST_CHECKED.store(live, Ordering::Relaxed);
            self.press(abi::PRESS_LOOK);
        }
        live
    }

    /// Counts one object less.
    pub fn remove(self) {
        self.live.fetch_sub(1, Ordering::Relaxed);
    }

    /// Registers how the runtime collects what it holds of others; see
    /// `add_collector` in `metaffi.h`.
    pub fn collect_by(self, collect: abi::CollectFn) {
        if let Some(hub) = self.hub {
            // SAFETY: accepts any owner, and a function that any thread may
            // call.
            unsafe { (hub.add_collector)(self.id, collect) };
        }
    }

    /// Asks the runtimes that hold its objects to collect; see `press` in
    /// `metaffi.h`.
    #[cold]
    pub fn press(self, urgency: u32) {
        if let Some(hub) = self.hub {
            // SAFETY: accepts any owner, from any thread.
            unsafe { (hub.press)(self.id, urgency, 0) };
        }
    }
}

/// The payload of a runtime's objects.
///
/// Dropping it releases the object. This may happen on any thread; it must not
/// block or run guest code.
pub trait ObjectData: Send + Sync + 'static {
    /// The owner's own reference, `metaffi_object.data`.
    fn data(&self) -> *mut c_void;
}

/// Makes an object of `owner` with `payload`; the caller gets one reference.
pub fn new_object<T: ObjectData>(owner: Owner, payload: T) -> Handle {
    let data = payload.data();
    let object = allocate::<abi::Object, T>(owner, data, payload, |base| base, |_, _| {});
    // SAFETY: `allocate` returns one reference.
    unsafe { Handle::take_raw(object) }
}

/// The payload of an object that [`new_object`] made with the same `T`; `None`
/// for other objects.
#[must_use]
pub fn object_payload<T: ObjectData>(handle: &Handle) -> Option<&T> {
    // SAFETY: the handle keeps the object alive.
    unsafe { payload::<abi::Object, T>(handle.as_raw()) }
}

/// Makes a transferred buffer, which keeps `keep` alive as long as its `size`
/// bytes at `data` are referenced.
pub fn new_buffer<T: Send + 'static>(
    owner: Owner,
    data: *const c_void,
    size: u64,
    keep: T,
) -> Handle {
    let raw = |base| abi::Buffer { base, data, size };
    let object = allocate::<abi::Buffer, T>(owner, core::ptr::null_mut(), keep, raw, |_, _| {});
    // SAFETY: `allocate` returns one reference.
    unsafe { Handle::take_raw(object) }
}

/// One reference to an object of some runtime, which is released on drop.
pub struct Handle(NonNull<abi::Object>);

// SAFETY: the header requires retain and release to work on any thread.
unsafe impl Send for Handle {}
// SAFETY: as above; the fields of an object never change.
unsafe impl Sync for Handle {}

impl Handle {
    /// Takes over one reference.
    ///
    /// # Safety
    /// `object` must be live, and the caller must give up one reference to it.
    #[must_use]
    pub const unsafe fn take_raw(object: NonNull<abi::Object>) -> Self {
        Self(object)
    }

    /// Adds a reference to a borrowed object.
    ///
    /// # Safety
    /// `object` must be live.
    #[must_use]
    pub unsafe fn retain_raw(object: NonNull<abi::Object>) -> Self {
        // SAFETY: the caller promises that it lives.
        unsafe { (object.as_ref().vtable.retain)(object) };
        Self(object)
    }

    /// The object. The handle keeps its reference.
    #[must_use]
    pub const fn as_raw(&self) -> NonNull<abi::Object> {
        self.0
    }

    /// Gives up the reference in exchange for a raw pointer that owns it.
    #[must_use]
    pub const fn into_raw(self) -> NonNull<abi::Object> {
        let raw = self.0;
        core::mem::forget(self);
        raw
    }

    /// The owner number of the runtime that the object lives in.
    #[must_use]
    pub fn owner(&self) -> u64 {
        self.as_object().owner
    }

    /// The owner's own reference.
    #[must_use]
    pub fn data(&self) -> *mut c_void {
        self.as_object().data
    }

    /// Whether the object is a mapping.
    #[must_use]
    pub fn is_mapping(&self) -> bool {
        is_mapping(self.as_object())
    }

    pub(crate) fn as_object(&self) -> &abi::Object {
        // SAFETY: the handle holds a reference, so the object lives.
        unsafe { self.0.as_ref() }
    }
}

/// Whether an object is a mapping.
#[must_use]
pub fn is_mapping(object: &abi::Object) -> bool {
    abi::covers!(object.vtable, abi::ObjectVtable, mapping) && object.vtable.mapping == 1
}

impl Clone for Handle {
    fn clone(&self) -> Self {
        // SAFETY: the handle holds a reference, so the object lives.
        unsafe { Self::retain_raw(self.0) }
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        // SAFETY: this reference is ours and not used again.
        unsafe { (self.as_object().vtable.release)(self.0) };
    }
}

impl PartialEq for Handle {
    /// Objects without data are equal only if they are the same in memory.
    fn eq(&self, other: &Self) -> bool {
        let same_data = || !self.data().is_null() && self.data() == other.data();
        self.owner() == other.owner() && (self.0 == other.0 || same_data())
    }
}
impl Eq for Handle {}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Handle(owner {}, {:p})", self.owner(), self.data())
    }
}
