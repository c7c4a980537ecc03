//! Whether every class that a type refers to is described.

use std::collections::HashSet;

use super::Fault;
use crate::model::{Class, Function, Idl, Parameter};
use crate::tree::TypeTree;

/// The references of `idl` to classes that it does not describe.
pub(super) fn check(idl: &Idl) -> Vec<Fault> {
    let mut checker = Checker { ids: idl.class_ids().collect(), faults: Vec::new() };
    for (index, module) in idl.modules.iter().enumerate() {
        let at = format!("$.modules[{index}]");
        each(&module.aliases, &at, "aliases", |alias, at| checker.tree(&alias.tree, &at("tree")));
        each(&module.functions, &at, "functions", |function, at| {
            checker.function(function, &at(""));
        });
        each(&module.globals, &at, "globals", |global, at| {
            checker.tree(&global.value.tree, &at("tree"));
            let accessors = [("getter", &global.getter), ("setter", &global.setter)];
            for (name, accessor) in accessors {
                accessor.iter().for_each(|function| checker.function(function, &at(name)));
            }
        });
        each(&module.classes, &at, "classes", |class, at| checker.class(class, &at("")));
    }
    checker.faults
}

/// Calls `with` with each item and a function that gives the path of a field
/// of it, or with an empty name its own.
fn each<'a, T>(
    items: &'a [T],
    at: &str,
    list: &str,
    mut with: impl FnMut(&'a T, &dyn Fn(&str) -> String),
) {
    for (index, item) in items.iter().enumerate() {
        let place = format!("{at}.{list}[{index}]");
        with(item, &|field: &str| match field {
            "" => place.clone(),
            _ => format!("{place}.{field}"),
        });
    }
}

struct Checker<'a> {
    ids: HashSet<&'a str>,
    faults: Vec<Fault>,
}

impl<'a> Checker<'a> {
    fn class(&mut self, class: &'a Class, at: &str) {
        self.trees(&class.bases, at, "bases");
        let behaves_as = class.behaves_as.iter();
        behaves_as.for_each(|tree| self.tree(tree, &format!("{at}.behaves_as")));
        each(&class.type_parameters, at, "type_parameters", |own, at| {
            self.trees(&own.bounds, &at(""), "bounds");
        });
        each(&class.constructors, at, "constructors", |own, at| self.function(own, &at("")));
        each(&class.methods, at, "methods", |own, at| self.function(&own.function, &at("")));
        let release = class.release.iter();
        release.for_each(|own| self.function(&own.function, &format!("{at}.release")));
        each(&class.fields, at, "fields", |field, at| {
            self.tree(&field.value.tree, &at("tree"));
            for (name, accessor) in [("getter", &field.getter), ("setter", &field.setter)] {
                accessor.iter().for_each(|own| self.function(&own.function, &at(name)));
            }
        });
    }

    fn function(&mut self, function: &'a Function, at: &str) {
        let mut values = |list: &'a [Parameter], name| {
            each(list, at, name, |value, at| self.tree(&value.tree, &at("tree")));
        };
        values(&function.parameters, "parameters");
        values(&function.return_values, "return_values");
        self.trees(&function.raises, at, "raises");
        each(&function.type_parameters, at, "type_parameters", |own, at| {
            self.trees(&own.bounds, &at(""), "bounds");
        });
    }

    fn trees(&mut self, trees: &'a [TypeTree], at: &str, list: &str) {
        each(trees, at, list, |tree, at| self.tree(tree, &at("")));
    }

    fn tree(&mut self, tree: &'a TypeTree, at: &str) {
        tree.walk(&mut |tree| {
            if let TypeTree::Class { id, .. } = tree
                && !self.ids.contains(id.as_str())
            {
                let message = format!(
                    "no class here has the id '{id}': describe it, or make it a foreign type"
                );
                self.faults.push(Fault { path: at.to_owned(), message });
            }
        });
    }
}
