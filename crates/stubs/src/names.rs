//! Unique identifiers within a scope.
//!
//! Every name in generated code goes through here, whether it is from the IDL
//! or made up.

use std::collections::HashSet;

/// The names of one scope.
#[derive(Clone, Debug)]
pub struct Names {
    used: HashSet<String>,
    /// Turns a name into an identifier of the language.
    identifier: fn(&str) -> String,
}

impl Names {
    /// An empty scope; `identifier` turns a name into an identifier.
    pub fn new(identifier: fn(&str) -> String) -> Names {
        Names { used: HashSet::new(), identifier }
    }

    /// The same scope with the names in `taken` already used.
    #[must_use]
    pub fn without<'n>(mut self, taken: impl IntoIterator<Item = &'n str>) -> Names {
        self.used.extend(taken.into_iter().map(str::to_owned));
        self
    }

    /// All used names, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.used.iter().map(String::as_str)
    }

    /// Whether exactly `name` is used.
    pub fn contains(&self, name: &str) -> bool {
        self.used.contains(name)
    }

    /// `name` as an identifier, used or not.
    pub fn identifier(&self, name: &str) -> String {
        (self.identifier)(name)
    }

    /// Uses exactly `name`, or returns nothing if it is used already.
    pub fn take(&mut self, name: &str) -> Option<String> {
        self.used.insert(name.to_owned()).then(|| name.to_owned())
    }

    /// Uses `name` as an identifier, or the first unused variant: with `_`,
    /// `_2`, `_3`… appended.
    pub fn give(&mut self, name: &str) -> String {
        self.give_except(name, |_| false)
    }

    /// The same, but skips names that are `is_taken` elsewhere.
    pub fn give_except(&mut self, name: &str, is_taken: impl Fn(&str) -> bool) -> String {
        let name = self.identifier(name);
        let numbered = (2..).map(|number| format!("{name}_{number}"));
        let suffixed = std::iter::once(format!("{name}_")).chain(numbered);
        let suffixed = suffixed.map(|candidate| (self.identifier)(&candidate));
        let mut candidates = std::iter::once(name.clone()).chain(suffixed);
        let is_free = |one: &String| !self.used.contains(one) && !is_taken(one);
        let free = candidates.find(is_free).unwrap_or_else(|| name.clone());
        self.used.insert(free.clone());
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
    fn names_are_unique() {
        let mut names = Names::new(identifier).without(["self"]);
        let given = ["a", "a", "a", "a_", "self", "if", "a$b"].map(|name| names.give(name));
        assert_eq!(given, ["a", "a_", "a_2", "a__", "self_", "if_", "a_b"]);
        assert_eq!(names.take("a"), None);
        assert_eq!(names.give_except("c", |name| name == "c"), "c_");
    }
}
