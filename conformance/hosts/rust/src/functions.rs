//! The host's functions and objects, which guests get.

use core::ffi::c_void;
use core::fmt;
use std::cell::Cell;
use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

use anyhow::{Result, bail};
use metaffi::{Callable, Handle, ObjectData, Value, callable, new_object, owner};

/// An object of the host, identified by its address.
#[derive(Default)]
struct Thing(Box<u64>);

impl ObjectData for Thing {
    fn data(&self) -> *mut c_void {
        core::ptr::from_ref(&*self.0).cast_mut().cast()
    }
}

/// Creates an object of this host.
pub(crate) fn new_thing() -> Result<Handle> {
    Ok(new_object(owner()?, Thing::default()))
}

/// The error of `fail`.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    number: i64,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

impl Failure {
    /// Whether it is the last one.
    pub(crate) fn is_last(&self) -> bool {
        self.number == RAISED.load(Ordering::Relaxed)
    }
}

static RAISED: AtomicI64 = AtomicI64::new(0);
static COUNT: AtomicI64 = AtomicI64::new(0);
thread_local! {
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

fn next(counter: &AtomicI64) -> i64 {
    counter.fetch_add(1, Ordering::Relaxed) + 1
}

/// Remembers that this thread makes a call.
pub(crate) fn enter_call() {
    INSIDE.set(true);
}

/// The fixed set of functions; each lives from its first use to the end.
#[derive(Default)]
pub(crate) struct Functions(Mutex<HashMap<String, Callable>>);

impl Functions {
    /// The function with that name, the same one each time.
    pub(crate) fn get(&self, name: &str) -> Result<Callable> {
        let mut made = self.0.lock().expect("no panic");
        if let Some(function) = made.get(name) {
            return Ok(function.clone());
        }
        let function = make(name)?;
        made.insert(name.into(), function.clone());
        Ok(function)
    }

    /// Drops them.
    pub(crate) fn forget(&self) {
        self.0.lock().expect("no panic").clear();
    }
}

fn make(name: &str) -> Result<Callable> {
    Ok(match name {
        "add" => callable(|a: i64, b: i64| a + b),
        "concat" => callable(|a: String, b: String| a + &b),
        "identity" => callable(|value: Value| value),
        "describe" => callable(describe),
        "fail" => callable(fail),
        "count" => callable(|| next(&COUNT)),
        "on_caller_thread" => callable(|| INSIDE.get()),
        _ => bail!("this host has no function `{name}`"),
    }?)
}

fn describe(value: Value) -> String {
    let error = match &value {
        Value::Handle(object) => object.error(),
        _ => None,
    };
    error.map_or_else(|| format!("{value:?}"), |error| error.to_string())
}

fn fail(message: String) -> Result<String, Failure> {
    Err(Failure { message, number: next(&RAISED) })
}
