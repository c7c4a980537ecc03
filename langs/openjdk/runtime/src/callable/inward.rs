//! Java functions that others hold and call, as `metaffi_callable`s.

use core::ffi::c_void;
use core::ptr::{NonNull, null_mut};

use jni_sys::jobject;
use metaffi_plugin::abi;
use metaffi_plugin::value::{Error, GuestFrame, References, Signature, Type, TypeInfo};

use super::group::{Counts, Group, candidates};
use super::next::Next;
use crate::api::{self, Candidate};
use crate::jni::{Env, Global};
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
        Ok(Self { how: How::One(Tiered::new(call)), signature, most })
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
        Ok(Self { how: How::Several(Group::new(members, member)), signature, most: counts.most })
    }

    /// The plan for what gives the next item of an iterator; see [`Next`].
    pub(super) fn of_next(env: Env, candidate: Candidate, end: Global) -> Result<Self, Error> {
        let member = Member { sort: Sort::Method, object: Object::Bound };
        let (call, signature) = resolve::function(env, candidate, member)?;
        let rets = [Type::BOOL, Type::ANY].map(TypeInfo::new).into();
        let signature = Signature::new(signature.params().to_vec(), rets);
        Ok(Self { how: How::Next(Next::new(call, end)), signature, most: 1 })
    }
}

/// A Java function with the raw shape of a `metaffi_callable`.
#[repr(C)]
pub(crate) struct JavaFunction {
    raw: abi::Callable, // first: others see only this
    refs: References,
    /// What was passed: it comes home as this very object. None of a method of an object.
    home: Option<Global>,
    /// What the method is called on.
    target: Target,
    plan: &'static Plan,
    /// Whether it holds an object of Java's, and so is one that others hold.
    is_counted: bool,
}

/// What a method is called on.
pub(super) enum Target {
    /// Nothing, or the first argument.
    None,
    /// What was passed.
    Home,
    Other(Global),
}

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
        let refs = References::one();
        let function = Box::new(Self { raw, refs, home, target, plan, is_counted });
        let function = NonNull::from(Box::leak(function));
        // SAFETY: just made, and nobody else knows it.
        unsafe { (*function.as_ptr()).raw.context = function.as_ptr().cast() };
        function.cast()
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
        self.home.as_ref().map(Global::as_raw)
    }

    #[inline]
    fn call(&self, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
        let env = thread::enter()?;
        let target = match &self.target {
            Target::None => null_mut(),
            Target::Home => self.home.as_ref().map_or(null_mut(), Global::as_raw),
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
    // SAFETY: as in `retain`; the caller gives up one reference, so it lives until then.
    let (is_counted, is_last) =
        unsafe { (function.as_ref().is_counted, function.as_ref().refs.give_up()) };
    if !is_last {
        return;
    }
    if is_counted {
        api::get().owner.remove();
    }
    // SAFETY: that was the last reference, and `lower` boxed it.
    drop(unsafe { Box::from_raw(function.as_ptr()) });
}
