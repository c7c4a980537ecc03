//! Java functions that others hold and call, as `metaffi_callable`s.

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

/// How a member is called from outside.
pub(super) struct Plan {
    how: How,
    signature: Signature,
    /// The most arguments that it takes.
    most: u32,
    latest: Latest,
}

enum How {
    One(Tiered),
    /// The arguments say which is meant.
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
        let signature = Signature::new(any(counts.least), any(usize::from(counts.gives)));
        let how = How::Several(Group::new(members, member));
        Ok(Self { how, signature, most: counts.most, latest: Latest::new() })
    }

    /// The plan for what gives the next item of an iterator; see [`Next`].
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
    raw: abi::Callable, // first: others see only this
    refs: References,
    /// One of all who hold it, and one of its plan's [`Latest`].
    memory: References,
    /// Gone with the last who holds it.
    held: ManuallyDrop<Held>,
    plan: &'static Plan,
    /// Whether it holds an object of Java's, and so is one that others hold.
    is_counted: bool,
}

/// What a function holds of Java's.
struct Held {
    /// What was passed: it comes home as this very object. None of a method of an object.
    home: Option<Global>,
    /// What the method is called on.
    target: Target,
}

/// What a method is called on.
pub(super) enum Target {
    /// Nothing, or the first argument.
    None,
    /// What was passed.
    Home,
    Other(Global),
}

/// In Java as in `metaffi.internal.Functions`: a number that no other has which lives, and
/// where no address is.
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
    /// Makes one; the one reference to it is the caller's.
    pub(super) fn lower(
        env: Env,
        plan: &'static Plan,
        home: Option<Global>,
        target: Target,
        identity: i64,
    ) -> NonNull<abi::Object> {
        let owner = api::get().owner;
        let is_counted = home.is_some() || !matches!(target, Target::None);
        if is_counted {
            pressure::left(env, owner.add());
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
        let held = ManuallyDrop::new(Held { home, target });
        let function = Box::new(Self { raw, refs, memory, held, plan, is_counted });
        let function = NonNull::from(Box::leak(function));
        // SAFETY: just made, and nobody else knows it.
        let raw = unsafe { &mut (*function.as_ptr()).raw };
        raw.context = function.as_ptr().cast();
        if identity == OWN_IDENTITY {
            raw.base.data = (!function.as_ptr().addr()) as *mut c_void;
        }
        function.cast()
    }

    /// The same of a function that is passed, by what it comes home as; while others hold
    /// the one that was passed last, it is that again.
    ///
    /// # Safety
    /// `home` must be live, and what the method is called on, unless there is no such thing.
    pub(super) unsafe fn pass(
        env: Env,
        plan: &'static Plan,
        home: jobject,
        target: Target,
        identity: i64,
    ) -> Result<NonNull<abi::Object>, Error> {
        // SAFETY: the caller's promise.
        if let Some(again) = unsafe { plan.latest.again(env, home) } {
            return Ok(again);
        }
        // SAFETY: as above.
        let home = unsafe { Global::of(env, home) }?;
        let made = Self::lower(env, plan, Some(home), target, identity);
        // SAFETY: just made, by this plan.
        unsafe { plan.latest.remember(made.cast()) };
        Ok(made)
    }

    /// The Java function behind a raw one, if it is ours.
    ///
    /// # Safety
    /// `object` must live as long as `'a`.
    pub(crate) unsafe fn of<'a>(object: NonNull<abi::Object>) -> Option<&'a Self> {
        // SAFETY: the caller's promise; only functions of ours have this table.
        unsafe {
            let ours = core::ptr::eq(object.as_ref().vtable, &raw const VTABLE);
            ours.then(|| object.cast::<Self>().as_ref())
        }
    }

    /// What was passed, valid as long as `self`; `None` of a method of an object.
    pub(crate) fn original(&self) -> Option<jobject> {
        self.held.home.as_ref().map(Global::as_raw)
    }

    /// Gives up one share in its memory.
    ///
    /// # Safety
    /// `function` must be of [`JavaFunction::lower`], and the share the caller's.
    unsafe fn forget(function: NonNull<Self>) {
        // SAFETY: the caller's promise; with the last share it is nobody else's.
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
            Target::Home => self.original().unwrap_or(null_mut()),
            Target::Other(object) => object.as_raw(),
        };
        // SAFETY: the plan is for members of the target, when there is one.
        unsafe {
            match &self.plan.how {
                How::One(tiered) => run(env, tiered, target, frame),
                How::Several(group) => group.run(env, target, frame),
                How::Next(next) => next.run(env, frame),
            }
        }
    }
}

/// One call; a caller that expects a result of a member without one gets null.
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
    // SAFETY: the context is the function, which the caller keeps alive; the
    // frame is the one of this call.
    unsafe {
        let function = &*context.cast::<JavaFunction>();
        GuestFrame::enter(frame, |frame| function.call(frame))
    }
}

unsafe extern "C" fn retain(object: NonNull<abi::Object>) {
    // SAFETY: `VTABLE` is only in functions of ours, and the caller's lives.
    let function = unsafe { object.cast::<JavaFunction>().as_ref() };
    function.refs.add();
}

/// Never enters Java: dropped global references are handed over where needed.
unsafe extern "C" fn release(object: NonNull<abi::Object>) {
    let function = object.cast::<JavaFunction>();
    // SAFETY: as in `retain`; the caller gives up one reference, so it lives until then. With
    // the last one nobody uses what it holds, and the share in its memory is ours.
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

/// The function that was passed last by a plan, as long as others hold it. It has a share in
/// its memory alone. Whoever takes it out, with `Acquire`, sees it as it was put, with `Release`;
/// so the counts in it need no order of their own.
struct Latest(AtomicPtr<JavaFunction>);

impl Latest {
    const fn new() -> Self {
        Self(AtomicPtr::new(null_mut()))
    }

    /// A new reference to it, if it is that of `home` and is still held.
    ///
    /// # Safety
    /// `home` must be live.
    unsafe fn again(&self, env: Env, home: jobject) -> Option<NonNull<abi::Object>> {
        // Taken while we look at it: others make one then.
        let latest = NonNull::new(self.0.swap(null_mut(), Ordering::Acquire))?;
        // SAFETY: its share in the memory is ours now; what it holds is there while we hold it.
        unsafe {
            let this = latest.as_ptr();
            if (*this).refs.try_add() {
                let known = latest.as_ref().original();
                if known.is_some_and(|known| jni!(env, IsSameObject, known, home)) {
                    self.put(latest);
                    return Some(latest.cast());
                }
                release(latest.cast());
            }
            JavaFunction::forget(latest);
        }
        None
    }

    /// Keeps this one in mind.
    ///
    /// # Safety
    /// `function` must be live.
    unsafe fn remember(&self, function: NonNull<JavaFunction>) {
        // SAFETY: the caller's promise; the share is given up by whoever takes it out.
        unsafe {
            (*function.as_ptr()).memory.add();
            self.put(function);
        }
    }

    /// # Safety
    /// A share in the memory of `function` is given to it.
    unsafe fn put(&self, function: NonNull<JavaFunction>) {
        if let Some(other) = NonNull::new(self.0.swap(function.as_ptr(), Ordering::AcqRel)) {
            // SAFETY: its share is ours now.
            unsafe { JavaFunction::forget(other) };
        }
    }
}
