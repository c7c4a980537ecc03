//! The variables for what is loaded, one for each entity.

use std::collections::HashMap;

use metaffi_stubs::{Names, Request};

use super::literals::quote;

/// The variables so far.
pub(super) struct Variables {
    names: Names,
    entities: HashMap<Request, String>,
    lines: Vec<String>,
}

impl Variables {
    pub(super) fn new() -> Variables {
        Variables { names: Names::new(str::to_owned), entities: HashMap::new(), lines: Vec::new() }
    }

    /// The variable of an entity, named after its first caller.
    pub(super) fn entity(&mut self, wanted: &str, request: Request) -> String {
        if let Some(name) = self.entities.get(&request) {
            return name.clone();
        }
        let name = self.names.give(&format!("fn{wanted}"));
        let types = |name: &str, types: &[String]| match types {
            [] => String::new(),
            types => format!(", {name}: {}", quote(&types.join(" "))),
        };
        self.lines.push(format!(
            "var {name} = stubs.Entity{{Module: &module, Path: {}{}{}}}",
            quote(&request.path),
            types("Params", &request.parameters),
            types("Results", &request.results),
        ));
        self.entities.insert(request, name.clone());
        name
    }

    /// The name of a variable that is written later.
    pub(super) fn reserve(&mut self, wanted: &str) -> String {
        self.names.give(wanted)
    }

    /// Writes a variable whose name was reserved.
    pub(super) fn write(&mut self, name: &str, value: &str) {
        self.lines.push(format!("var {name} = {value}"));
    }

    pub(super) fn into_lines(self) -> Vec<String> {
        self.lines
    }
}
