//! Values of a plan: lowers them to Rust's, and compares results.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use anyhow::{Context, Result, bail, ensure};
use metaffi::{Array, Handle, Type, Value};
use serde_json::Value as Json;

use crate::functions::{Functions, new_thing};

/// A thread's variables, and the host's objects by name.
#[derive(Clone, Default)]
pub(crate) struct Variables {
    variables: HashMap<String, Value>,
    objects: Arc<Mutex<HashMap<String, Handle>>>,
}

impl Variables {
    /// The value stored under `name`.
    pub(crate) fn get(&self, name: &str) -> Result<&Value> {
        self.variables.get(name).with_context(|| format!("there is no variable `{name}`"))
    }

    /// Takes the value stored under `name`.
    pub(crate) fn remove(&mut self, name: &str) -> Result<Value> {
        self.variables.remove(name).with_context(|| format!("there is no variable `{name}`"))
    }

    /// The value that is passed.
    pub(crate) fn lower(&self, written: &Json, own: &Functions) -> Result<Value> {
        let Some((tag, value)) = written.as_object().and_then(|tagged| tagged.iter().next()) else {
            return Ok(Value::Null);
        };
        match (tag.as_str(), value) {
            ("var", Json::String(name)) => self.get(name).cloned(),
            ("object", Json::String(name)) => Ok(self.object(name)?.into()),
            ("callback", Json::String(name)) => Ok(own.get(name)?.into()),
            ("repeat", value) => repeat(self.lower(value, own)?, &written["times"]),
            (tag, value) if tag.ends_with("array") => {
                let dims = written["dims"].as_i64().unwrap_or(1);
                Ok(self.array(element(tag), dims, list(value)?, own)?.into())
            }
            (tag, Json::String(text)) => scalar(tag, text),
            _ => bail!("{written} is not a value"),
        }
    }

    fn object(&self, name: &str) -> Result<Handle> {
        let mut objects = self.objects.lock().expect("no panic");
        if !objects.contains_key(name) {
            objects.insert(name.into(), new_thing()?);
        }
        Ok(objects[name].clone())
    }

    fn array(&self, element: &str, dims: i64, items: &[Json], own: &Functions) -> Result<Array> {
        if dims > 1 {
            let rows = items.iter().map(|row| self.array(element, dims - 1, list(row)?, own));
            let rows = rows.collect::<Result<_>>()?;
            let element = Type::parse(element).context("no such type")?;
            return Ok(Array::Nested { element, dims: dims as u8, rows });
        }
        let values = items.iter().map(|item| match (element, item) {
            ("any" | "handle" | "callable" | "array", item) => self.lower(item, own),
            (element, Json::String(text)) => scalar(element, text),
            _ => Ok(Value::Null),
        });
        of_values(element, values.collect::<Result<_>>()?)
    }

    /// Compares a result with the plan.
    pub(crate) fn expect(
        &mut self,
        expected: &Json,
        actual: &Value,
        own: &Functions,
    ) -> Result<()> {
        if let Some(name) = expected["store"].as_str() {
            ensure!(*actual != Value::Null, "got null");
            self.variables.insert(name.into(), actual.clone());
            return Ok(());
        }
        let wanted = self.lower(expected, own)?;
        ensure!(same(&wanted, actual), "expected {}, got {}", short(&wanted), short(actual));
        Ok(())
    }
}

fn element(tag: &str) -> &str {
    let element = tag.strip_suffix("_array").unwrap_or(tag);
    element.strip_suffix("_packed").unwrap_or(element)
}

fn list(value: &Json) -> Result<&[Json]> {
    Ok(value.as_array().with_context(|| format!("{value} is not a list"))?)
}

fn repeat(value: Value, times: &Json) -> Result<Value> {
    match (value, times.as_u64()) {
        (Value::String8(text), Some(times)) => Ok(text.repeat(times as usize).into()),
        (value, times) => bail!("{value:?} cannot be repeated {times:?} times"),
    }
}

