//! Deeply nested values: a refused value owns nothing afterwards, and no stack overflows.
#![allow(unsafe_code)] // raw slots are what is tested

use std::ffi::c_void;
use std::ptr::null_mut;
use std::sync::atomic::AtomicI64;

use metaffi_value::{
    Array, CallFrame, ErrorKind, Handle, ObjectData, OwnedSlots, Owner, Type, Value, abi,
    check_depth, discard, lift_borrowed, lift_transferred, lower_argument, lower_result,
    new_buffer, new_object,
};

const MOST: usize = abi::MAX_DEPTH as usize;

/// Deep enough that recursion would overflow any stack.
const BOTTOMLESS: usize = if cfg!(miri) { 300 } else { 1_000_000 };

struct Thing;

impl ObjectData for Thing {
    fn data(&self) -> *mut c_void {
        null_mut()
    }
}

/// A separate owner for each test.
macro_rules! owner {
    () => {{
        static LIVE: AtomicI64 = AtomicI64::new(0);
        Owner::unregistered(7, &LIVE)
    }};
}

fn nested(depth: usize) -> Value {
    (1..depth).fold(Vec::<Value>::new().into(), |inner: Value, _| vec![inner].into())
}

fn any_array(ownership: u8, length: usize, payload: abi::Payload) -> abi::Value {
    let ty = Type::ANY.array().raw();
    abi::Value { ty, dims: 1, ownership, flags: 0, length: length as u64, payload }
}

/// A slot with a handle to a new object.
fn handle_slot(owner: Owner) -> abi::Value {
    let payload = abi::Payload { object: new_object(owner, Thing).into_raw().as_ptr() };
    let (ty, ownership) = (abi::HANDLE, abi::TRANSFERRED);
    abi::Value { ty, dims: 0, ownership, flags: 0, length: 0, payload }
}

/// A result of `depth` nested arrays. Each is in a buffer of its own, with a handle on either side
/// of the next array.
fn raw_result(owner: Owner, depth: usize) -> abi::Value {
    let mut slot = handle_slot(owner);
    for _ in 0..depth {
        let elements = vec![handle_slot(owner), slot, handle_slot(owner)];
        let data: *const c_void = elements.as_ptr().cast();
        let keep = Keep(elements);
        let buffer = new_buffer(owner, data, size_of::<[abi::Value; 3]>() as u64, keep);
        let payload = abi::Payload { object: buffer.into_raw().as_ptr() };
        slot = any_array(abi::TRANSFERRED, 3, payload);
    }
    slot
}

struct Keep(#[allow(dead_code, reason = "kept for its drop")] Vec<abi::Value>);
// SAFETY: only the holder of the buffer reads the slots.
unsafe impl Send for Keep {}

#[test]
fn the_deepest_value_comes_back_and_one_more_does_not() {
    CallFrame::with(|mut frame| {
        let deepest = nested(MOST);
        let slot = lower_argument(&deepest, &mut frame).unwrap();
        // SAFETY: a valid slot that borrows.
        assert_eq!(unsafe { lift_borrowed(&slot) }.unwrap(), deepest);
        let error = lower_argument(&nested(MOST + 1), &mut frame).map(|_| ()).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Argument);
        assert!(error.message.contains("at most 256 arrays"), "{error}");
        // After a failure there is as much room as before.
        lower_argument(&deepest, &mut frame).unwrap();
    });
}

#[test]
fn the_ranks_of_typed_arrays_count() {
    let table = |rank: u8| {
        (2..=rank).fold(Array::Int64(vec![1]), |row, dims| Array::Nested {
            element: Type::INT64,
            dims,
            rows: vec![row],
        })
    };
    let around = |depth| (0..depth).fold(table(200).into(), |inner: Value, _| vec![inner].into());
    CallFrame::with(|mut frame| {
        assert!(lower_argument(&around(MOST - 200), &mut frame).is_ok());
        assert!(lower_argument(&around(MOST - 199), &mut frame).is_err());
    });
}

#[test]
fn a_refused_result_releases_what_it_owned() {
    let owner = owner!();
    for depth in [MOST + 1, BOTTOMLESS] {
        let result = raw_result(owner, depth);
        // SAFETY: a valid result, used once.
        let error = unsafe { lift_transferred(&result) }.unwrap_err();
        assert!(error.message.starts_with("the value is nested too deeply"), "{error}");
        assert_eq!(owner.live_objects(), 0);
    }
}

#[test]
fn values_lowered_before_a_failure_are_released() {
    let owner = owner!();
    let object = || Value::Handle(new_object(owner, Thing));
    let value = Value::from(vec![object(), vec![object(), nested(MOST)].into()]);
    CallFrame::with(|mut frame| lower_result(&value, &mut frame).map(|_| ())).unwrap_err();
    drop(value);
    assert_eq!(owner.live_objects(), 0);
}

#[test]
fn slots_are_checked_and_discarded_without_recursion() {
    let owner = owner!();
    let result = raw_result(owner, BOTTOMLESS);
    // SAFETY: a valid result, used once.
    unsafe {
        assert!(check_depth(&result).is_err());
        discard(&result);
    }
    assert_eq!(owner.live_objects(), 0);
}

#[test]
fn owned_slots_release_what_they_own() {
    let owner = owner!();
    let kept = new_object(owner, Thing);
    CallFrame::with(|frame| {
        let mut slots = OwnedSlots::of(&frame);
        // SAFETY: nothing else owns what they own.
        unsafe {
            slots.push(handle_slot(owner));
            slots.push(raw_result(owner, 3));
        }
        assert_eq!(slots.len(), 2);
        assert!(owner.live_objects() > 1);
    });
    assert_eq!(owner.live_objects(), 1);
    drop::<Handle>(kept);
    assert_eq!(owner.live_objects(), 0);
}

#[test]
#[cfg_attr(miri, ignore = "cannot run out of stack")]
#[cfg_attr(windows, ignore = "Wine gives every thread 1 MiB at least")]
fn a_small_stack_is_an_error_and_not_a_crash() {
    let attempt = |stack: usize, depth: usize| {
        let run = move || {
            let value = nested(depth);
            CallFrame::with(|mut frame| {
                let slot = lower_argument(&value, &mut frame)?;
                // SAFETY: a valid slot that borrows.
                unsafe { lift_borrowed(&slot) }
            })
        };
        let thread = std::thread::Builder::new().stack_size(stack << 10).spawn(run);
        thread.unwrap().join().unwrap()
    };
    assert_eq!(attempt(1024, MOST), Ok(nested(MOST)));
    assert_eq!(attempt(256, 32), Ok(nested(32)));
    let error = attempt(144, MOST).unwrap_err();
    assert!(error.message.contains("the stack of this thread"), "{error}");
}
