//! Rust payloads in the raw shape of a `metaffi_object`: counted, released from any thread.

use core::any::TypeId;
use core::ffi::c_void;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicI64, Ordering};
use std::panic::{AssertUnwindSafe, catch_unwind};

use metaffi_abi as abi;

use crate::References;
use crate::object::Owner;

/// A struct that starts with an `abi::Object`.
///
/// # Safety
/// `vtable` must be a `static` with what [`vtable`] makes for this type, and of nobody else: by
/// its address an object is known to be of this library and shape. That of a function says less,
/// for the compiler makes one of several that do the same.
pub(crate) unsafe trait Shape: Sized + 'static {
    fn vtable() -> &'static abi::ObjectVtable;
}

macro_rules! shapes {
    ($($raw:ident $exact:literal)*) => {$(
        // SAFETY: a static of its own.
        unsafe impl Shape for abi::$raw {
            fn vtable() -> &'static abi::ObjectVtable {
                static VTABLE: abi::ObjectVtable = vtable::<abi::$raw>($exact);
                &VTABLE
            }
        }
    )*};
}
shapes! { Object 0 Buffer 0 Callable 0 ExactObject 1 ErrorObject 1 }

/// What follows the raw struct, whatever the payload is.
struct Head {
    refs: References,
    live: &'static AtomicI64,
    payload: TypeId,
    /// Drops and frees all of it.
    free: unsafe fn(NonNull<abi::Object>),
}

/// What is known of every object of a shape.
#[repr(C)]
struct Known<Raw> {
    raw: Raw,
    head: Head,
}

#[repr(C)]
struct Counted<Raw, T> {
    known: Known<Raw>, // first: others see only the raw struct
    payload: T,
}

pub(crate) const fn vtable<Raw: Shape>(exact: u32) -> abi::ObjectVtable {
    abi::ObjectVtable {
        abi_version: abi::ABI_VERSION,
        struct_size: size_of::<abi::ObjectVtable>() as u32,
        retain: retain::<Raw>,
        release: release::<Raw>,
        exact,
        mapping: 0,
        items: None,
        entries: None,
        method: None,
        type_of: None,
        member: None,
        describe: None,
    }
}

unsafe extern "C" fn retain<Raw: Shape>(object: NonNull<abi::Object>) {
    // SAFETY: the vtable of a shape is only in objects that `allocate` made.
    unsafe { object.cast::<Known<Raw>>().as_ref() }.head.refs.add();
}

unsafe extern "C" fn release<Raw: Shape>(object: NonNull<abi::Object>) {
    // SAFETY: as in `retain`; the caller gives up one reference, so it lives.
    let head = unsafe { &object.cast::<Known<Raw>>().as_ref().head };
    if !head.refs.give_up() {
        return;
    }
    head.live.fetch_sub(1, Ordering::Relaxed);
    let free = head.free;
    // SAFETY: that was the last reference; `allocate` chose the function for it.
    let free = || unsafe { free(object) };
    // A panicking drop must not cross C; what it leaves behind is a leak.
    let _ = catch_unwind(AssertUnwindSafe(free));
}

/// # Safety
/// `object` must be of `allocate::<Raw, T>`, and not be used again.
unsafe fn free<Raw, T>(object: NonNull<abi::Object>) {
    // SAFETY: the caller's promise; `allocate` boxed it.
    drop(unsafe { Box::from_raw(object.cast::<Counted<Raw, T>>().as_ptr()) });
}

/// Boxes a raw struct with its payload; one reference belongs to the caller.
/// `finish` fills in what points into the box.
pub(crate) fn allocate<Raw: Shape, T: 'static>(
    owner: Owner,
    data: *mut c_void,
    payload: T,
    raw: impl FnOnce(abi::Object) -> Raw,
    finish: impl FnOnce(&mut Raw, &mut T),
) -> NonNull<abi::Object> {
    owner.add();
    let raw = raw(abi::Object { vtable: Raw::vtable(), owner: owner.id(), data });
    let head = Head {
        refs: References::one(),
        live: owner.live(),
        payload: TypeId::of::<T>(),
        free: free::<Raw, T>,
    };
    let counted = Box::new(Counted { known: Known { raw, head }, payload });
    // Boxed for good first: what `finish` makes point into it stays valid.
    let counted = NonNull::from(Box::leak(counted));
    // SAFETY: just made, and nobody else knows it.
    unsafe { finish(&mut (*counted.as_ptr()).known.raw, &mut (*counted.as_ptr()).payload) };
    counted.cast()
}

/// The payload of an object that `allocate::<Raw, T>` of this library made, else `None`.
///
/// # Safety
/// `object` must live as long as `'a`.
pub(crate) unsafe fn payload<'a, Raw: Shape, T: 'static>(
    object: NonNull<abi::Object>,
) -> Option<&'a T> {
    // SAFETY: the caller's promise; the vtable says which shape it is, the head which payload.
    unsafe {
        if !core::ptr::eq(object.as_ref().vtable, Raw::vtable()) {
            return None;
        }
        let known = object.cast::<Known<Raw>>().as_ref();
        let same = known.head.payload == TypeId::of::<T>();
        same.then(|| &(*object.cast::<Counted<Raw, T>>().as_ptr()).payload)
    }
}
