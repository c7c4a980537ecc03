//! Java functions that other runtimes hold and call, as `metaffi_callable`s.

use core::ffi::c_void;
use core::mem::ManuallyDrop;
use core::ptr::{NonNull, null_mut};
use core::sync::atomic::{AtomicPtr, Ordering};

use jni_sys::jobject;
use metaffi_plugin::abi;
use metaffi_plugin::value::{Error, GuestFrame, References, Signature, Type, TypeInfo};

use super::group::{Counts, Group, candidates};
use super::next::Next;
use crate::api::{self, Candidate};
use crate::jni::{Env, Global, jni};
use crate::number::NULL;
use crate::pressure;
use crate::resolve::{self, Member, Object, Sort};
use crate::upcall::Tiered;
use crate::vm::thread;

/// How a member is called from other runtimes.
pub(super) struct Plan {
    how: How,
    signature: Signature,
    /// The maximum number of arguments.
    most: u32,
    latest: Latest,
}

enum How {
    One(Tiered),
    /// The arguments decide which member is called.
    Several(Group),
    Next(Next),
}

impl Plan {
    /// The plan for one member.
    pub(super) fn new(env: Env, candidate: Candidate, member: Member) -> Result<Self, Error> {
        let (call, signature) = resolve::function(env, candidate, member)?;
        let most = call.count as u32;
        Ok(Self { how: How::One(Tiered::new(call)), signature, most, latest: Latest::new() })
    }

    /// The plan for members of one name, as `metaffi.internal.Members` describes them.
    pub(super) fn of_members(env: Env, members: Global, member: Member) -> Result<Self, Error> {
        let mut all = candidates(env, &members)?;
        if all.len() == 1 && !all[0].is_varargs {
            return Self::new(env, all.remove(0), member);
        }
        let any = |count| vec![TypeInfo::new(Type::ANY); count];
        let counts = Counts::of(&all, member);
        let signature = Signature::new(any(counts.least), any(usize::from(counts.has_result)));
        let how = How::Several(Group::new(members, member));
        Ok(Self { how, signature, most: counts.most, latest: Latest::new() })
    }

    /// The plan for reading the next item of an iterator; see [`Next`].
    pub(super) fn of_next(env: Env, candidate: Candidate, end: Global) -> Result<Self, Error> {
        let member = Member { sort: Sort::Method, object: Object::Bound };
        let (call, signature) = resolve::function(env, candidate, member)?;
        let rets = [Type::BOOL, Type::ANY].map(TypeInfo::new).into();
        let signature = Signature::new(signature.params().to_vec(), rets);
        let how = How::Next(Next::new(call, end));
        Ok(Self { how, signature, most: 1, latest: Latest::new() })
    }
}

/// A Java function with the raw shape of a `metaffi_callable`.
#[repr(C)]
pub(crate) struct JavaFunction {
    raw: abi::Callable, // first, because others see only this
    refs: References,
    /// One share for all holders together, and one for its plan's [`Latest`].
    memory: References,
    /// Dropped with the last holder.
    held: ManuallyDrop<Held>,
    plan: &'static Plan,
    /// Whether it holds a Java object, and so counts as an object that others hold.
    is_counted: bool,
}

/// The Java objects that a function holds.
struct Held {
    /// The object that was passed, which Java gets back. `None` for a method of an object.
    original: Option<Global>,
    /// The object that the method is called on.
    target: Target,
}

/// The object that a method is called on.
pub(super) enum Target {
    /// None, or the first argument.
    None,
    /// The object that was passed.
    Original,
    Other(Global),
}

/// As in `metaffi.internal.Functions`: use an identity that no other live function has, and that is
/// no address.
const OWN_IDENTITY: i64 = 0;

static VTABLE: abi::ObjectVtable = abi::ObjectVtable {
    abi_version: abi::ABI_VERSION,
    struct_size: size_of::<abi::ObjectVtable>() as u32,
    retain,
    release,
    exact: 0,
    mapping: 0,
    items: None,
    entries: None,
    method: None,
    type_of: None,
    member: None,
    describe: None,
};

