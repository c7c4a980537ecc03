//! Functions as values: callbacks, and functions that a guest returns.

use core::ffi::c_void;
use core::mem::MaybeUninit;
use core::ptr::NonNull;

use metaffi_abi as abi;

use crate::counted::allocate;
use crate::entity::call_values;
use crate::error::{Error, ErrorKind};
use crate::frame::{CallFrame, GuestFrame};
use crate::lift::lift_borrowed;
use crate::object::{Handle, ObjectData, Owner};
use crate::text::str_to_raw;
use crate::typed::{LiftAll, LowerAll};
use crate::types::Signature;
use crate::value::Value;

/// The implementation behind a runtime's callable.
pub trait CallableBody: ObjectData {
    /// Runs one call, on any thread.
    ///
    /// # Errors
    /// Whatever the function raises.
    fn call(&self, frame: &mut GuestFrame<'_>) -> Result<(), Error>;
}

/// A function of some runtime. Clones share it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Callable(Handle);

struct Function<B> {
    body: B,
    signature: Signature,
}

unsafe extern "C" fn trampoline<B: CallableBody>(
    context: *mut c_void,
    frame: NonNull<abi::Frame>,
) -> abi::Status {
    // SAFETY: `with_body` stored a `Function<B>` as context, which lives as long as
    // the object.
    let function = unsafe { &*context.cast::<Function<B>>() };
    // SAFETY: the caller passes the frame of this call.
    unsafe { GuestFrame::enter(frame, |frame| function.body.call(frame)) }
}

/// A callable whose function and types are not set yet.
fn without_function(base: abi::Object) -> abi::Callable {
    unsafe extern "C" fn nothing(_: *mut c_void, _: NonNull<abi::Frame>) -> abi::Status {
        abi::OK
    }
    abi::Callable {
        base,
        call: nothing,
        context: core::ptr::null_mut(),
        params: core::ptr::null(),
        rets: core::ptr::null(),
        nparams: 0,
        nrets: 0,
        nparams_max: 0,
        reserved: 0,
    }
}

/// Sets the declared types, which must not move.
fn set_signature(raw: &mut abi::Callable, signature: &Signature, max: u32) {
    let (params, rets) = (signature.raw_params(), signature.raw_rets());
    (raw.params, raw.nparams) = (params.as_ptr(), params.len() as u32);
    raw.nparams_max = max;
    (raw.rets, raw.nrets) = (rets.as_ptr(), rets.len() as u32);
}

impl Callable {
    /// A callable of `owner` that runs `body`.
    pub fn with_body<B: CallableBody>(owner: Owner, signature: Signature, body: B) -> Self {
        let max = signature.raw_params().len() as u32;
        Self::taking_up_to(max, owner, signature, body)
    }

    /// The same for a function that takes up to `max` arguments, or any number
    /// if `max` is `u32::MAX`. Arguments after the declared ones have any
    /// type.
    pub fn taking_up_to<B: CallableBody>(
        max: u32,
        owner: Owner,
        signature: Signature,
        body: B,
    ) -> Self {
        let data = body.data();
        let raw = |base| abi::Callable { call: trampoline::<B>, ..without_function(base) };
        let finish = |raw: &mut abi::Callable, function: &mut Function<B>| {
            set_signature(raw, &function.signature, max);
            raw.context = core::ptr::from_mut(function).cast();
        };
        let object = allocate(owner, data, Function { body, signature }, raw, finish);
        // SAFETY: `allocate` returns one reference.
        Self(unsafe { Handle::take_raw(object) })
    }

    /// A callable of `owner` for a C function with its context. They take
    /// `signature` and up to `max` arguments, and live as long as `keep`.
    ///
    /// # Safety
    /// `call` must follow the header's rules with `context`.
    pub unsafe fn from_function<T: Send + Sync + 'static>(
        owner: Owner,
        (call, context): (abi::CallFn, *mut c_void),
        signature: Signature,
        max: u32,
        keep: T,
    ) -> Self {
        let raw = |base| abi::Callable { call, context, ..without_function(base) };
        let finish = |raw: &mut abi::Callable, function: &mut (T, Signature)| {
            set_signature(raw, &function.1, max);
        };
        let data = core::ptr::null_mut();
        let object = allocate(owner, data, (keep, signature), raw, finish);
        // SAFETY: `allocate` returns one reference.
        Self(unsafe { Handle::take_raw(object) })
    }

    /// A callable of `owner` that runs a Rust closure.
    pub fn new(
        owner: Owner,
        signature: Signature,
        function: impl Fn(Vec<Value>) -> Result<Vec<Value>, Error> + Send + Sync + 'static,
    ) -> Self {
        Self::with_body(owner, signature, Closure(function))
    }

    /// Takes a handle whose slot was tagged as a callable.
    #[must_use]
    pub(crate) const fn from_handle(handle: Handle) -> Self {
        Self(handle)
    }

