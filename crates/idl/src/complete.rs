//! What follows from the rest of an IDL, filled in: class ids, references,
//! ids of overloads.

use std::collections::HashSet;

use crate::model::{Class, Function, Idl, Parameter};
use crate::tree::TypeTree;

impl Idl {
    /// Fills in what a reader may leave out, and settles references: a class
    /// that the IDL describes is a [`TypeTree::Class`], one that it does not is
    /// a [`TypeTree::Foreign`]. A driver calls it after every extraction.
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

    /// Calls `change` with every function of the IDL, accessors too.
    pub fn each_function(&mut self, change: &mut dyn FnMut(&mut Function)) {
        let of_objects = self.class_of.iter_mut().chain(&mut self.supertypes_of);
        of_objects.chain(self.object_operations.values_mut()).for_each(&mut *change);
        for module in &mut self.modules {
            module.functions.iter_mut().for_each(&mut *change);
            for global in &mut module.globals {
                global.getter.iter_mut().chain(&mut global.setter).for_each(&mut *change);
            }
            for class in &mut module.classes {
                functions_of(class).into_iter().for_each(&mut *change);
            }
        }
    }

    /// Calls `change` with every type of the IDL, from the outside in.
    pub fn each_tree(&mut self, change: &mut dyn FnMut(&mut TypeTree)) {
        let mut change = |tree: &mut TypeTree| walk(tree, change);
        for module in &mut self.modules {
            module.aliases.iter_mut().for_each(|alias| change(&mut alias.tree));
            module.globals.iter_mut().for_each(|global| change(&mut global.value.tree));
            for class in &mut module.classes {
                class.fields.iter_mut().for_each(|field| change(&mut field.value.tree));
                class.bases.iter_mut().for_each(&mut change);
                class.behaves_as.iter_mut().for_each(&mut change);
                let bounds = class.type_parameters.iter_mut().flat_map(|own| &mut own.bounds);
                bounds.for_each(&mut change);
            }
        }
        self.each_function(&mut |function| {
            let values = function.parameters.iter_mut().chain(&mut function.return_values);
            values.for_each(|value: &mut Parameter| change(&mut value.tree));
            function.raises.iter_mut().for_each(&mut change);
            let bounds = function.type_parameters.iter_mut().flat_map(|own| &mut own.bounds);
            bounds.for_each(&mut change);
        });
    }
}

fn functions_of(class: &mut Class) -> Vec<&mut Function> {
    let fields =
        class.fields.iter_mut().flat_map(|field| field.getter.iter_mut().chain(&mut field.setter));
    let methods = class.methods.iter_mut().chain(&mut class.release).chain(fields);
    class.constructors.iter_mut().chain(methods.map(|method| &mut method.function)).collect()
}

fn walk(tree: &mut TypeTree, change: &mut dyn FnMut(&mut TypeTree)) {
    change(tree);
    for part in tree.parts_mut() {
        walk(part, change);
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
    /// `find(string8,handle<java.util.Map>)`: what a call passes, not what it is
    /// called or meant as, so that a library's next version keeps it.
    pub fn stable_id(&self) -> String {
        let types: Vec<String> = self.parameters.iter().map(Parameter::type_text).collect();
        format!("{}({})", self.name, types.join(","))
    }
}
