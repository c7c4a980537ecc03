//! Small interfaces for the tests of this crate.

use metaffi_idl::{Base, Class, EntityPath, Function, Idl, Method, Module, Parameter, TypeTree};

use crate::target::{Inheritance, Target};

/// A host that distinguishes all scalar types.
pub(crate) fn target(inheritance: Inheritance) -> Target {
    Target {
        class_name: |name| name.replace(['.', '$'], "_"),
        member_name: |name| if name == "if" { "if_".to_owned() } else { name.to_owned() },
        reserved_members: &[],
        inheritance,
        scalar: |base| base,
        default_value: |_| None,
        are_indistinguishable: |one, other| one == other,
    }
}

/// A class by its full name, with bases.
pub(crate) fn class(key: &str, bases: &[&str]) -> Class {
    Class {
        name: key.rsplit('.').next().unwrap_or(key).to_owned(),
        bases: bases.iter().copied().map(TypeTree::foreign).collect(),
        entity_path: EntityPath::new().with("class", key),
        ..Class::default()
    }
}

/// A function that takes scalars.
pub(crate) fn function(name: &str, takes: &[Base]) -> Function {
    Function {
        name: name.to_owned(),
        entity_path: EntityPath::new().with("callable", name),
        parameters: takes.iter().map(|base| Parameter::new("value", *base)).collect(),
        ..Function::default()
    }
}

/// An instance method or a static method.
pub(crate) fn method(name: &str, takes: &[Base], instance_required: bool) -> Method {
    Method { function: function(name, takes), instance_required, is_abstract: false }
}

/// The interface of a module with these classes.
pub(crate) fn idl(classes: Vec<Class>) -> Idl {
    let mut idl = Idl { modules: vec![Module { classes, ..Module::default() }], ..Idl::default() };
    idl.complete();
    idl
}
