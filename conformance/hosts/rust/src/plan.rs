//! The plan that `cargo xtask matrix` writes for a cell.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value as Json;

/// One cell.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Plan {
    #[serde(rename = "topic")]
    _topic: String,
    /// The guest's runtime.
    pub(crate) guest: String,
    /// Module paths by runtime.
    pub(crate) modules: HashMap<String, String>,
    /// By name: `echo of go`.
    pub(crate) entities: HashMap<String, Entity>,
    pub(crate) steps: Vec<Step>,
    /// Whether the host ends without releasing anything.
    pub(crate) leaves: bool,
}

/// An entity of a guest.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entity {
    pub(crate) runtime: String,
    pub(crate) path: String,
    pub(crate) params: Vec<Declared>,
    pub(crate) returns: Vec<Declared>,
}

/// A declared type.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Declared {
    #[serde(rename = "type")]
    pub(crate) ty: String,
    pub(crate) dims: i32,
    pub(crate) alias: String,
}

/// One step.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Step {
    Call(Call),
    Release { release: String },
    Forget { forget: String },
    Same { same: [String; 2] },
    Different { different: [String; 2] },
    Threads { threads: usize, steps: Vec<Step> },
    Times { times: usize, steps: Vec<Step> },
    Live { live: i64 },
    ReleaseRuntime { release_runtime: String },
}

/// A call, and its expected result.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Call {
    /// The name of an entity, or of a variable that holds a function.
    pub(crate) call: String,
    pub(crate) args: Vec<Json>,
    #[serde(default)]
    pub(crate) returns: Vec<Json>,
    pub(crate) fails: Option<Failure>,
}

/// An expected error.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Failure {
    pub(crate) kind: Option<String>,
    pub(crate) language: Option<String>,
    #[serde(rename = "type")]
    pub(crate) ty: Option<String>,
    #[serde(default)]
    pub(crate) message: Texts,
    #[serde(default)]
    pub(crate) stack: Texts,
    pub(crate) cause: Option<Box<Failure>>,
    /// It is the error that this function of the host raised.
    pub(crate) original: Option<String>,
    /// It is read on another thread, after the entity has failed again.
    #[serde(default)]
    pub(crate) later: bool,
}

/// One text or several, each of which is a part of the whole.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Texts {
    One(String),
    All(Vec<String>),
}

impl Default for Texts {
    fn default() -> Self {
        Texts::All(vec![])
    }
}

impl Texts {
    /// All of them.
    pub(crate) fn all(&self) -> &[String] {
        match self {
            Texts::One(text) => core::slice::from_ref(text),
            Texts::All(texts) => texts,
        }
    }
}
