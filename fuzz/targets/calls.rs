//! Any sequence of calls on loopback: no call ends the process, and at the end no objects are held.
//! Hub and plugin are those of the installation that `cargo xtask fuzz` builds.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use metaffi::{
    Array, Callable, Entity, Error, ErrorKind, Hub, Module, Runtime, Signature, Type, TypeInfo,
    Value,
};

/// A value of any type.
#[derive(Arbitrary, Clone, Debug)]
enum Shape {
    Null,
    Int(i64),
    Small(u8),
    Float(f64),
    Bool(bool),
    Char(char),
    Text(String),
    Wide(String),
    Bytes(Vec<u8>),
    Ints(Vec<i64>),
    Floats(Vec<f64>),
    Texts(Vec<String>),
    Table(Vec<Vec<i32>>),
    Mixed(Vec<Shape>),
    /// That many nested arrays around a value.
    Deep(u16, Box<Shape>),
    /// A value that a call returned earlier.
    Earlier(u8),
    Callback(Callback),
    Callbacks(Vec<Option<Callback>>),
}

/// The behaviour of a function of the host.
#[derive(Arbitrary, Clone, Copy, Debug)]
enum Callback {
    Echo,
    Fail,
    Panic,
    /// Returns two results where one is declared.
    TooMany,
    /// Stores its argument, and returns the one stored before.
    Swap,
}

#[derive(Arbitrary, Debug)]
enum Step {
    /// Loads an entity of the table, or `echo` with that many parameters.
    Load(u8),
    /// Loads any path, with any types.
    LoadPath(String, Vec<u32>, Vec<u32>),
    Call(u8, Vec<Shape>),
    /// Calls a function that a call returned.
    CallEarlier(u8, Vec<Shape>),
    Drop(u8),
    /// Releases the runtime, and loads it again.
    Reload,
}

const ENTITIES: &[(&str, &[Type], &[Type])] = &[
    ("void", &[], &[]),
    ("add", &[Type::INT64, Type::INT64], &[Type::INT64]),
    ("echo_string", &[Type::STRING8], &[Type::STRING8]),
    ("concat", &[Type::STRING8, Type::STRING8], &[Type::STRING8]),
    ("divide", &[Type::INT64, Type::INT64], &[Type::INT64, Type::INT64]),
    ("fail", &[Type::STRING8], &[]),
    ("panic", &[Type::STRING8], &[]),
    ("keep", &[Type::ANY], &[]),
    ("kept", &[], &[Type::ANY]),
    ("call", &[Type::CALLABLE, Type::ANY], &[Type::ANY]),
    ("make_adder", &[Type::INT64], &[Type::CALLABLE]),
    ("Counter.new", &[Type::INT64], &[Type::HANDLE]),
    ("Counter.increment", &[Type::HANDLE], &[Type::INT64]),
    ("live_objects", &[Type::STRING8], &[Type::INT64, Type::STRING8]),
];

/// The loaded entities, and the returned values.
struct State {
    hub: Hub,
    runtime: Runtime,
    module: Module,
    entities: Vec<Entity>,
    values: Vec<Value>,
}

fn infos(types: &[Type]) -> Vec<TypeInfo> {
    types.iter().map(|ty| TypeInfo::new(*ty)).collect()
}

fn load(hub: Hub) -> (Runtime, Module) {
    let runtime = Runtime::load_from(hub, "loopback").expect("it is installed");
    let module = runtime.module("loopback").expect("it is there");
    (runtime, module)
}

