//! The host's own functions and objects, which guests get.

use core::ffi::c_void;
use std::cell::Cell;
use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use anyhow::{Context, Result};
use metaffi::{
    Callable, Error, ErrorKind, Handle, Hub, ObjectData, Owner, Signature, Type, Value, new_object,
};

/// A host's own object, known by where it is.
#[derive(Default)]
struct Thing(Box<u64>);

impl ObjectData for Thing {
    fn data(&self) -> *mut c_void {
        core::ptr::from_ref(&*self.0).cast_mut().cast()
    }
}

thread_local! {
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// Remembers that this thread calls.
pub(crate) fn enter_call() {
    INSIDE.set(true);
}

/// The fixed set of functions; each lives from its first use to the end.
pub(crate) struct Functions {
    owner: Owner,
    made: Mutex<HashMap<String, Callable>>,
    raised: Arc<Mutex<Option<Handle>>>,
}

type Body = fn(&[Value]) -> Option<Value>;

const FUNCTIONS: &[(&str, &[Type], &[Type], Body)] = &[
    ("add", &[Type::INT64, Type::INT64], &[Type::INT64], add),
    ("concat", &[Type::STRING8, Type::STRING8], &[Type::STRING8], concat),
    ("identity", &[Type::ANY], &[Type::ANY], identity),
    ("count", &[], &[Type::INT64], count),
    ("on_caller_thread", &[], &[Type::BOOL], on_caller_thread),
];

fn add(args: &[Value]) -> Option<Value> {
    match args {
        [Value::Int64(a), Value::Int64(b)] => Some((a + b).into()),
        _ => None,
    }
}

fn concat(args: &[Value]) -> Option<Value> {
    match args {
        [Value::String8(a), Value::String8(b)] => Some(format!("{a}{b}").into()),
        _ => None,
    }
}

fn identity(args: &[Value]) -> Option<Value> {
    args.first().cloned()
}

fn count(_: &[Value]) -> Option<Value> {
    static COUNT: AtomicI64 = AtomicI64::new(0);
    Some((COUNT.fetch_add(1, Ordering::Relaxed) + 1).into())
}

fn on_caller_thread(_: &[Value]) -> Option<Value> {
    Some(INSIDE.get().into())
}

impl Functions {
    pub(crate) fn new() -> Result<Self> {
        let owner = Hub::open(None)?.owner("rust");
        Ok(Self { owner, made: Mutex::default(), raised: Arc::default() })
    }

    /// The function of that name, the same one each time.
    pub(crate) fn get(&self, name: &str) -> Result<Callable> {
        let mut made = self.made.lock().expect("no panic");
        if let Some(function) = made.get(name) {
            return Ok(function.clone());
        }
        let function = self.make(name)?;
        made.insert(name.into(), function.clone());
        Ok(function)
    }

    fn make(&self, wanted: &str) -> Result<Callable> {
        if wanted == "fail" {
            return Ok(fail(self.owner, self.raised.clone()));
        }
        let known = FUNCTIONS.iter().find(|(name, ..)| *name == wanted);
        let (name, params, returns, body) =
            known.with_context(|| format!("this host has no function `{wanted}`"))?;
        let infos = |types: &[Type]| types.iter().map(|ty| (*ty).into()).collect();
        let signature = Signature::new(infos(params), infos(returns));
        Ok(Callable::new(self.owner, signature, move |args| {
            let wrong = || Error::new(ErrorKind::Argument, format!("{name} of {args:?}"));
            body(&args).map(|result| vec![result]).ok_or_else(wrong)
        }))
    }

    /// An object of this host's own.
    pub(crate) fn new_thing(&self) -> Handle {
        new_object(self.owner, Thing::default())
    }

    /// What `fail` raised last.
    pub(crate) fn last_raised(&self) -> Option<Handle> {
        self.raised.lock().expect("no panic").clone()
    }

    /// Lets go of all functions, and of what they raised.
    pub(crate) fn forget(&self) {
        self.made.lock().expect("no panic").clear();
        *self.raised.lock().expect("no panic") = None;
    }
}

fn fail(owner: Owner, raised: Arc<Mutex<Option<Handle>>>) -> Callable {
    let text = || vec![Type::STRING8.into()];
    Callable::new(owner, Signature::new(text(), text()), move |args| {
        let failure = new_object(owner, Thing::default());
        *raised.lock().expect("no panic") = Some(failure.clone());
        let message = match &args[..] {
            [Value::String8(message)] => message.clone(),
            _ => format!("{args:?}"),
        };
        let error = Error::new(ErrorKind::Guest, message).in_language("rust").with_type("Failure");
        Err(Error { original: Some(failure), ..error })
    })
}
