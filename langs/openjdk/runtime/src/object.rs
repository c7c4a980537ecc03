//! Java objects that other runtimes hold: reference-counted, released from any thread.
//!
//! One [`JavaObject`] represents one Java object however often it is returned, so that others can
//! compare what they hold; `identity` finds it again.

use core::ptr::NonNull;
use core::sync::atomic::{AtomicU32, AtomicU64, AtomicUsize, Ordering};
use std::sync::Arc;

use jni_sys::jobject;
use metaffi_plugin::abi;
use metaffi_plugin::value::{Error, Exact, References};

use crate::api;
use crate::class::JavaClass;
use crate::identity;
use crate::jni::{Env, Local, jni};
use crate::pressure;
use crate::queries;
use crate::upcall;
use crate::vm::release;

/// A Java object with the raw shape of a `metaffi_object`.
#[repr(C)]
pub(crate) struct JavaObject {
    base: abi::Object, // first, because others see only this; its data is a global reference
    refs: References,
    hash: i32,
    /// The number by which upcall stubs find it, or a use count until it has one; see
    /// [`JavaObject::has_number`]. Stored with `Release` after Java's table has the object, and
    /// read with `Acquire` before a stub, which reads the table, is called; once set it does not
    /// change, so Java reads the same number.
    number: AtomicU32,
    /// The number of the class that it was last found to be an instance of. This and the next field
    /// are correct whenever they are seen, and guard no other memory.
    checked: AtomicUsize,
    /// The number of its type; 0 until it is needed.
    type_number: AtomicU64,
}

// `metaffi.internal.UpcallValues` reads the number.
const _: () = assert!(core::mem::offset_of!(JavaObject, number) == 36);

/// The bit of `number` that says that it is a use count.
const COUNTS: u32 = 1 << 31;
/// How often an object is used before it gets a number, which costs as much as a few calls save.
const USES: u32 = 16;

// SAFETY: global references are valid on every thread, and the rest is atomic.
unsafe impl Send for JavaObject {}
// SAFETY: as above.
unsafe impl Sync for JavaObject {}

static VTABLE: abi::ObjectVtable = vtable(0);

/// The table of objects that are a `java.util.Map`.
static MAPPING: abi::ObjectVtable = vtable(1);

const fn vtable(mapping: u32) -> abi::ObjectVtable {
    abi::ObjectVtable {
        abi_version: abi::ABI_VERSION,
        struct_size: size_of::<abi::ObjectVtable>() as u32,
        retain,
        release: release_object,
        exact: 0,
        mapping,
        items: Some(queries::items),
        entries: Some(queries::entries),
        method: Some(queries::method),
        type_of: Some(queries::type_of),
        member: Some(queries::member),
        describe: Some(queries::describe),
    }
}

/// Whether an object with this table is a [`JavaObject`].
#[inline]
fn is_ours(table: &abi::ObjectVtable) -> bool {
    core::ptr::eq(table, &raw const VTABLE) || core::ptr::eq(table, &raw const MAPPING)
}

unsafe extern "C" fn retain(object: NonNull<abi::Object>) {
    // SAFETY: only our objects have our tables, and the caller's is alive.
    let object = unsafe { object.cast::<JavaObject>().as_ref() };
    object.refs.add();
}

unsafe extern "C" fn release_object(object: NonNull<abi::Object>) {
    let object = object.cast::<JavaObject>();
    // SAFETY: as in `retain`; the caller gives up one reference.
    let (refs, hash) = unsafe { (&object.as_ref().refs, object.as_ref().hash) };
    if !refs.give_up() {
        return;
    }
    identity::forget(hash, object);
    api::get().owner.remove();
    // SAFETY: that was the last reference, and nobody can find the object any more; `insert` boxed
    // it.
    unsafe {
        let object = Box::from_raw(object.as_ptr());
        release::numbered(object.as_raw(), object.assigned_number());
    }
}

impl JavaObject {
    /// The Java object behind a raw one, if it is one of ours.
    ///
    /// # Safety
    /// `object` must live as long as `'a`.
    #[inline]
    pub(crate) unsafe fn of<'a>(object: NonNull<abi::Object>) -> Option<&'a Self> {
        // SAFETY: the caller's promise; only our objects have such a table.
        unsafe {
            if is_ours(object.as_ref().vtable) {
                return Some(object.cast::<Self>().as_ref());
            }
            Self::of_exact(object)
        }
    }

    /// As [`JavaObject::of`], but excluding exact values.
    ///
    /// # Safety
    /// As [`JavaObject::of`].
    #[inline]
    pub(crate) unsafe fn of_plain<'a>(object: NonNull<abi::Object>) -> Option<&'a Self> {
        // SAFETY: the caller's promise; only our objects have such a table.
        unsafe { is_ours(object.as_ref().vtable).then(|| object.cast::<Self>().as_ref()) }
    }

