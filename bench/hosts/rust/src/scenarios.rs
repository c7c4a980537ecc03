//! What is called, with which arguments, and how results are verified.

use std::sync::LazyLock;

use metaffi::Value;

/// A value as an argument or a result.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Datum {
    Nothing,
    Int(i64),
    Text(String),
    Longs(Vec<i64>),
    Texts(Vec<String>),
    Mixed(Vec<Value>),
}

/// What proves a call.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Proof {
    /// The guest counts its calls.
    Calls,
    /// The object returns its count.
    Count,
    /// The loop counts failures.
    Failures,
    /// The result is the expected one.
    Value(Datum),
}

/// One function of the fixture.
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    pub(crate) argument: Datum,
    pub(crate) proof: Proof,
    /// Further arguments, which are echoed once before the measurement.
    pub(crate) limits: Vec<Datum>,
}

const ELEMENTS: i64 = 10_000;
/// The number of strings, values or objects of a collection.
pub(crate) const OBJECTS: i64 = 1_000;
/// The number that callbacks add.
pub(crate) const STEP: i64 = 7;
/// The message of the error.
pub(crate) const LUCK: &str = "no luck today";

impl Scenario {
    fn new(name: &'static str, argument: Datum, proof: Proof) -> Self {
        Self { name, argument, proof, limits: Vec::new() }
    }

    fn echo(name: &'static str, argument: Datum, limits: Vec<Datum>) -> Self {
        Self { limits, ..Self::new(name, argument.clone(), Proof::Value(argument)) }
    }
}

/// Values of each kind in turn.
fn mixed(number: i64) -> Value {
    match number % 5 {
        0 => Value::Int64(number),
        1 => Value::Float64(number as f64 / 4.0),
        2 => Value::String8(format!("text {number}")),
        3 => Value::Bool(number % 2 == 0),
        _ => Value::Null,
    }
}

/// All scenarios.
pub(crate) static SCENARIOS: LazyLock<Vec<Scenario>> = LazyLock::new(|| {
    let (number, text) = (1_234_567_890_123, |text: &str| Datum::Text(text.into()));
    let longs = Datum::Longs((0..ELEMENTS).collect());
    vec![
        Scenario::new("void", Datum::Nothing, Proof::Calls),
        Scenario::echo(
            "int64",
            Datum::Int(number),
            [0, -1, i64::MAX, i64::MIN].map(Datum::Int).into(),
        ),
        Scenario::echo(
            "string",
            text("sixteen letters!"),
            vec![text(""), text("größer"), text("日本語 😀"), text(&"x".repeat(5000))],
        ),
        Scenario::new("array", longs, Proof::Value(Datum::Int((0..ELEMENTS).sum()))),
        Scenario::new(
            "numbers",
            Datum::Nothing,
            Proof::Value(Datum::Longs((0..ELEMENTS).collect())),
        ),
        Scenario::echo("mixed", Datum::Mixed((0..OBJECTS).map(mixed).collect()), Vec::new()),
        Scenario::echo(
            "strings",
            Datum::Texts((0..OBJECTS).map(|number| format!("string {number}")).collect()),
            Vec::new(),
        ),
        Scenario::new("objects", Datum::Nothing, Proof::Value(Datum::Int(OBJECTS))),
        Scenario::new("object", Datum::Nothing, Proof::Count),
        Scenario::new("callback", Datum::Int(number), Proof::Value(Datum::Int(number + STEP))),
        Scenario::new("error", Datum::Nothing, Proof::Failures),
    ]
});
