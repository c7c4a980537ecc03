//! From a topic to the plan that one cell's host reads: every choice is made, every value has its
//! type, every entity its path.

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value, json};

use super::entity::{Declared, Entity};
use super::topic::{Steps, Topic};
use super::values::typed;
use metaffi_languages::{guests, named};

/// Makes the plan of a cell; `modules` returns the paths of each guest's module.
pub fn plan(
    topic: &Topic,
    written: &Steps,
    host: &str,
    guest: &str,
    modules: &Value,
) -> Result<Value> {
    let mut planner = Planner { topic, written, host, guest, other: None, entities: Map::new() };
    let steps = planner.steps(&written.steps)?;
    if written.entities.contains_key("collect") {
        for guest in guests() {
            planner.entity(guest, "collect")?;
        }
    }
    Ok(json!({
        "topic": topic.name,
        "guest": guest,
        "modules": modules,
        "entities": planner.entities,
        "steps": steps,
        "leaves": written.leaves,
    }))
}

struct Planner<'a> {
    topic: &'a Topic,
    written: &'a Steps,
    host: &'a str,
    guest: &'a str,
    /// The third language, inside `others`.
    other: Option<&'static str>,
    entities: Map<String, Value>,
}

impl Planner<'_> {
    fn steps(&mut self, written: &[Value]) -> Result<Vec<Value>> {
        let mut steps = Vec::new();
        for step in written {
            let at = || format!("conformance/{0}/{0}.json: {step}", self.topic.name);
            let context = at();
            steps.extend(self.step(step).context(context)?);
        }
        Ok(steps)
    }

    /// The steps that one step stands for; none if it is for other cells.
    fn step(&mut self, written: &Value) -> Result<Vec<Value>> {
        let mut step = self.choose(written).as_object().context("a step is an object")?.clone();
        if !self.is_meant(&mut step)? {
            return Ok(vec![]);
        }
        if let Some(Value::Array(inner)) = step.get("others") {
            return self.with_others(inner);
        }
        if let Some(Value::Array(inner)) = step.get("steps") {
            let inner = self.steps(&inner.clone())?;
            step.insert("steps".into(), inner.into());
            return Ok(vec![step.into()]);
        }
        if !step.contains_key("call") {
            return Ok(vec![step.into()]);
        }
        let guest = match step.shift_remove("in").as_ref().and_then(Value::as_str) {
            None => self.guest,
            Some("other") => self.other.context("`in` an `other` has to be inside `others`")?,
            Some(_) => bail!("`in` is `other`"),
        };
        self.calls(step, guest)
    }

    /// The steps, once for each language that is not this cell's guest.
    fn with_others(&mut self, written: &[Value]) -> Result<Vec<Value>> {
        let (guest, mut steps) = (self.guest, Vec::new());
        let can = |other: &&str| self.topic.cannot(self.host, other, None).is_none();
        for other in guests().filter(|other| *other != guest).filter(can) {
            self.other = Some(other);
            steps.extend(self.steps(written)?);
        }
        self.other = None;
        Ok(steps)
    }

    /// Whether the step is for this cell; a step that is not for all cells has a reason.
    fn is_meant(&self, step: &mut Map<String, Value>) -> Result<bool> {
        let because = step.shift_remove("because");
        let apart = step.shift_remove("apart").is_some();
        let mut meant = !self.is_shared()
            || !apart && ["live", "release"].iter().all(|word| !step.contains_key(*word));
        for (key, this) in [("hosts", self.host), ("guests", self.guest)] {
            let Some(names) = step.shift_remove(key) else { continue };
            if because.is_none() {
                bail!("a step for some {key} needs a `because`");
            }
            let names = names.as_array().with_context(|| format!("`{key}` is a list"))?.clone();
            meant &= names.iter().any(|name| name == this);
        }
        Ok(meant)
    }

    fn cannot(&self) -> bool {
        self.topic.cannot(self.host, self.guest, None).is_some()
    }

    /// Whether host and guest share one runtime, whose objects need no handles.
    fn is_shared(&self) -> bool {
        let apart = named(self.guest).guest.as_ref().is_some_and(|guest| guest.apart_from_its_host);
        self.host == self.guest && !apart
    }

    /// Replaces every `{"python3": …, "openjdk": …, "go": …}`.
    fn choose(&self, written: &Value) -> Value {
        match written {
            Value::Array(items) => items.iter().map(|item| self.choose(item)).collect(),
            Value::Object(map) if map.keys().all(|key| guests().any(|guest| guest == key)) => {
                // A cell that cannot work does not have to be among the choices.
                let any = || map.values().next().filter(|_| self.cannot());
                map.get(self.guest).or_else(any).map_or(Value::Null, |chosen| self.choose(chosen))
            }
            Value::Object(map) => {
                map.iter().map(|(key, value)| (key.clone(), self.choose(value))).collect()
            }
            plain => plain.clone(),
        }
    }

    /// A call, or one for each of the values that have to come back unchanged.
    fn calls(&mut self, mut step: Map<String, Value>, guest: &str) -> Result<Vec<Value>> {
        let name = step["call"].as_str().context("`call` has to name what is called")?.to_owned();
        let (params, returns) = match self.written.entities.contains_key(&name) {
            true => {
                let entity = self.entity(guest, &name)?;
                step["call"] = format!("{name} of {guest}").into();
                (entity.params, entity.returns)
            }
            false => (vec![], vec![]), // a function in a variable
        };
        let Some(each) = step.shift_remove("each") else {
            return one_call(step, &params, &returns).map(|call| vec![call]);
        };
        let each = each.as_array().context("`each` has to be a list")?.clone();
        let calls = each.into_iter().map(|value| {
            let mut call = step.clone();
            call.insert("args".into(), json!([value]));
            call.insert("returns".into(), json!([value]));
            one_call(call, &params, &returns)
        });
        calls.collect()
    }

    fn entity(&mut self, guest: &str, name: &str) -> Result<Entity> {
        let entity = Entity::find(&self.topic.name, self.written, guest, name)?;
        self.entities.insert(format!("{name} of {guest}"), entity.to_json(guest));
        Ok(entity)
    }
}

fn one_call(
    mut step: Map<String, Value>,
    params: &[Declared],
    returns: &[Declared],
) -> Result<Value> {
    for (key, declared) in [("args", params), ("returns", returns)] {
        let values = match step.get(key) {
            Some(values) => values.as_array().with_context(|| format!("`{key}` is a list"))?,
            None if key == "args" => &vec![],
            None => continue,
        };
        let read = values.iter().enumerate().map(|(at, value)| typed(value, declared.get(at)));
        let read: Vec<_> = read.collect::<Result<_>>()?;
        step.insert(key.into(), read.into());
    }
    if !step.contains_key("fails") && !step.contains_key("returns") {
        step.insert("returns".into(), json!([]));
    }
    Ok(step.into())
}
