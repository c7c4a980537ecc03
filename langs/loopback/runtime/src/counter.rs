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
    let handle: Handle = new_object(owner, Counter(AtomicI64::new(start)));
    Ok(vec![handle.into()])
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
