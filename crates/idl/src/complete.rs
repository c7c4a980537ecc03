//! Fills in what follows from the rest of an IDL: class ids, references, ids of
//! overloads.

use std::collections::HashSet;

use crate::model::{Function, Idl, Parameter};
use crate::tree::TypeTree;
use crate::walk::{At, Visitor, walk};

impl Idl {
    /// Fills in what a reader may omit, and resolves references: a class that
    /// the IDL describes becomes a [`TypeTree::Class`], any other a
    /// [`TypeTree::Foreign`]. A driver calls it after every extraction.
    pub fn complete(&mut self) {
        for class in self.modules.iter_mut().flat_map(|module| &mut module.classes) {
            if class.id.is_empty() {
                class.id = class.entity_path.get("class").unwrap_or(&class.name).to_owned();
            }
        }
        let ids: HashSet<String> = self.class_ids().map(str::to_owned).collect();
        self.each_tree(&mut |tree| settle(tree, &ids));
        self.each_function(&mut |function| {
            if function.overload_id.is_empty() {
                function.overload_id = function.stable_id();
            }
        });
    }

    /// The ids of all classes that the IDL describes.
    pub fn class_ids(&self) -> impl Iterator<Item = &str> {
        self.modules.iter().flat_map(|module| &module.classes).map(|class| class.id.as_str())
    }

    /// Calls `change` for every function in the IDL, including accessors.
    pub fn each_function(&mut self, change: &mut dyn FnMut(&mut Function)) {
        struct Functions<'c>(&'c mut dyn FnMut(&mut Function));

        impl Visitor for Functions<'_> {
            fn function(&mut self, function: &mut Function, _at: &At<'_>) {
                (self.0)(function);
            }
        }

        walk(self, &mut Functions(change));
    }

    /// Calls `change` for every type in the IDL, outer types first.
    pub fn each_tree(&mut self, change: &mut dyn FnMut(&mut TypeTree)) {
        struct Trees<'c>(&'c mut dyn FnMut(&mut TypeTree));

        impl Visitor for Trees<'_> {
            fn tree(&mut self, tree: &mut TypeTree, _at: &At<'_>) {
                inward(tree, self.0);
            }
        }

        walk(self, &mut Trees(change));
    }
}

fn inward(tree: &mut TypeTree, change: &mut dyn FnMut(&mut TypeTree)) {
    change(tree);
    for part in tree.parts_mut() {
        inward(part, change);
    }
}

fn settle(tree: &mut TypeTree, ids: &HashSet<String>) {
    match tree {
        TypeTree::Foreign { name, arguments } if ids.contains(name) => {
            let (id, arguments) = (std::mem::take(name), std::mem::take(arguments));
            *tree = TypeTree::Class { id, arguments };
        }
        TypeTree::Class { id, arguments } if !ids.contains(id) => {
            let (name, arguments) = (std::mem::take(id), std::mem::take(arguments));
            *tree = TypeTree::Foreign { name, arguments };
        }
        _ => {}
    }
}

impl Function {
    /// `find(string8,handle<java.util.Map>)`: identifies a call by what it
    /// passes, not by parameter names or meaning, so that it is stable across
    /// versions of a library.
    pub fn stable_id(&self) -> String {
        let types: Vec<String> = self.parameters.iter().map(Parameter::type_text).collect();
        format!("{}({})", self.name, types.join(","))
    }
}
