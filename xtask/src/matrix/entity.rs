//! The entities of a topic: `"add": "int64, int64 -> int64"`.
//!
//! Unless a guest's own path is given, it follows from the name: see `conventions.rs`.

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::conventions;
use super::topic::Steps;

/// An entity as one guest has it.
pub struct Entity {
    pub path: String,
    pub params: Vec<Declared>,
    pub returns: Vec<Declared>,
}

/// A declared type.
#[derive(Clone)]
pub struct Declared {
    /// `int64`, `string8_array`.
    pub ty: String,
    /// The rank, as in a type info.
    pub dims: i64,
    /// The guest's own name of the type, or empty.
    pub alias: String,
}

impl Entity {
    /// The entity `name` of a topic, as `guest` has it.
    pub fn find(topic: &str, steps: &Steps, guest: &str, name: &str) -> Result<Self> {
        let written = steps.entities.get(name).with_context(|| format!("no entity `{name}`"))?;
        Self::read(topic, guest, name, written).with_context(|| format!("entity `{name}`"))
    }

    fn read(topic: &str, guest: &str, name: &str, written: &Value) -> Result<Self> {
        let mut path = conventions::path(topic, guest, name)?;
        let mut types = written.as_str().or_else(|| written["types"].as_str());
        match &written[guest] {
            Value::Null => {}
            Value::String(own) => path.clone_from(own),
            own => {
                path = own["path"].as_str().map_or(path, String::from);
                types = own["types"].as_str().or(types);
            }
        }
        let types = types.context("it has no `types`")?;
        let (params, returns) =
            types.split_once("->").with_context(|| format!("`{types}` has no `->`"))?;
        Ok(Self { path, params: declared(params)?, returns: declared(returns)? })
    }

    /// The form that a host reads.
    pub fn to_json(&self, runtime: &str) -> Value {
        let list = |types: &[Declared]| types.iter().map(Declared::to_json).collect::<Vec<_>>();
        json!({
            "runtime": runtime,
            "path": self.path,
            "params": list(&self.params),
            "returns": list(&self.returns),
        })
    }
}

/// `int64`, `int64_array[2]`, `handle (java.lang.Runnable)`, separated by commas.
fn declared(list: &str) -> Result<Vec<Declared>> {
    list.split(',').map(str::trim).filter(|text| !text.is_empty()).map(Declared::read).collect()
}

impl Declared {
    fn read(text: &str) -> Result<Self> {
        let (text, alias) = match text.split_once('(') {
            Some((text, alias)) => (text.trim(), alias.strip_suffix(')').context("`(` is open")?),
            None => (text, ""),
        };
        let (ty, dims) = match text.split_once('[') {
            Some((ty, dims)) => (ty, dims.strip_suffix(']').context("`[` is open")?.parse()?),
            None => (text, i64::from(text.ends_with("_array"))),
        };
        if ty.contains([' ', '-']) {
            bail!("`{text}` is not a type");
        }
        Ok(Self { ty: ty.into(), dims, alias: alias.into() })
    }

    fn to_json(&self) -> Value {
        json!({"type": self.ty, "dims": self.dims, "alias": self.alias})
    }
}