impl State {
    fn new() -> Self {
        let hub = Hub::open(None).expect("METAFFI_HOME is set");
        let (runtime, module) = load(hub);
        Self { hub, runtime, module, entities: Vec::new(), values: Vec::new() }
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Load(which) => {
                let at = usize::from(which);
                let loaded = match ENTITIES.get(at) {
                    Some((name, params, rets)) => self.load(name, params, rets),
                    None => {
                        let any = vec![Type::ANY; at % 5];
                        self.load("echo", &any, &any)
                    }
                };
                loaded.expect("it is in the table");
            }
            Step::LoadPath(path, params, rets) => {
                let types = |raw: &[u32]| -> Vec<Type> {
                    raw.iter().take(8).map(|raw| Type::from_raw(*raw)).collect()
                };
                let (params, rets) = (infos(&types(&params)), infos(&types(&rets)));
                self.entities.extend(self.module.entity(&path, &params, &rets));
            }
            Step::Call(which, args) => {
                let args = self.args(&args);
                if let Some(entity) = pick(&self.entities, which) {
                    let results = entity.call(&args);
                    self.take(results);
                }
            }
            Step::CallEarlier(which, args) => {
                let args = self.args(&args);
                if let Some(Value::Callable(function)) = pick(&self.values, which).cloned() {
                    self.take(function.call(&args));
                }
            }
            Step::Drop(which) if !self.values.is_empty() => {
                let at = usize::from(which) % self.values.len();
                self.values.swap_remove(at);
            }
            Step::Drop(_) => {}
            Step::Reload => {
                self.runtime.release();
                (self.runtime, self.module) = load(self.hub);
            }
        }
    }

    fn load(&mut self, name: &str, params: &[Type], rets: &[Type]) -> Result<(), Error> {
        let path = format!("callable={name}");
        self.entities.push(self.module.entity(&path, &infos(params), &infos(rets))?);
        Ok(())
    }

    fn args(&self, shapes: &[Shape]) -> Vec<Value> {
        shapes.iter().take(4).map(|shape| self.value(shape)).collect()
    }

    fn value(&self, shape: &Shape) -> Value {
        match shape {
            Shape::Null => Value::Null,
            Shape::Int(v) => (*v).into(),
            Shape::Small(v) => (*v).into(),
            Shape::Float(v) => (*v).into(),
            Shape::Bool(v) => (*v).into(),
            Shape::Char(v) => (*v).into(),
            Shape::Text(v) => v.as_str().into(),
            Shape::Wide(v) => Value::String16(v.clone()),
            Shape::Bytes(v) => v.clone().into(),
            Shape::Ints(v) => v.clone().into(),
            Shape::Floats(v) => v.clone().into(),
            Shape::Texts(v) => v.clone().into(),
            Shape::Table(rows) => Array::Nested {
                element: Type::INT32,
                dims: 2,
                rows: rows.iter().cloned().map(Array::Int32).collect(),
            }
            .into(),
            Shape::Mixed(items) => {
                items.iter().map(|item| self.value(item)).collect::<Vec<_>>().into()
            }
            Shape::Deep(depth, inner) => {
                // Dropping a value takes stack for each level, so it is not nested any deeper.
                let inner = match **inner {
                    Shape::Deep(..) | Shape::Mixed(_) | Shape::Earlier(_) => Value::Null,
                    _ => self.value(inner),
                };
                (0..depth % 400).fold(inner, |inner, _| vec![inner].into())
            }
            Shape::Earlier(which) => pick(&self.values, *which).cloned().unwrap_or(Value::Null),
            Shape::Callback(callback) => self.callback(*callback).into(),
            Shape::Callbacks(all) => {
                let each = all.iter().map(|one| one.map(|one| self.callback(one)));
                Array::Callable(each.collect()).into()
            }
        }
    }

    fn callback(&self, does: Callback) -> Callable {
        let any = || vec![Type::ANY.into()];
        let kept = std::sync::Mutex::new(Value::Null);
        let body = move |mut args: Vec<Value>| match does {
            Callback::Echo => Ok(args),
            Callback::Fail => Err(Error::new(ErrorKind::Guest, "as asked")),
            // Without the hook, which would end the fuzzer.
            Callback::Panic => std::panic::resume_unwind(Box::new("as asked")),
            Callback::TooMany => Ok(vec![Value::Null, args.pop().unwrap_or(Value::Null)]),
            Callback::Swap => {
                let new = args.pop().unwrap_or(Value::Null);
                // A function that stored itself would never be released.
                let new = if holds_callable(&new) { Value::Null } else { new };
                Ok(vec![std::mem::replace(&mut *kept.lock().expect("no panic in there"), new)])
            }
        };
        Callable::new(self.hub.owner("fuzzer"), Signature::new(any(), any()), body)
    }

    fn take(&mut self, results: Result<Vec<Value>, Error>) {
        match results {
            Ok(results) => self.values.extend(results),
            Err(error) => assert_ne!(error.kind, ErrorKind::Internal, "{error}"),
        }
        let excess = self.values.len().saturating_sub(16);
        self.values.drain(..excess);
    }
}

fn holds_callable(value: &Value) -> bool {
    match value {
        Value::Callable(_) | Value::Array(Array::Callable(_)) => true,
        Value::Array(Array::Any(items)) => items.iter().any(holds_callable),
        _ => false,
    }
}

fn pick<T>(all: &[T], which: u8) -> Option<&T> {
    all.get(usize::from(which) % all.len().max(1))
}

fuzz_target!(|steps: Vec<Step>| {
    let mut state = State::new();
    for step in steps.into_iter().take(64) {
        state.step(step);
    }
    let (hub, module) = (state.hub, state.module.clone());
    drop(state);
    let forget = module.function::<(), ()>("callable=forget").expect("it is in the table");
    forget.call(()).expect("it cannot fail");
    for owner in ["loopback", "fuzzer"] {
        assert_eq!(hub.owner(owner).live_objects(), 0, "objects of {owner} leak");
    }
});
