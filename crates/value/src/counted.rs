//! Rust payloads in the raw shape of a `metaffi_object`: reference-counted, and released
//! from any thread.

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
/// `vtable` must return a `static` that [`vtable`] built for this type alone: its address
/// identifies an object as one of this library and shape. The address of a function would not be
/// enough, since the compiler merges identical functions.
pub(crate) unsafe trait Shape: Sized + 'static {
    fn vtable() -> &'static abi::ObjectVtable;
}

macro_rules! shapes {
    ($($raw:ident $exact:literal)*) => {$(
        // SAFETY: a static for this type alone.
        unsafe impl Shape for abi::$raw {
            fn vtable() -> &'static abi::ObjectVtable {
                static VTABLE: abi::ObjectVtable = vtable::<abi::$raw>($exact);
                &VTABLE
            }
        }
    )*};
}
shapes! { Object 0 Buffer 0 Callable 0 ExactObject 1 ErrorObject 1 }

/// What follows the raw struct, for any payload.
struct Header {
    refs: References,
    live: &'static AtomicI64,
    payload: TypeId,
    /// Drops and frees the whole allocation.
    free: unsafe fn(NonNull<abi::Object>),
}

/// What is known about every object of a shape.
#[repr(C)]
struct Prefix<Raw> {
    raw: Raw,
    header: Header,
}

#[repr(C)]
struct Counted<Raw, T> {
    prefix: Prefix<Raw>, // first: other libraries see only the raw struct
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
    // SAFETY: only objects that `allocate` made have the vtable of a shape.
    unsafe { object.cast::<Prefix<Raw>>().as_ref() }.header.refs.add();
}

unsafe extern "C" fn release<Raw: Shape>(object: NonNull<abi::Object>) {
    // SAFETY: as in `retain`; the caller gives up one reference, so the object lives.
    let header = unsafe { &object.cast::<Prefix<Raw>>().as_ref().header };
    if !header.refs.give_up() {
        return;
    }
    header.live.fetch_sub(1, Ordering::Relaxed);
    let free = header.free;
    // SAFETY: that was the last reference, and `allocate` chose this function
    // for the object.
    let free = || unsafe { free(object) };
    // A panicking drop must not cross C. Whatever it did not drop leaks.
    let _ = catch_unwind(AssertUnwindSafe(free));
}

/// # Safety
/// `object` must come from `allocate::<Raw, T>`, and must not be used again.
unsafe fn free<Raw, T>(object: NonNull<abi::Object>) {
    // SAFETY: the caller's promise; `allocate` boxed it.
    drop(unsafe { Box::from_raw(object.cast::<Counted<Raw, T>>().as_ptr()) });
}

/// Boxes a raw struct with its payload; the caller gets one reference. `finish`
/// sets the pointers into the box.
pub(crate) fn allocate<Raw: Shape, T: 'static>(
    owner: Owner,
    data: *mut c_void,
    payload: T,
    raw: impl FnOnce(abi::Object) -> Raw,
    finish: impl FnOnce(&mut Raw, &mut T),
) -> NonNull<abi::Object> {
    owner.add();
    let raw = raw(abi::Object { vtable: Raw::vtable(), owner: owner.id(), data });
    let header = Header {
        refs: References::one(),
        live: owner.live(),
        payload: TypeId::of::<T>(),
        free: free::<Raw, T>,
    };
    let counted = Box::new(Counted { prefix: Prefix { raw, header }, payload });
    // Boxed permanently first, so that the pointers that `finish` sets stay
    // valid.
    let counted = NonNull::from(Box::leak(counted));
    // SAFETY: just made, and not shared yet.
    unsafe { finish(&mut (*counted.as_ptr()).prefix.raw, &mut (*counted.as_ptr()).payload) };
    counted.cast()
}

/// The payload of an object that `allocate::<Raw, T>` of this library made; `None` for
/// other objects.
///
/// # Safety
/// `object` must live as long as `'a`.
pub(crate) unsafe fn payload<'a, Raw: Shape, T: 'static>(
    object: NonNull<abi::Object>,
) -> Option<&'a T> {
    // SAFETY: the caller's promise; the vtable identifies the shape, and the head the payload.
    unsafe {
        if !core::ptr::eq(object.as_ref().vtable, Raw::vtable()) {
            return None;
        }
        let prefix = object.cast::<Prefix<Raw>>().as_ref();
        let same = prefix.header.payload == TypeId::of::<T>();
        same.then(|| &(*object.cast::<Counted<Raw, T>>().as_ptr()).payload)
    }
}