fn scalar(ty: &str, text: &str) -> Result<Value> {
    let character = || text.chars().next().context("no character");
    Ok(match ty {
        "float64" => Value::Float64(text.parse()?),
        "float32" => Value::Float32(text.parse()?),
        "int8" => Value::Int8(text.parse()?),
        "int16" => Value::Int16(text.parse()?),
        "int32" => Value::Int32(text.parse()?),
        "int64" => Value::Int64(text.parse()?),
        "uint8" => Value::UInt8(text.parse()?),
        "uint16" => Value::UInt16(text.parse()?),
        "uint32" => Value::UInt32(text.parse()?),
        "uint64" => Value::UInt64(text.parse()?),
        "size" => Value::Size(text.parse()?),
        "bool" => Value::Bool(text.parse()?),
        "char8" => Value::Char8(u32::from(character()?).try_into()?),
        "char16" => Value::Char16(u32::from(character()?).try_into()?),
        "char32" => Value::Char32(character()?),
        "string8" => Value::String8(text.into()),
        "string16" => Value::String16(text.into()),
        "string32" => Value::String32(text.into()),
        _ => bail!("there is no type `{ty}`"),
    })
}

macro_rules! of_values {
    ($element:expr, $values:expr; $($ty:literal $variant:ident),*) => {
        match $element {
            $($ty => Array::$variant($values.into_iter().map(|value| match value {
                Value::$variant(value) => Ok(value),
                other => bail!("{other:?} in an array of {}", $ty),
            }).collect::<Result<_>>()?),)*
            "handle" => Array::Handle(optional($values, |value| match value {
                Value::Handle(handle) => Some(handle),
                _ => None,
            })),
            "callable" => Array::Callable(optional($values, |value| match value {
                Value::Callable(callable) => Some(callable),
                _ => None,
            })),
            _ => Array::Any($values),
        }
    };
}

fn of_values(element: &str, values: Vec<Value>) -> Result<Array> {
    Ok(of_values! { element, values;
        "float64" Float64, "float32" Float32, "int8" Int8, "int16" Int16, "int32" Int32,
        "int64" Int64, "uint8" UInt8, "uint16" UInt16, "uint32" UInt32, "uint64" UInt64,
        "size" Size, "bool" Bool, "char8" Char8, "char16" Char16, "char32" Char32,
        "string8" String8, "string16" String16, "string32" String32
    })
}

fn optional<T>(values: Vec<Value>, take: impl Fn(Value) -> Option<T>) -> Vec<Option<T>> {
    values.into_iter().map(take).collect()
}

/// Whether they are exactly the same: types, and the bits of floats.
fn same(wanted: &Value, actual: &Value) -> bool {
    match (wanted, actual) {
        (Value::Float64(a), Value::Float64(b)) => same_float(*a, *b),
        (Value::Float32(a), Value::Float32(b)) => same_float((*a).into(), (*b).into()),
        (Value::Array(a), Value::Array(b)) => same_array(a, b),
        _ => wanted == actual,
    }
}

fn same_float(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan()
}

fn same_array(wanted: &Array, actual: &Array) -> bool {
    fn all<T>(a: &[T], b: &[T], same: impl Fn(&T, &T) -> bool) -> bool {
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
    }
    match (wanted, actual) {
        (Array::Float64(a), Array::Float64(b)) => all(a, b, |a, b| same_float(*a, *b)),
        (Array::Float32(a), Array::Float32(b)) => {
            all(a, b, |a, b| same_float((*a).into(), (*b).into()))
        }
        (Array::Any(a), Array::Any(b)) => all(a, b, same),
        (
            Array::Nested { element, dims, rows: a },
            Array::Nested { element: actual, dims: rank, rows: b },
        ) => element == actual && dims == rank && all(a, b, same_array),
        _ => wanted == actual,
    }
}

/// A value in a few characters.
pub(crate) fn short(value: &(impl core::fmt::Debug + ?Sized)) -> String {
    let text = format!("{value:?}");
    if text.len() < 300 { text } else { text.chars().take(300).chain("…".chars()).collect() }
}