impl JavaFunction {
    /// Makes a function, with one reference for the caller.
    pub(super) fn lower(
        env: Env,
        plan: &'static Plan,
        original: Option<Global>,
        target: Target,
        identity: i64,
    ) -> NonNull<abi::Object> {
        let owner = api::get().owner;
        let is_counted = original.is_some() || !matches!(target, Target::None);
        if is_counted {
            pressure::exported(env, owner.add());
        }
        let (params, rets) = (plan.signature.raw_params(), plan.signature.raw_rets());
        let raw = abi::Callable {
            base: abi::Object { vtable: &VTABLE, owner: owner.id(), data: identity as *mut c_void },
            call,
            context: null_mut(),
            params: params.as_ptr(),
            rets: rets.as_ptr(),
            nparams: params.len() as u32,
            nrets: rets.len() as u32,
            nparams_max: plan.most,
            reserved: 0,
        };
        let (refs, memory) = (References::one(), References::one());
        let held = ManuallyDrop::new(Held { original, target });
        let function = Box::new(Self { raw, refs, memory, held, plan, is_counted });
        let function = NonNull::from(Box::leak(function));
        // SAFETY: just made, and not shared yet.
        let raw = unsafe { &mut (*function.as_ptr()).raw };
        raw.context = function.as_ptr().cast();
        if identity == OWN_IDENTITY {
            raw.base.data = (!function.as_ptr().addr()) as *mut c_void;
        }
        function.cast()
    }

    /// Passes a function by its original object; while others hold the last one that was passed, it
    /// is the same function again.
    ///
    /// # Safety
    /// `original` must be live, and must be the object that the method is called on, if there is
    /// one.
    pub(super) unsafe fn pass(
        env: Env,
        plan: &'static Plan,
        original: jobject,
        target: Target,
        identity: i64,
    ) -> Result<NonNull<abi::Object>, Error> {
        // SAFETY: the caller's promise.
        if let Some(again) = unsafe { plan.latest.again(env, original) } {
            return Ok(again);
        }
        // SAFETY: as above.
        let original = unsafe { Global::of(env, original) }?;
        let made = Self::lower(env, plan, Some(original), target, identity);
        // SAFETY: just made, by this plan.
        unsafe { plan.latest.remember(made.cast()) };
        Ok(made)
    }

    /// The Java function behind a raw one, if it is one of ours.
    ///
    /// # Safety
    /// `object` must live as long as `'a`.
    pub(crate) unsafe fn of<'a>(object: NonNull<abi::Object>) -> Option<&'a Self> {
        // SAFETY: the caller's promise; only our functions have this table.
        unsafe {
            let ours = core::ptr::eq(object.as_ref().vtable, &raw const VTABLE);
            ours.then(|| object.cast::<Self>().as_ref())
        }
    }

    /// The object that was passed, valid as long as `self`; `None` for a method of an object.
    pub(crate) fn original(&self) -> Option<jobject> {
        self.held.original.as_ref().map(Global::as_raw)
    }

    /// Gives up one share of its memory.
    ///
    /// # Safety
    /// `function` must come from [`JavaFunction::lower`], and the caller must own the share.
    unsafe fn forget(function: NonNull<Self>) {
        // SAFETY: the caller's promise; the last share is exclusive.
        unsafe {
            if (*function.as_ptr()).memory.give_up() {
                drop(Box::from_raw(function.as_ptr()));
            }
        }
    }

    #[inline]
    fn call(&self, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
        let env = thread::enter()?;
        let target = match &self.held.target {
            Target::None => null_mut(),
            Target::Original => self.original().unwrap_or(null_mut()),
            Target::Other(object) => object.as_raw(),
        };
        // SAFETY: the plan is for members of the target, if there is one.
        unsafe {
            match &self.plan.how {
                How::One(tiered) => run(env, tiered, target, frame),
                How::Several(group) => group.run(env, target, frame),
                How::Next(next) => next.run(env, frame),
            }
        }
    }
}

