//! Identifiers, each once in its scope.
//!
//! Every name in generated code comes through here, from the IDL or made up.

use std::collections::HashSet;

/// The names of one scope.
#[derive(Clone, Debug)]
pub struct Names {
    given: HashSet<String>,
    /// What the language allows.
    identifier: fn(&str) -> String,
}

impl Names {
    /// A scope without names, in which all names are `identifier`s.
    pub fn new(identifier: fn(&str) -> String) -> Names {
        Names { given: HashSet::new(), identifier }
    }

    /// The same, in which `taken` are given already.
    #[must_use]
    pub fn without<'n>(mut self, taken: impl IntoIterator<Item = &'n str>) -> Names {
        self.given.extend(taken.into_iter().map(str::to_owned));
        self
    }

    /// All names that are given, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.given.iter().map(String::as_str)
    }

    /// Whether `name` is given, as it is written.
    pub fn contains(&self, name: &str) -> bool {
        self.given.contains(name)
    }

    /// `name` as an identifier, given or not.
    pub fn identifier(&self, name: &str) -> String {
        (self.identifier)(name)
    }

    /// Gives the identifier `name`, or nothing when it is given.
    pub fn take(&mut self, name: &str) -> Option<String> {
        self.given.insert(name.to_owned()).then(|| name.to_owned())
    }

    /// Gives `name` as an identifier, else the nearest that is free: with `_`,
    /// `_2`, `_3`… behind it.
    pub fn give(&mut self, name: &str) -> String {
        self.give_none_of(name, |_| false)
    }

    /// The same, and none of those that `is_taken` elsewhere.
    pub fn give_none_of(&mut self, name: &str, is_taken: impl Fn(&str) -> bool) -> String {
        let name = self.identifier(name);
        let numbered = (2..).map(|number| format!("{name}_{number}"));
        let behind = std::iter::once(format!("{name}_")).chain(numbered);
        let behind = behind.map(|candidate| (self.identifier)(&candidate));
        let mut candidates = std::iter::once(name.clone()).chain(behind);
        let is_free = |one: &String| !self.given.contains(one) && !is_taken(one);
        let free = candidates.find(is_free).unwrap_or_else(|| name.clone());
        self.given.insert(free.clone());
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identifier(name: &str) -> String {
        match name {
            "if" => "if_".to_owned(),
            name => name.replace('$', "_"),
        }
    }

    #[test]
    fn nobody_gets_anothers_name() {
        let mut names = Names::new(identifier).without(["self"]);
        let given = ["a", "a", "a", "a_", "self", "if", "a$b"].map(|name| names.give(name));
        assert_eq!(given, ["a", "a_", "a_2", "a__", "self_", "if_", "a_b"]);
        assert_eq!(names.take("a"), None);
        assert_eq!(names.give_none_of("c", |name| name == "c"), "c_");
    }
}
