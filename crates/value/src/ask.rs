//! Queries of other runtimes' objects: their items, entries and methods. The
//! counterpart of each query is in the vtable of the object's owner.

use core::mem::MaybeUninit;
use core::ptr::NonNull;

use metaffi_abi as abi;

use crate::{CallFrame, Callable, Error, Handle, discard, str_to_raw};

/// The results of a query, in the arena of the frame. What they own is released
/// on drop.
#[allow(missing_debug_implementations, reason = "a slot is meaningless by itself")]
pub struct Answer<const N: usize>([abi::Value; N]);

impl<const N: usize> Answer<N> {
    /// The slots.
    #[must_use]
    pub const fn slots(&self) -> &[abi::Value; N] {
        &self.0
    }

    /// The slots. The caller becomes the owner of what they own.
    #[must_use]
    pub fn into_slots(self) -> [abi::Value; N] {
        core::mem::ManuallyDrop::new(self).0
    }
}

impl<const N: usize> Drop for Answer<N> {
    fn drop(&mut self) {
        for slot in &self.0 {
            // SAFETY: a successful callee wrote it, and it has not been taken
            // over.
            unsafe { discard(slot) };
        }
    }
}

/// The items of an iterable object, as one array; `None` if it is not iterable.
///
/// # Errors
/// Whatever the owner reports.
///
/// # Safety
/// `object` must be live, and `frame` must outlive the answer.
pub unsafe fn query_items(
    object: NonNull<abi::Object>,
    frame: &mut CallFrame<'_>,
) -> Result<Option<Answer<1>>, Error> {
    // SAFETY: the caller's promise.
    unsafe { ask(object, |table| table.items, frame, &[]) }
}

/// The keys and the values of a mapping, as two arrays; `None` if it is not a
/// mapping.
///
/// # Errors
/// Whatever the owner reports.
///
/// # Safety
/// As [`query_items`].
pub unsafe fn query_entries(
    object: NonNull<abi::Object>,
    frame: &mut CallFrame<'_>,
) -> Result<Option<Answer<2>>, Error> {
    // SAFETY: the caller's promise.
    unsafe { ask(object, |table| table.entries, frame, &[]) }
}

/// The `metaffi_callable` for a method of an object, or for the object itself if
/// the name is empty; `None` if there is no method of that name.
///
/// # Errors
/// Whatever the owner reports.
///
/// # Safety
/// `object` must be live.
pub unsafe fn query_method(
    object: NonNull<abi::Object>,
    name: &str,
) -> Result<Option<Handle>, Error> {
    // SAFETY: the caller's promise; the name lives as long as the call.
    let found = unsafe { query_function(object, |table| table.method, &[text(name)]) };
    Ok(found?.map(Callable::into_handle))
}

/// The number of an object's type, and the number of its instances' type if it
/// is a class (else 0); `None` if its owner does not report them.
///
/// # Errors
/// Whatever the owner reports.
///
/// # Safety
/// `object` must be live.
pub unsafe fn query_type(object: NonNull<abi::Object>) -> Result<Option<(u64, u64)>, Error> {
    CallFrame::with(|mut frame| {
        // SAFETY: the caller's promise.
        let answer: Option<Answer<2>> =
            unsafe { ask(object, |table| table.type_of, &mut frame, &[])? };
        // SAFETY: both slots are numbers.
        Ok(answer.map(|answer| unsafe { (answer.0[0].payload.u64, answer.0[1].payload.u64) }))
    })
}

/// The function for a member of this object's type, of the kind
/// `abi::MEMBER_*`; `None` if there is no such member.
///
/// # Errors
/// Whatever the owner reports.
///
/// # Safety
/// `object` must be live.
pub unsafe fn query_member(
    object: NonNull<abi::Object>,
    kind: i64,
    name: &str,
) -> Result<Option<Callable>, Error> {
    let kind = abi::Value {
        ty: abi::INT64,
        dims: 0,
        ownership: abi::BORROWED,
        flags: 0,
        length: 0,
        payload: abi::Payload { i64: kind },
    };
    // SAFETY: the caller's promise; the name lives as long as the call.
    unsafe { query_function(object, |table| table.member, &[kind, text(name)]) }
}

/// What `describe` reports about an object's type: name, documentation,
/// supertypes, operations, members; `None` if its owner does not report it.
///
/// # Errors
/// Whatever the owner reports.
///
/// # Safety
/// As [`query_items`].
pub unsafe fn query_description(
    object: NonNull<abi::Object>,
    frame: &mut CallFrame<'_>,
) -> Result<Option<Answer<5>>, Error> {
    // SAFETY: the caller's promise.
    unsafe { ask(object, |table| table.describe, frame, &[]) }
}

fn text(name: &str) -> abi::Value {
    let name = str_to_raw(name);
    abi::Value {
        ty: abi::STRING8,
        dims: 0,
        ownership: abi::BORROWED,
        flags: 0,
        length: name.length,
        payload: abi::Payload { data: name.data.cast() },
    }
}

/// Queries a function.
///
/// # Safety
/// As [`ask`].
unsafe fn query_function(
    object: NonNull<abi::Object>,
    function: impl FnOnce(&abi::ObjectVtable) -> Option<abi::CallFn>,
    args: &[abi::Value],
) -> Result<Option<Callable>, Error> {
    CallFrame::with(|mut frame| {
        // SAFETY: the caller's promise.
        let answer: Option<Answer<1>> = unsafe { ask(object, function, &mut frame, args)? };
        let found = answer.filter(|answer| answer.0[0].ty == abi::CALLABLE);
        // SAFETY: a callable, which the answer holds.
        let function =
            found.as_ref().and_then(|answer| NonNull::new(unsafe { answer.0[0].payload.object }));
        // SAFETY: as above.
        Ok(function.map(|function| unsafe { Callable::take_handle(Handle::retain_raw(function)) }))
    })
}

/// Makes a query; `None` if the owner has no such function, or if the first result
/// is null.
///
/// # Safety
/// As [`query_items`], and the function takes `args`.
unsafe fn ask<const N: usize>(
    object: NonNull<abi::Object>,
    function: impl FnOnce(&abi::ObjectVtable) -> Option<abi::CallFn>,
    frame: &mut CallFrame<'_>,
    args: &[abi::Value],
) -> Result<Option<Answer<N>>, Error> {
    // SAFETY: the caller's promise.
    let object = unsafe { underlying(object) };
    // SAFETY: the caller's promise.
    let table = unsafe { object.as_ref() }.vtable;
    if !abi::covers!(table, abi::ObjectVtable, describe) {
        return Ok(None);
    }
    let Some(function) = function(table) else { return Ok(None) };
    let mut rets = [const { MaybeUninit::uninit() }; N];
    // SAFETY: the function takes the object as its context, and writes every
    // slot.
    let answer = unsafe {
        frame.call(function, object.as_ptr().cast(), args, &mut rets)?;
        Answer(rets.map(|slot| slot.assume_init()))
    };
    Ok((answer.0[0].ty != abi::NULL).then_some(answer))
}

/// The object to query: for an exact value, the object behind it.
///
/// # Safety
/// `object` must be live.
unsafe fn underlying(object: NonNull<abi::Object>) -> NonNull<abi::Object> {
    // SAFETY: the caller's promise; an exact object starts with a plain one, and
    // lives as long as the object behind it.
    unsafe {
        let table = object.as_ref().vtable;
        if !abi::covers!(table, abi::ObjectVtable, exact) || table.exact == 0 {
            return object;
        }
        object.cast::<abi::ExactObject>().as_ref().object
    }
}