/// One call; if a member without a result is called for one, the result is null.
///
/// # Safety
/// As [`Call::run`].
#[inline]
pub(super) unsafe fn run(
    env: Env,
    tiered: &Tiered,
    target: jobject,
    frame: &mut GuestFrame<'_>,
) -> Result<(), Error> {
    if target.is_null() {
        tiered.run(env, frame)?;
    } else {
        // SAFETY: the caller's promise.
        unsafe { tiered.call.run(env, target, frame) }?;
    }
    if tiered.call.result.has_slot() || frame.nrets() == 0 { Ok(()) } else { frame.set(0, NULL) }
}

unsafe extern "C" fn call(context: *mut c_void, frame: NonNull<abi::Frame>) -> abi::Status {
    // SAFETY: the context is the function, which the caller keeps alive; the frame is that of this
    // call.
    unsafe {
        let function = &*context.cast::<JavaFunction>();
        GuestFrame::enter(frame, |frame| function.call(frame))
    }
}

unsafe extern "C" fn retain(object: NonNull<abi::Object>) {
    // SAFETY: only our functions have `VTABLE`, and the caller's is alive.
    let function = unsafe { object.cast::<JavaFunction>().as_ref() };
    function.refs.add();
}

/// Never enters Java: dropped global references are handed over to another thread where needed.
unsafe extern "C" fn release(object: NonNull<abi::Object>) {
    let function = object.cast::<JavaFunction>();
    // SAFETY: as in `retain`; the caller gives up one reference, so it lives until then. After the
    // last one nobody uses what it holds, and the share of its memory is ours.
    unsafe {
        let this = function.as_ptr();
        let is_counted = (*this).is_counted;
        if !(*this).refs.give_up() {
            return;
        }
        if is_counted {
            api::get().owner.remove();
        }
        ManuallyDrop::drop(&mut (*this).held);
        JavaFunction::forget(function);
    }
}

/// The last function that was passed by a plan, as long as others hold it. It owns a share of the
/// function's memory only. A thread that takes it out, with `Acquire`, sees it as it was put in,
/// with `Release`; so the counts in it need no ordering of their own.
struct Latest(AtomicPtr<JavaFunction>);

impl Latest {
    const fn new() -> Self {
        Self(AtomicPtr::new(null_mut()))
    }

    /// A new reference to it, if `original` is its original and it is still held.
    ///
    /// # Safety
    /// `original` must be live.
    unsafe fn again(&self, env: Env, original: jobject) -> Option<NonNull<abi::Object>> {
        // Taken out while we look at it: other threads make a new one meanwhile.
        let latest = NonNull::new(self.0.swap(null_mut(), Ordering::Acquire))?;
        // SAFETY: its share of the memory is ours now; what it holds exists while we hold it.
        unsafe {
            let this = latest.as_ptr();
            if (*this).refs.try_add() {
                let known = latest.as_ref().original();
                if known.is_some_and(|known| jni!(env, IsSameObject, known, original)) {
                    self.put(latest);
                    return Some(latest.cast());
                }
                release(latest.cast());
            }
            JavaFunction::forget(latest);
        }
        None
    }

    /// Caches this function.
    ///
    /// # Safety
    /// `function` must be live.
    unsafe fn remember(&self, function: NonNull<JavaFunction>) {
        // SAFETY: the caller's promise; the share is given up by the thread that takes it out.
        unsafe {
            (*function.as_ptr()).memory.add();
            self.put(function);
        }
    }

    /// # Safety
    /// Takes ownership of a share of the memory of `function`.
    unsafe fn put(&self, function: NonNull<JavaFunction>) {
        if let Some(other) = NonNull::new(self.0.swap(function.as_ptr(), Ordering::AcqRel)) {
            // SAFETY: its share is ours now.
            unsafe { JavaFunction::forget(other) };
        }
    }
}
