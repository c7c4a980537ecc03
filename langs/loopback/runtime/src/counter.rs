//! The class `Counter`: objects with identity, methods and a field.

use core::ffi::c_void;
use std::sync::atomic::{AtomicI64, Ordering};

use metaffi_plugin::value::{
    Error, ErrorKind, Handle, ObjectData, Owner, Value, new_object, object_payload,
};

type Values = Result<Vec<Value>, Error>;

struct Counter(AtomicI64);

impl ObjectData for Counter {
    fn data(&self) -> *mut c_void {
        core::ptr::null_mut() // found through `object_payload`, not through `data`
    }
}

fn counter(handle: &Value) -> Result<&Counter, Error> {
    let payload = match handle {
        Value::Handle(handle) => object_payload::<Counter>(handle),
        _ => None,
    };
    payload.ok_or_else(|| {
        Error::new(ErrorKind::Argument, format!("expected a Counter, got {}", handle.ty()))
    })
}

pub(crate) fn new(owner: Owner, args: Vec<Value>) -> Values {
    let [Value::Int64(start)] = args[..] else {
        return Err(Error::new(ErrorKind::Argument, "expected (int64)"));
    };
    Ok(vec![starting_at(owner, start).into()])
}

/// A counter.
pub(crate) fn starting_at(owner: Owner, start: i64) -> Handle {
    new_object(owner, Counter(AtomicI64::new(start)))
}

/// Whether a value is a counter.
pub(crate) fn is_one(value: &Value) -> bool {
    counter(value).is_ok()
}

pub(crate) fn add(_: Owner, args: Vec<Value>) -> Values {
    let Value::Int64(amount) = args[1] else {
        return Err(Error::new(ErrorKind::Argument, "expected (Counter, int64)"));
    };
    Ok(vec![(counter(&args[0])?.0.fetch_add(amount, Ordering::Relaxed) + amount).into()])
}

pub(crate) fn increment(_: Owner, args: Vec<Value>) -> Values {
    Ok(vec![(counter(&args[0])?.0.fetch_add(1, Ordering::Relaxed) + 1).into()])
}

pub(crate) fn get(_: Owner, args: Vec<Value>) -> Values {
    Ok(vec![counter(&args[0])?.0.load(Ordering::Relaxed).into()])
}

pub(crate) fn set(_: Owner, args: Vec<Value>) -> Values {
    let Value::Int64(value) = args[1] else {
        return Err(Error::new(ErrorKind::Argument, "expected (Counter, int64)"));
    };
    counter(&args[0])?.0.store(value, Ordering::Relaxed);
    Ok(vec![])
}
