//! The traversal of an IDL, in the order in which it is printed.

use std::fmt::{Display, Formatter, Result};

use crate::model::{Class, Function, Idl, Method, Module, Operation, Parameter, TypeParameter};
use crate::tree::TypeTree;

/// A position in an IDL: `$.modules[0].classes[2].bases[1]`.
pub(crate) struct At<'a> {
    above: Option<&'a At<'a>>,
    name: &'a str,
    index: Option<usize>,
}

impl At<'_> {
    const ROOT: At<'static> = At { above: None, name: "$", index: None };

    fn field<'a>(&'a self, name: &'a str) -> At<'a> {
        At { above: Some(self), name, index: None }
    }

    fn item<'a>(&'a self, name: &'a str, index: usize) -> At<'a> {
        At { above: Some(self), name, index: Some(index) }
    }
}

impl Display for At<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self.above {
            Some(above) => write!(f, "{above}.{}", self.name)?,
            None => f.write_str(self.name)?,
        }
        self.index.map_or(Ok(()), |index| write!(f, "[{index}]"))
    }
}

/// Called during the traversal.
pub(crate) trait Visitor {
    /// A complete type.
    fn tree(&mut self, _tree: &mut TypeTree, _at: &At<'_>) {}

    /// A function, before its types.
    fn function(&mut self, _function: &mut Function, _at: &At<'_>) {}
}

/// Calls `visitor` for every function and every type of `idl`.
pub(crate) fn walk(idl: &mut Idl, visitor: &mut dyn Visitor) {
    let root = At::ROOT;
    let of_objects = [("class_of", &mut idl.class_of), ("supertypes_of", &mut idl.supertypes_of)];
    for (name, operation) in of_objects {
        operation.iter_mut().for_each(|own| function(own, &root.field(name), visitor));
    }
    let operations = root.field("object_operations");
    for (operation, own) in &mut idl.object_operations {
        let known = Operation::ALL.iter().find(|(_, known)| known == operation);
        let name = known.map_or("", |(name, _)| name);
        function(own, &operations.field(name), visitor);
    }
    each(&mut idl.modules, &root, "modules", |own, at| module(own, at, visitor));
}

fn each<T>(items: &mut [T], at: &At<'_>, list: &str, mut with: impl FnMut(&mut T, &At<'_>)) {
    items.iter_mut().enumerate().for_each(|(index, item)| with(item, &at.item(list, index)));
}

fn module(module: &mut Module, at: &At<'_>, visitor: &mut dyn Visitor) {
    each(&mut module.aliases, at, "aliases", |alias, at| {
        visitor.tree(&mut alias.tree, &at.field("tree"));
    });
    each(&mut module.functions, at, "functions", |own, at| function(own, at, visitor));
    each(&mut module.globals, at, "globals", |global, at| {
        visitor.tree(&mut global.value.tree, &at.field("tree"));
        for (name, accessor) in [("getter", &mut global.getter), ("setter", &mut global.setter)] {
            accessor.iter_mut().for_each(|own| function(own, &at.field(name), visitor));
        }
    });
    each(&mut module.classes, at, "classes", |own, at| class(own, at, visitor));
}

fn class(class: &mut Class, at: &At<'_>, visitor: &mut dyn Visitor) {
    trees(&mut class.bases, at, "bases", visitor);
    let behaves_as = class.behaves_as.iter_mut();
    behaves_as.for_each(|tree| visitor.tree(tree, &at.field("behaves_as")));
    bounds(&mut class.type_parameters, at, visitor);
    each(&mut class.constructors, at, "constructors", |own, at| function(own, at, visitor));
    each(&mut class.methods, at, "methods", |own, at| method(own, at, visitor));
    class.release.iter_mut().for_each(|own| method(own, &at.field("release"), visitor));
    each(&mut class.fields, at, "fields", |field, at| {
        visitor.tree(&mut field.value.tree, &at.field("tree"));
        for (name, accessor) in [("getter", &mut field.getter), ("setter", &mut field.setter)] {
            accessor.iter_mut().for_each(|own| method(own, &at.field(name), visitor));
        }
    });
}

fn method(method: &mut Method, at: &At<'_>, visitor: &mut dyn Visitor) {
    function(&mut method.function, at, visitor);
}

fn function(function: &mut Function, at: &At<'_>, visitor: &mut dyn Visitor) {
    visitor.function(function, at);
    values(&mut function.parameters, at, "parameters", visitor);
    values(&mut function.return_values, at, "return_values", visitor);
    trees(&mut function.raises, at, "raises", visitor);
    bounds(&mut function.type_parameters, at, visitor);
}

fn values(values: &mut [Parameter], at: &At<'_>, list: &str, visitor: &mut dyn Visitor) {
    each(values, at, list, |value, at| visitor.tree(&mut value.tree, &at.field("tree")));
}

fn bounds(parameters: &mut [TypeParameter], at: &At<'_>, visitor: &mut dyn Visitor) {
    each(parameters, at, "type_parameters", |own, at| {
        trees(&mut own.bounds, at, "bounds", visitor);
    });
}

fn trees(all: &mut [TypeTree], at: &At<'_>, list: &str, visitor: &mut dyn Visitor) {
    each(all, at, list, |tree, at| visitor.tree(tree, at));
}
