//! The entities of the module `loopback`: the resolver and the compiler's extraction
//! both read this description.

use metaffi_plugin::value::{Error, GuestFrame, Owner, Type, Value};

use crate::{bodies, counter, live};

/// A declared type: a scalar, or an array of it.
#[derive(Clone, Copy, Debug)]
pub struct Ty {
    /// The scalar, or its array form.
    pub ty: Type,
    /// The rank.
    pub dims: i32,
}

pub(crate) const fn scalar(ty: Type) -> Ty {
    Ty { ty, dims: 0 }
}
pub(crate) const fn array(ty: Type, dims: i32) -> Ty {
    Ty { ty: ty.array(), dims }
}

/// The guest's code of an entity.
#[derive(Clone, Copy)]
pub(crate) enum Body {
    /// Works on raw slots, as on a fast path.
    Raw(fn(Owner, &mut GuestFrame<'_>) -> Result<(), Error>),
    /// Works on values.
    Values(fn(Owner, Vec<Value>) -> Result<Vec<Value>, Error>),
}

/// One entity.
pub struct Entry {
    /// `callable` or `field`.
    pub key: &'static str,
    /// `add`, `Counter.increment`.
    pub name: &'static str,
    /// `instance_required`, `getter`, `setter`.
    pub tags: &'static [&'static str],
    /// Names and types; empty with `variadic`.
    pub params: &'static [(&'static str, Ty)],
    /// Results.
    pub rets: &'static [Ty],
    /// Takes and returns what the host declares.
    pub variadic: bool,
    /// Documentation.
    pub doc: &'static str,
    pub(crate) body: Body,
}

pub(crate) const BASE: Entry = Entry {
    key: "callable",
    name: "",
    tags: &[],
    params: &[],
    rets: &[],
    variadic: false,
    doc: "",
    body: Body::Raw(bodies::void),
};
pub(crate) const INSTANCE: (&str, Ty) = ("self", scalar(Type::HANDLE));

macro_rules! entries {
    ($($doc:literal $name:literal ($($param:ident: $pty:expr),*) -> ($($rty:expr),*) $kind:ident $body:path;)*) => {
        &[$(Entry {
            name: $name,
            params: &[$((stringify!($param), $pty)),*],
            rets: &[$($rty),*],
            doc: $doc,
            body: Body::$kind($body),
            ..BASE
        }),*]
    };
}
pub(crate) use entries;

pub(crate) const INT: Ty = scalar(Type::INT64);
pub(crate) const TEXT: Ty = scalar(Type::STRING8);
pub(crate) const ANY: Ty = scalar(Type::ANY);

const FUNCTIONS: &[Entry] = entries! {
    "Does nothing." "void" () -> () Raw bodies::void;
    "The sum of two integers; wraps at 64 bits." "add" (a: INT, b: INT) -> (INT) Raw bodies::add;
    "The same integer." "echo_int64" (value: INT) -> (INT) Raw bodies::echo_int64;
    "The same text." "echo_string" (text: TEXT) -> (TEXT) Raw bodies::echo_string;
    "Both texts, one after the other." "concat" (left: TEXT, right: TEXT) -> (TEXT) Values bodies::concat;
    "Quotient and remainder; fails with loopback.DivisionByZero."
        "divide" (a: INT, b: INT) -> (INT, INT) Values bodies::divide;
    "The sum of the elements." "sum" (values: array(Type::FLOAT64, 1)) -> (scalar(Type::FLOAT64)) Values bodies::sum;
    "0 to count-1, as one buffer without a copy."
        "range" (count: INT) -> (Ty { ty: Type::INT64.packed_array(), dims: 1 }) Raw bodies::range;
    "Fails with loopback.Failure, caused by loopback.Cause." "fail" (message: TEXT) -> () Values bodies::fail;
    "Panics." "panic" (message: TEXT) -> () Values bodies::panic;
    "Keeps any value until `kept` or `forget`." "keep" (value: ANY) -> () Values bodies::keep;
    "The last value passed to `keep`." "kept" () -> (ANY) Values bodies::kept;
    "Drops the kept value." "forget" () -> () Values bodies::forget;
    "Calls a function with one argument." "call" (function: scalar(Type::CALLABLE), argument: ANY) -> (ANY) Values bodies::call;
    "The same from a thread that the host has never seen."
        "call_on_thread" (function: scalar(Type::CALLABLE), argument: ANY) -> (ANY) Values bodies::call_on_thread;
    "A function that adds to its argument." "make_adder" (amount: INT) -> (scalar(Type::CALLABLE)) Values bodies::make_adder;
    "Counts objects that others hold, of runtimes with this name prefix: 3, `openjdk 2, go 1`."
        "live_objects" (owners: TEXT) -> (INT, TEXT) Values live::objects;
};

pub(crate) const ECHO: Entry = Entry {
    name: "echo",
    variadic: true,
    doc: "The arguments, whatever their types.",
    body: Body::Values(bodies::echo),
    ..BASE
};

pub(crate) const COUNTER: &[Entry] = &[
    Entry {
        name: "Counter.new",
        params: &[("start", INT)],
        rets: &[scalar(Type::HANDLE)],
        doc: "A counter.",
        body: Body::Values(counter::new),
        ..BASE
    },
    Entry {
        name: "Counter.increment",
        tags: &["instance_required"],
        params: &[INSTANCE],
        rets: &[INT],
        doc: "Adds one, and returns the new value.",
        body: Body::Values(counter::increment),
        ..BASE
    },
    Entry {
        key: "field",
        name: "Counter.value",
        tags: &["instance_required", "getter"],
        params: &[INSTANCE],
        rets: &[INT],
        doc: "The value.",
        body: Body::Values(counter::get),
        ..BASE
    },
    Entry {
        key: "field",
        name: "Counter.value",
        tags: &["instance_required", "setter"],
        params: &[INSTANCE, ("value", INT)],
        doc: "Sets the value.",
        body: Body::Values(counter::set),
        ..BASE
    },
];

/// Every entity of the module, in groups.
pub const TABLE: &[&[Entry]] = &[FUNCTIONS, &[ECHO], COUNTER];
