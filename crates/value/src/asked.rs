//! What objects of other runtimes can be asked: their items, their entries, their
//! methods. The other side of each is in the vtable of whoever owns the object.

use core::mem::{MaybeUninit, offset_of};
use core::ptr::NonNull;

use metaffi_abi as abi;

use crate::{CallFrame, Error, Handle, discard, str_to_raw};

/// What came, in the arena of the frame; what it owns is given back at the end.
#[allow(missing_debug_implementations, reason = "a slot says nothing by itself")]
pub struct Answer<const N: usize>([abi::Value; N]);

impl<const N: usize> Answer<N> {
    /// The slots.
    #[must_use]
    pub const fn slots(&self) -> &[abi::Value; N] {
        &self.0
    }
}

impl<const N: usize> Drop for Answer<N> {
    fn drop(&mut self) {
        for slot in &self.0 {
            // SAFETY: a successful callee wrote it, and nobody has taken it over.
            unsafe { discard(slot) };
        }
    }
}

/// The items of what can be gone through, as one array; `None` where it cannot.
///
/// # Errors
/// What the owner reports.
///
/// # Safety
/// `object` must be live, and `frame` outlive the answer.
pub unsafe fn ask_items(
    object: NonNull<abi::Object>,
    frame: &mut CallFrame<'_>,
) -> Result<Option<Answer<1>>, Error> {
    // SAFETY: the caller's promise.
    unsafe { ask(object, |table| table.items, frame, &[]) }
}

/// The keys and the values of a mapping, as two arrays; `None` where it is none.
///
/// # Errors
/// What the owner reports.
///
/// # Safety
/// As [`ask_items`].
pub unsafe fn ask_entries(
    object: NonNull<abi::Object>,
    frame: &mut CallFrame<'_>,
) -> Result<Option<Answer<2>>, Error> {
    // SAFETY: the caller's promise.
    unsafe { ask(object, |table| table.entries, frame, &[]) }
}

/// The `metaffi_callable` that a method of an object is, or the object itself for
/// an empty name; `None` where it has none of that name.
///
/// # Errors
/// What the owner reports.
///
/// # Safety
/// `object` must be live.
pub unsafe fn ask_method(
    object: NonNull<abi::Object>,
    name: &str,
) -> Result<Option<Handle>, Error> {
    let name = str_to_raw(name);
    let name = abi::Value {
        ty: abi::STRING8,
        dims: 0,
        ownership: abi::BORROWED,
        flags: 0,
        length: name.length,
        payload: abi::Payload { data: name.data.cast() },
    };
    CallFrame::with(|mut frame| {
        // SAFETY: the caller's promise; the name lives as long as the call.
        let answer: Option<Answer<1>> =
            unsafe { ask(object, |table| table.method, &mut frame, &[name])? };
        let found = answer.filter(|answer| answer.0[0].ty == abi::CALLABLE);
        // SAFETY: a callable, which the answer holds.
        let function =
            found.as_ref().and_then(|answer| NonNull::new(unsafe { answer.0[0].payload.object }));
        // SAFETY: as above.
        Ok(function.map(|function| unsafe { Handle::retain_raw(function) }))
    })
}

/// Asks; `None` where the owner has no such function, or the first result is null.
///
/// # Safety
/// As [`ask_items`], and the function takes `args`.
unsafe fn ask<const N: usize>(
    object: NonNull<abi::Object>,
    function: impl FnOnce(&abi::ObjectVtable) -> Option<abi::CallFn>,
    frame: &mut CallFrame<'_>,
    args: &[abi::Value],
) -> Result<Option<Answer<N>>, Error> {
    // SAFETY: the caller's promise.
    let table = unsafe { object.as_ref() }.vtable;
    let ends = offset_of!(abi::ObjectVtable, method) + size_of::<Option<abi::CallFn>>();
    if (table.struct_size as usize) < ends {
        return Ok(None);
    }
    let Some(function) = function(table) else { return Ok(None) };
    let mut rets = [const { MaybeUninit::uninit() }; N];
    // SAFETY: the function takes the object as its context; it writes every slot.
    let answer = unsafe {
        frame.call(function, object.as_ptr().cast(), args, &mut rets)?;
        Answer(rets.map(|slot| slot.assume_init()))
    };
    Ok((answer.0[0].ty != abi::NULL).then_some(answer))
}