    /// Takes the handle of a function.
    ///
    /// # Safety
    /// The object must be a `metaffi_callable`.
    #[must_use]
    pub const unsafe fn take_handle(handle: Handle) -> Self {
        Self(handle)
    }

    /// The reference behind it.
    #[must_use]
    pub const fn handle(&self) -> &Handle {
        &self.0
    }

    /// Returns the reference behind it.
    #[must_use]
    pub fn into_handle(self) -> Handle {
        self.0
    }

    /// The raw struct, valid as long as `self`.
    #[must_use]
    pub fn as_raw(&self) -> &abi::Callable {
        // SAFETY: a callable's object is an `abi::Callable`, and `self` holds it.
        unsafe { self.0.as_raw().cast().as_ref() }
    }

    /// The declared types.
    #[must_use]
    pub fn signature(&self) -> Signature {
        let raw = self.as_raw();
        // SAFETY: the infos belong to the object.
        unsafe { Signature::from_raw(raw.params, raw.nparams, raw.rets, raw.nrets) }
    }

    /// Calls it with Rust types: `callable.call_typed::<(i64,), i64>((5,))`.
    ///
    /// # Errors
    /// `Argument` for a wrong number of arguments or results, and whatever the
    /// function raises.
    pub fn call_typed<A: LowerAll, R: LiftAll>(&self, args: A::Args<'_>) -> Result<R, Error> {
        let raw = self.as_raw();
        checked_arity(raw, A::COUNT)?;
        if raw.nrets as usize != R::COUNT {
            let (count, expected) = (raw.nrets, R::COUNT);
            let message = format!("the callable returns {count} result(s), expected {expected}");
            return Err(Error::new(ErrorKind::Argument, message));
        }
        CallFrame::with(|mut frame| {
            args.lower_all(&mut frame, |frame, slots| {
                // SAFETY: function and context belong together and live with
                // `self`; a successful callee wrote every result.
                unsafe { R::lift_all(|rets| frame.call(raw.call, raw.context, slots, rets)) }
            })
        })
    }

    /// Calls it.
    ///
    /// # Errors
    /// `Argument` for a wrong number of arguments, and whatever the function
    /// raises.
    pub fn call(&self, args: &[Value]) -> Result<Vec<Value>, Error> {
        let raw = self.as_raw();
        checked_arity(raw, args.len())?;
        let mut rets = vec![MaybeUninit::uninit(); raw.nrets as usize];
        // SAFETY: `call` and `context` belong together and live with `self`.
        unsafe { call_values(raw.call, raw.context, args, &mut rets) }
    }
}

/// Whether a function takes this many arguments.
#[inline]
#[must_use]
pub const fn takes(function: &abi::Callable, count: usize) -> bool {
    count == function.nparams as usize
        || count > function.nparams as usize && count <= function.nparams_max as usize
}

/// How many arguments a function takes, for errors: `2`, `1 to 2`, `1 or more`.
#[must_use]
pub fn arity(function: &abi::Callable) -> String {
    arity_beyond(function, 0)
}

/// The same, without the first `first` arguments.
#[must_use]
pub fn arity_beyond(function: &abi::Callable, first: u32) -> String {
    let beyond = |count: u32| if count == u32::MAX { count } else { count.saturating_sub(first) };
    match (function.nparams.saturating_sub(first), beyond(function.nparams_max)) {
        (least, u32::MAX) => format!("{least} or more"),
        (least, max) if max > least => format!("{least} to {max}"),
        (least, _) => least.to_string(),
    }
}

/// The declared type of an argument.
///
/// # Safety
/// `function` is live, and takes an argument of this index.
#[inline]
#[must_use]
pub unsafe fn declared_param(function: &abi::Callable, index: usize) -> abi::TypeInfo {
    if index < function.nparams as usize {
        // SAFETY: the index is below the number of infos.
        return unsafe { *function.params.add(index) };
    }
    abi::TypeInfo { ty: abi::ANY, dims: 0, alias: str_to_raw("") }
}

fn checked_arity(function: &abi::Callable, given: usize) -> Result<(), Error> {
    if takes(function, given) {
        return Ok(());
    }
    let arity = arity(function);
    let message = format!("the callable takes {arity} argument(s), {given} were given");
    Err(Error::new(ErrorKind::Argument, message))
}

struct Closure<F>(F);

impl<F: Send + Sync + 'static> ObjectData for Closure<F> {
    fn data(&self) -> *mut c_void {
        core::ptr::null_mut()
    }
}

impl<F> CallableBody for Closure<F>
where
    F: Fn(Vec<Value>) -> Result<Vec<Value>, Error> + Send + Sync + 'static,
{
    fn call(&self, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
        // SAFETY: the slots of a frame are valid until the call returns.
        let args = frame.args().iter().map(|arg| unsafe { lift_borrowed(arg) });
        let results = (self.0)(args.collect::<Result<_, _>>()?)?;
        frame.set_all(&results)
    }
}
