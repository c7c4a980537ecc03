//! One call: lower, leave the GIL, call, take the GIL, lift.
//!
//! The hot path. No lock, no look-up, no allocation for scalars and strings
//! of up to eight arguments.

use core::mem::MaybeUninit;

use metaffi_abi as abi;
use metaffi_value::{CallFrame, Error, ErrorKind, discard};
use pyo3::ffi;
use smallvec::SmallVec;

use super::Function;
use super::errors::Errors;
use super::plan::{Declared, Kind, Plan};
use crate::lift::{self, Raised, Take};
use crate::lower::{KeepAlive, LowerError, Lowering, Mode, located, lower_to};
use crate::{error, natural, process, releases};

/// Arguments and results that need no allocation.
pub(super) const INLINE: usize = 8;

/// Why a call did not happen or failed.
enum CallError {
    /// A Python exception is set.
    Raised,
    /// An error of MetaFFI or the guest.
    Error(Error),
}

impl From<Raised> for CallError {
    fn from(_: Raised) -> Self {
        Self::Raised
    }
}

impl From<Error> for CallError {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

/// The `vectorcallfunc` of every instance.
pub(super) unsafe extern "C" fn vectorcall(
    callable: *mut ffi::PyObject,
    args: *const *mut ffi::PyObject,
    nargsf: usize,
    keywords: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // The top bit is a flag: the slot before the arguments may be used.
    let count = nargsf & (usize::MAX >> 1);
    // SAFETY: the interpreter passes an instance and `count` arguments, which
    // the caller keeps alive, under the GIL.
    unsafe {
        let plan = Function::plan(callable);
        let args = if args.is_null() { &[] } else { core::slice::from_raw_parts(args, count) };
        let outcome = if count != plan.params.len() || !keywords.is_null() || !process::is_open() {
            refuse_or_call(plan, args, keywords)
        } else {
            call(plan, args)
        };
        outcome.unwrap_or_else(|error| raise(plan, error))
    }
}

/// `tp_call`, for callers that have a tuple.
pub(super) unsafe extern "C" fn call_with_tuple(
    callable: *mut ffi::PyObject,
    tuple: *mut ffi::PyObject,
    keywords: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: the interpreter passes an instance, a tuple, and a dict or null.
    unsafe {
        let args = items(tuple);
        let none = keywords.is_null() || ffi::PyDict_Size(keywords) == 0;
        let keywords = if none { core::ptr::null_mut() } else { keywords };
        vectorcall(callable, args.as_ptr(), args.len(), keywords)
    }
}

/// The items of a tuple, which keeps them alive.
///
/// # Safety
/// A live tuple, and the GIL is held.
pub(super) unsafe fn items(tuple: *mut ffi::PyObject) -> SmallVec<[*mut ffi::PyObject; INLINE]> {
    // SAFETY: the caller's promise; the indices are below the size.
    unsafe {
        let count = ffi::PyTuple_Size(tuple);
        (0..count).map(|index| ffi::PyTuple_GetItem(tuple, index)).collect()
    }
}

/// # Safety
/// As many live arguments as parameters; the GIL is held.
#[inline]
unsafe fn call(plan: &Plan, args: &[*mut ffi::PyObject]) -> Result<*mut ffi::PyObject, CallError> {
    if args.len() > INLINE || plan.rets.len() > INLINE {
        // SAFETY: the caller's promises.
        return unsafe { call_with_many(plan, args) };
    }
    let mut slots = [const { MaybeUninit::uninit() }; INLINE];
    let mut rets = [const { MaybeUninit::uninit() }; INLINE];
    // SAFETY: the caller's promises.
    unsafe { call_with(plan, args, &mut slots[..args.len()], &mut rets[..plan.rets.len()]) }
}

/// # Safety
/// As [`call`].
#[cold]
unsafe fn call_with_many(
    plan: &Plan,
    args: &[*mut ffi::PyObject],
) -> Result<*mut ffi::PyObject, CallError> {
    let mut slots = vec![MaybeUninit::uninit(); args.len()];
    let mut rets = vec![MaybeUninit::uninit(); plan.rets.len()];
    // SAFETY: the caller's promises.
    unsafe { call_with(plan, args, &mut slots, &mut rets) }
}

/// # Safety
/// As [`call`], with a slot for each argument and each result.
#[inline]
unsafe fn call_with(
    plan: &Plan,
    args: &[*mut ffi::PyObject],
    slots: &mut [MaybeUninit<abi::Value>],
    rets: &mut [MaybeUninit<abi::Value>],
) -> Result<*mut ffi::PyObject, CallError> {
    CallFrame::with(|mut frame| {
        let mut keep_alive = KeepAlive::new();
        for (index, (slot, arg)) in slots.iter_mut().zip(args).enumerate() {
            let mut out =
                Lowering { arena: &mut frame, keep_alive: &mut keep_alive, mode: Mode::Lend };
            let declared = plan.params.get(index).unwrap_or(&plan.further);
            // SAFETY: a live argument, under the GIL.
            if let Err(error) = unsafe { lower_to(slot, declared, *arg, &mut out) } {
                return Err(refused(plan, index, error));
            }
        }
        let (function, context) = (plan.target.call_fn(), plan.target.context());
        // SAFETY: each slot was written, and such a slot is laid out as its value.
        let slots = unsafe { core::slice::from_raw_parts(slots.as_ptr().cast(), slots.len()) };
        // SAFETY: function and context belong together; the slots live in this
        // frame or in `kept`, and the guest touches no Python object.
        let status =
            unsafe { process::without_gil(|| frame.call_status(function, context, slots, rets)) };
        drop(keep_alive);
        // SAFETY: the GIL is held again.
        unsafe { releases::drain() };
        if status != abi::OK {
            return Err(frame.take_error(status).into());
        }
        // SAFETY: a successful callee wrote every slot; the frame still lives.
        Errors::with_inherited(plan.errors.as_ref(), || unsafe { lift_results(&plan.rets, rets) })
    })
}

/// # Safety
/// The slots are written and used once; the GIL is held.
#[inline]
unsafe fn lift_results(
    declared: &[Declared],
    slots: &[MaybeUninit<abi::Value>],
) -> Result<*mut ffi::PyObject, CallError> {
    // SAFETY: the caller's promises.
    unsafe {
        match (declared, slots) {
            ([], _) => Ok(ffi::Py_NewRef(ffi::Py_None())),
            ([one], [slot]) if one.kind == Kind::Any => {
                Ok(natural::of_any(|| lift::lift(slot.assume_init_ref(), Take::Take, false))?)
            }
            ([one], [slot]) => {
                Ok(lift::lift(slot.assume_init_ref(), Take::Take, one.info.ty.is_packed())?)
            }
            _ => Ok(lift_tuple(declared, slots)?),
        }
    }
}

/// # Safety
/// As [`lift_results`].
unsafe fn lift_tuple(
    declared: &[Declared],
    slots: &[MaybeUninit<abi::Value>],
) -> Result<*mut ffi::PyObject, Raised> {
    // SAFETY: the caller's promises. `PyTuple_SetItem` takes the item over.
    unsafe {
        let tuple = ffi::PyTuple_New(slots.len() as ffi::Py_ssize_t);
        let mut outcome = if tuple.is_null() { Err(Raised) } else { Ok(tuple) };
        for (index, (declared, slot)) in declared.iter().zip(slots).enumerate() {
            let slot = slot.assume_init_ref();
            // After a error the remaining ones still have to be released.
            if outcome.is_err() {
                discard(slot);
                continue;
            }
            match lift::lift(slot, Take::Take, declared.info.ty.is_packed()) {
                Ok(item) => {
                    ffi::PyTuple_SetItem(tuple, index as ffi::Py_ssize_t, item);
                }
                Err(raised) => {
                    ffi::Py_DECREF(tuple);
                    outcome = Err(raised);
                }
            }
        }
        outcome
    }
}

#[cold]
fn raise(plan: &Plan, error: CallError) -> *mut ffi::PyObject {
    if let CallError::Error(error) = error {
        // SAFETY: calls hold the GIL.
        unsafe { process::stop_if_left_behind() };
        error::raise(error, plan.errors.as_ref());
    }
    core::ptr::null_mut()
}

/// The error of an argument that cannot be lowered.
#[cold]
fn refused(plan: &Plan, index: usize, error: LowerError) -> CallError {
    match error {
        LowerError::Raised => CallError::Raised,
        LowerError::Refused(error) => {
            let name = plan.names.in_errors();
            located(*error, format_args!("{name}: argument {}", index + 1)).into()
        }
    }
}

/// A call with keyword arguments or a wrong number of arguments.
///
/// # Safety
/// As [`vectorcall`].
#[cold]
unsafe fn refuse_or_call(
    plan: &Plan,
    args: &[*mut ffi::PyObject],
    keywords: *mut ffi::PyObject,
) -> Result<*mut ffi::PyObject, CallError> {
    let fits = plan.target.takes(plan.params.len(), args.len());
    if fits && keywords.is_null() && process::is_open() {
        // SAFETY: as the caller promises.
        return unsafe { call(plan, args) };
    }
    let name = plan.names.in_errors();
    if let Some(refusal) = process::refusal() {
        let message = format!("{name}: {}", refusal.message);
        return Err(refusal.with_message(message).into());
    }
    let wrong = |message| Err(Error::new(ErrorKind::Argument, message).into());
    if !keywords.is_null() {
        if plan.errors.as_ref().is_some_and(Errors::are_natural) {
            // SAFETY: as the caller promises; the values of named arguments follow the others.
            return Ok(unsafe {
                let is_tuple = ffi::PyTuple_Check(keywords) != 0;
                let named = if is_tuple { ffi::PyTuple_Size(keywords) as usize } else { 0 };
                let all = core::slice::from_raw_parts(args.as_ptr(), args.len() + named);
                natural::call_named(&plan.names.name, all, keywords)?
            });
        }
        return wrong(format!("{name} takes no keyword arguments; pass them by position"));
    }
    if !fits {
        let types: Vec<_> = plan.params.iter().map(|param| param.info.to_string()).collect();
        let takes = plan.target.arity(types.len());
        let plural = if takes == "1" { "" } else { "s" };
        return wrong(format!(
            "{name} takes {takes} argument{plural} ({}), got {}",
            types.join(", "),
            args.len()
        ));
    }
    // SAFETY: counted above; the rest as the caller promises.
    unsafe { call(plan, args) }
}
