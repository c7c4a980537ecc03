//! Java functions that others hold and call, as `metaffi_callable`s.
//!
//! A method of an object may have overloads: then the arguments say which is meant.

use core::ffi::c_void;
use core::ptr::{NonNull, null_mut};

use jni_sys::jobject;
use metaffi_plugin::abi;
use metaffi_plugin::value::{Error, GuestFrame, References, Signature, Type, TypeInfo};

use crate::api::{self, Candidate};
use crate::call::Call;
use crate::jni::{Env, Global};
use crate::number::{NULL, is_float, is_integer, is_primitive};
use crate::object::JavaObject;
use crate::pressure;
use crate::resolve;
use crate::slot;
use crate::to_java::ToJava;
use crate::vm::thread;

/// How a method is called from outside.
pub(super) struct Plan {
    overloads: Box<[Overload]>,
    /// What others see of several: that they take anything.
    common: Option<Signature>,
    /// The most arguments that it takes.
    most: u32,
}

struct Overload {
    call: Call,
    signature: Signature,
}

impl Plan {
    /// The plan for a method; `is_bound` when its object is known.
    pub(super) fn new(env: Env, method: Candidate, is_bound: bool) -> Result<Self, Error> {
        let (call, signature) = resolve::function(env, method, is_bound)?;
        Ok(Self::of(Box::new([Overload { call, signature }])))
    }

    /// The plan for all methods of one name of an object that is known.
    pub(super) fn of_overloads(env: Env, methods: Vec<Candidate>) -> Result<Self, Error> {
        let overload = |method| -> Result<Overload, Error> {
            let (call, signature) = resolve::function(env, method, true)?;
            Ok(Overload { call, signature })
        };
        methods.into_iter().map(overload).collect::<Result<_, _>>().map(Self::of)
    }

    fn of(overloads: Box<[Overload]>) -> Self {
        let counts = || overloads.iter().map(|one| one.call.count);
        let (least, most) = (counts().min().unwrap_or(0), counts().max().unwrap_or(0));
        let any = |count| vec![TypeInfo::new(Type::ANY); count];
        let gives = overloads.iter().any(|one| !one.signature.raw_rets().is_empty());
        let common = || Signature::new(any(least), any(usize::from(gives)));
        let common = (overloads.len() != 1).then(common);
        Self { overloads, common, most: most as u32 }
    }

    fn signature(&self) -> &Signature {
        self.common.as_ref().unwrap_or_else(|| &self.overloads[0].signature)
    }

    /// The overload that these arguments are for.
    #[inline]
    fn chosen(&self, env: Env, args: &[abi::Value]) -> &Overload {
        match &*self.overloads {
            [only] => only,
            several => best(env, several, args),
        }
    }
}

/// The overload of as many parameters whose types are nearest to those of the arguments;
/// of several the first.
fn best<'o>(env: Env, overloads: &'o [Overload], args: &[abi::Value]) -> &'o Overload {
    let mut best = &overloads[0];
    let mut most = None;
    for one in overloads.iter().filter(|one| one.call.count == args.len()) {
        let pairs = one.call.params.iter().zip(one.signature.raw_params()).zip(args);
        // SAFETY: slots of the call's frame.
        let fits: Vec<u32> = pairs
            .map(|((plan, declared), slot)| unsafe { nearness(env, plan, declared, slot) })
            .collect();
        let all = (fits.iter().filter(|fit| **fit > 0).count(), fits.iter().sum::<u32>());
        if most.is_none_or(|most| all > most) {
            (best, most) = (one, Some(all));
        }
    }
    best
}

/// How near a parameter is to an argument; 0 where it does not take it.
///
/// # Safety
/// `slot` must be valid.
unsafe fn nearness(env: Env, plan: &ToJava, declared: &abi::TypeInfo, slot: &abi::Value) -> u32 {
    let own = match slot.ty {
        // SAFETY: the caller's promise; an argument lives as long as the call.
        abi::HANDLE => unsafe { slot::object(slot).and_then(|raw| JavaObject::of(raw)) },
        _ => None,
    };
    let are_primitive = is_primitive(slot.ty) && is_primitive(declared.ty);
    match (plan, own) {
        (ToJava::Reference(plan), Some(own)) if own.is_instance(env, &plan.class) => {
            if plan.is_object { 1 } else { 3 }
        }
        (_, Some(_)) => 0,
        _ if slot.ty == declared.ty && i32::from(slot.dims) == declared.dims => 3,
        _ if are_primitive && is_integer(slot.ty) && is_integer(declared.ty) => 2,
        _ if are_primitive && is_float(declared.ty) => 1,
        _ if declared.ty == abi::ANY => 1,
        (ToJava::Reference(_), _) if slot.ty == abi::NULL || slot.ty == abi::HANDLE => 1,
        _ => 0,
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
        pressure::left(env, owner.add());
        let (params, rets) = (plan.signature().raw_params(), plan.signature().raw_rets());
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
        let function = Box::new(Self { raw, refs, home, target, plan });
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
        let overload = self.plan.chosen(env, frame.args());
        // SAFETY: the plan is for a method of the target, when there is one.
        unsafe { overload.call.run(env, target, frame) }?;
        // A caller that expects a result of a method without one gets null.
        let is_void = overload.signature.raw_rets().is_empty();
        if is_void && frame.nrets() > 0 { frame.set(0, NULL) } else { Ok(()) }
    }
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
    // SAFETY: as in `retain`; the caller gives up one reference, so it lives.
    if !unsafe { function.as_ref() }.refs.give_up() {
        return;
    }
    api::get().owner.remove();
    // SAFETY: that was the last reference, and `lower` boxed it.
    drop(unsafe { Box::from_raw(function.as_ptr()) });
}
