//! What is called, with which arguments, and how a result is known to be right.

use std::sync::LazyLock;

/// A value as it goes in or comes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Datum {
    Nothing,
    Int(i64),
    Text(String),
    Longs(Vec<i64>),
}

/// What proves a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Proof {
    /// The guest counts its calls.
    Calls,
    /// The object returns its count.
    Count,
    /// The loop counts failures.
    Failures,
    /// The result.
    Value(Datum),
}

/// One function of the fixture.
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    pub(crate) argument: Datum,
    pub(crate) proof: Proof,
    /// Further arguments, which are echoed once before the times are taken.
    pub(crate) limits: Vec<Datum>,
}

const ELEMENTS: i64 = 10_000;
/// What callbacks add.
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
        Scenario::new("object", Datum::Nothing, Proof::Count),
        Scenario::new("callback", Datum::Int(number), Proof::Value(Datum::Int(number + STEP))),
        Scenario::new("error", Datum::Nothing, Proof::Failures),
    ]
});