    /// Whether it was last found to be an instance of the class with this number; 0 matches any class.
    #[inline]
    pub(crate) fn is_known_as(&self, class: usize) -> bool {
        class == 0 || self.checked.load(Ordering::Relaxed) == class
    }

    /// Whether upcall stubs can find it. It gets a number when it has been used often.
    #[inline]
    pub(crate) fn has_number(&self, env: Env) -> bool {
        let number = self.number.load(Ordering::Acquire);
        (number & COUNTS == 0 && number != 0) || self.count_use(env, number)
    }

    #[cold]
    fn count_use(&self, env: Env, now: u32) -> bool {
        let uses = now & !COUNTS;
        let (success, failure) = (Ordering::Release, Ordering::Relaxed);
        if uses < USES && !upcall::is_at_once() {
            // Another thread may have counted, or assigned the number, meanwhile.
            let more = COUNTS | (uses + 1);
            let _ = self.number.compare_exchange(now, more, success, failure);
            return false;
        }
        // SAFETY: a live object.
        let Some(number) = (unsafe { upcall::number(env, self.as_raw()) }) else { return false };
        let assigned = self.number.compare_exchange(now, number, success, failure).is_ok();
        if !assigned {
            upcall::vacate(env, number);
        }
        assigned
    }

    /// Its number; 0 if it has none.
    fn assigned_number(&self) -> u32 {
        let number = self.number.load(Ordering::Acquire);
        if number & COUNTS == 0 { number } else { 0 }
    }

    /// The Java object behind an exact value of ours.
    ///
    /// # Safety
    /// As [`JavaObject::of`].
    #[inline]
    unsafe fn of_exact<'a>(object: NonNull<abi::Object>) -> Option<&'a Self> {
        // SAFETY: the caller's promise; the exact object holds the plain one, and only our objects
        // have this table.
        unsafe {
            let plain = Exact::of(object)?.object;
            let ours = is_ours(plain.as_ref().vtable);
            ours.then(|| plain.cast::<Self>().as_ref())
        }
    }

    /// A global reference, valid as long as `self`.
    #[inline]
    pub(crate) fn as_raw(&self) -> jobject {
        self.base.data.cast()
    }

    /// Whether it is an instance of `class`. An object never changes its class, so the last answer
    /// is cached.
    #[inline]
    pub(crate) fn is_instance(&self, env: Env, class: &JavaClass) -> bool {
        self.checked.load(Ordering::Relaxed) == class.number || self.check(env, class)
    }

    fn check(&self, env: Env, class: &JavaClass) -> bool {
        // SAFETY: a live object and a class.
        let is = unsafe { jni!(env, IsInstanceOf, self.as_raw(), class.as_raw()) };
        if is {
            self.checked.store(class.number, Ordering::Relaxed);
        }
        is
    }

    /// The number of its type, the same for all objects of its class.
    #[inline]
    pub(crate) fn type_number(&self, env: Env) -> Result<u64, Error> {
        match self.type_number.load(Ordering::Relaxed) {
            0 => self.find_type_number(env),
            known => Ok(known),
        }
    }

    #[cold]
    fn find_type_number(&self, env: Env) -> Result<u64, Error> {
        let number = api::get().queries.type_of(env, self)?;
        self.type_number.store(number, Ordering::Relaxed);
        Ok(number)
    }

    /// Its class.
    pub(crate) fn class(&self, env: Env) -> Result<Arc<JavaClass>, Error> {
        // SAFETY: a live object; the reference made here is ours.
        let class = unsafe { env.made(jni!(env, GetObjectClass, self.as_raw()))? };
        let name = api::get().loading.binary_name(env, &class)?;
        JavaClass::of(env, &class, &name)
    }

    /// Adds a reference, unless the last one is just being released.
    pub(crate) fn try_retain(&self) -> bool {
        self.refs.try_add()
    }
}

/// The raw object for a Java object, with one reference for the caller.
pub(crate) fn lower(env: Env, local: Local) -> Result<NonNull<abi::Object>, Error> {
    let hash = identity::hash(env, &local)?;
    match identity::find(env, hash, &local) {
        Some(known) => Ok(known.cast()),
        None => insert(env, hash, &local),
    }
}

fn insert(env: Env, hash: i32, local: &Local) -> Result<NonNull<abi::Object>, Error> {
    let owner = api::get().owner;
    let data = local.to_global()?.into_raw().cast();
    // SAFETY: a live object and a class.
    let is_map = unsafe { jni!(env, IsInstanceOf, local.as_raw(), api::get().jdk.map.as_raw()) };
    let vtable = if is_map { &MAPPING } else { &VTABLE };
    let base = abi::Object { vtable, owner: owner.id(), data };
    let (refs, checked, type_number) = (References::one(), AtomicUsize::new(0), AtomicU64::new(0));
    let number = AtomicU32::new(0);
    let object = JavaObject { base, refs, hash, number, checked, type_number };
    let object = NonNull::from(Box::leak(Box::new(object)));
    identity::remember(hash, object);
    pressure::exported(env, owner.add());
    Ok(object.cast())
}
