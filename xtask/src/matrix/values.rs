//! Converts values as topics write them to values as hosts read them.
//!
//! A plain `7`, `"text"` or `[[1], []]` has the type that the entity declares. Hosts get every
//! value with its type, and every scalar as text.

use anyhow::{Result, bail};
use serde_json::{Map, Value, json};

use super::entity::Declared;

/// Values that have no type of their own.
const WITHOUT_TYPE: &[&str] = &["var", "store", "object", "callback", "repeat"];

/// `written` where `declared` is declared (nothing is declared inside `any`).
pub fn typed(written: &Value, declared: Option<&Declared>) -> Result<Value> {
    match written {
        Value::Null => Ok(Value::Null),
        Value::Object(tagged) => read_tagged(tagged),
        plain => match declared {
            Some(declared) if declared.ty != "any" && declared.ty != "array" => {
                of_type(&declared.ty, declared.dims, plain)
            }
            _ => bail!("{plain} needs a type, as in {{\"int64\": 7}}"),
        },
    }
}

fn read_tagged(tagged: &Map<String, Value>) -> Result<Value> {
    let (tag, value) = tagged.iter().next().expect("guests' choices are made, so it has a key");
    if WITHOUT_TYPE.contains(&tag.as_str()) {
        let mut read = tagged.clone();
        if tag == "repeat" {
            read["repeat"] = typed(value, None)?;
        }
        return Ok(read.into());
    }
    let dims = tagged.get("dims").and_then(Value::as_i64);
    of_type(tag, dims.unwrap_or_else(|| i64::from(tag.ends_with("array"))), value)
}

fn of_type(ty: &str, dims: i64, value: &Value) -> Result<Value> {
    let Some(element) = ty.strip_suffix("_array") else {
        return Ok(json!({ty: scalar(value)?}));
    };
    let element = element.strip_suffix("_packed").unwrap_or(element);
    let mut read = json!({ty: items(element, dims, value)?});
    if dims != 1 {
        read["dims"] = dims.into();
    }
    Ok(read)
}

/// Scalars as text; anything else as a value with its type.
fn items(element: &str, dims: i64, value: &Value) -> Result<Value> {
    let Some(values) = value.as_array() else { bail!("{value} is not a list") };
    let read = |item: &Value| match element {
        _ if dims > 1 => items(element, dims - 1, item),
        "any" | "handle" | "callable" => typed(item, None),
        _ if item.is_null() => Ok(Value::Null),
        _ => scalar(item).map(Value::from),
    };
    values.iter().map(read).collect::<Result<Vec<_>>>().map(Value::from)
}

fn scalar(value: &Value) -> Result<String> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(value) => Ok(value.to_string()),
        other => bail!("{other} is not a scalar"),
    }
}
