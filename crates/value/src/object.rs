//! Counted references across runtimes: handles and buffers.
//!
//! [`new_object`] gives any Rust payload the raw shape of a `metaffi_object`;
//! [`Handle`] holds one reference to an object of whichever runtime.

use core::ffi::c_void;
use core::fmt;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicI64, Ordering};

use metaffi_abi as abi;

use crate::counted::{allocate, payload};

/// The identity of a runtime and the counter of its live objects.
#[derive(Clone, Copy, Debug)]
pub struct Owner {
    id: u64,
    live: &'static AtomicI64,
    hub: Option<&'static abi::Hub>,
}

/// The hub is asked to look at the memory with every so many objects more.
const LOOKS: i64 = 4;

/// How many there were when the hub was asked last. A call that makes an object
/// and gives it back, again and again, is at the same number each time, and
/// fills no memory.
static LOOKED_AT: AtomicI64 = AtomicI64::new(0);

impl Owner {
    /// The owner that the hub knows under `name`.
    #[must_use]
    pub fn named(hub: &'static abi::Hub, name: &str) -> Self {
        // SAFETY: the hub's functions take valid strings from any thread.
        let id = unsafe { (hub.owner_id)(crate::str_to_raw(name)) };
        // SAFETY: the hub keeps the counter for the life of the process, and
        // whoever touches it does so atomically.
        let live = unsafe { AtomicI64::from_ptr((hub.live_objects)(id).as_ptr()) };
        Self { id, live, hub: Some(hub) }
    }

    /// An owner outside any hub.
    #[must_use]
    pub const fn unregistered(id: u64, live: &'static AtomicI64) -> Self {
        Self { id, live, hub: None }
    }

    /// The number that its objects carry.
    #[must_use]
    pub const fn id(self) -> u64 {
        self.id
    }

    pub(crate) const fn live(self) -> &'static AtomicI64 {
        self.live
    }

    /// Objects of this owner that somebody holds a reference to.
    #[must_use]
    pub fn live_objects(self) -> i64 {
        self.live.load(Ordering::Relaxed)
    }

    /// Counts one more, for objects that are not made by [`new_object`]: how
    /// many there are now. May run no guest code, so any lock may be held.
    pub fn add(self) -> i64 {
        let live = self.live.fetch_add(1, Ordering::Relaxed) + 1;
        if live % LOOKS == 0 && LOOKED_AT.load(Ordering::Relaxed) != live {
            LOOKED_AT.store(live, Ordering::Relaxed);
            self.press(abi::PRESS_LOOK);
        }
        live
    }

    /// Counts one less.
    pub fn remove(self) {
        self.live.fetch_sub(1, Ordering::Relaxed);
    }

    /// Says how the runtime collects what it holds of others; see
    /// `add_collector` in `metaffi.h`.
    pub fn collect_by(self, collect: abi::CollectFn) {
        if let Some(hub) = self.hub {
            // SAFETY: takes any owner, and a function that any thread may call.
            unsafe { (hub.add_collector)(self.id, collect) };
        }
    }

    /// Asks those who hold its objects to collect; see `press` in `metaffi.h`.
    #[cold]
    pub fn press(self, urgency: u32) {
        if let Some(hub) = self.hub {
            // SAFETY: takes any owner, from any thread.
            unsafe { (hub.press)(self.id, urgency, 0) };
        }
    }
}

/// What a runtime puts behind its objects.
///
/// Dropping it is the release: it runs on any thread, must not block and must
/// not run guest code.
pub trait ObjectData: Send + Sync + 'static {
    /// The owner's own reference, `metaffi_object.data`.
    fn data(&self) -> *mut c_void;
}

/// Makes an object of `owner` around `payload`; one reference is the caller's.
pub fn new_object<T: ObjectData>(owner: Owner, payload: T) -> Handle {
    let data = payload.data();
    let object = allocate::<abi::Object, T>(owner, data, payload, |base| base, |_, _| {});
    // SAFETY: `allocate` gave us one reference.
    unsafe { Handle::take_raw(object) }
}

/// The payload of an object that [`new_object`] made with the same `T`, else
/// `None`.
#[must_use]
pub fn object_payload<T: ObjectData>(handle: &Handle) -> Option<&T> {
    // SAFETY: the handle holds it.
    unsafe { payload::<abi::Object, T>(handle.as_raw()) }
}

/// Makes a transferred buffer which keeps `keep` alive as long as its `size`
/// bytes at `data` are referenced.
pub fn new_buffer<T: Send + 'static>(
    owner: Owner,
    data: *const c_void,
    size: u64,
    keep: T,
) -> Handle {
    let raw = |base| abi::Buffer { base, data, size };
    let object = allocate::<abi::Buffer, T>(owner, core::ptr::null_mut(), keep, raw, |_, _| {});
    // SAFETY: `allocate` gave us one reference.
    unsafe { Handle::take_raw(object) }
}

/// One reference to an object of some runtime; dropping it releases it.
pub struct Handle(NonNull<abi::Object>);

// SAFETY: the header demands that retain and release work on any thread.
unsafe impl Send for Handle {}
// SAFETY: as above; the fields of an object never change.
unsafe impl Sync for Handle {}

impl Handle {
    /// Takes over one reference.
    ///
    /// # Safety
    /// `object` must be a live object, one reference of which is given up.
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
        // SAFETY: the caller says that it lives.
        unsafe { (object.as_ref().vtable.retain)(object) };
        Self(object)
    }

    /// The object, whose reference stays here.
    #[must_use]
    pub const fn as_raw(&self) -> NonNull<abi::Object> {
        self.0
    }

    /// Gives the reference to whoever takes the raw pointer.
    #[must_use]
    pub const fn into_raw(self) -> NonNull<abi::Object> {
        let raw = self.0;
        core::mem::forget(self);
        raw
    }

    /// The runtime that the object lives in.
    #[must_use]
    pub fn owner(&self) -> u64 {
        self.as_object().owner
    }

    /// The owner's own reference.
    #[must_use]
    pub fn data(&self) -> *mut c_void {
        self.as_object().data
    }

    /// Whether it says that it is a mapping.
    #[must_use]
    pub fn is_mapping(&self) -> bool {
        is_mapping(self.as_object())
    }

    pub(crate) fn as_object(&self) -> &abi::Object {
        // SAFETY: we hold a reference, so it lives.
        unsafe { self.0.as_ref() }
    }
}

/// Whether an object says that it is a mapping.
#[must_use]
pub fn is_mapping(object: &abi::Object) -> bool {
    abi::covers!(object.vtable, abi::ObjectVtable, mapping) && object.vtable.mapping == 1
}

impl Clone for Handle {
    fn clone(&self) -> Self {
        // SAFETY: we hold a reference, so it lives.
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
    /// Objects whose owner has no reference of its own are the same only if
    /// they are one in memory.
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
