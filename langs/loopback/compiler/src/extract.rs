//! Converts the runtime's table of entities to an IDL.

use std::path::Path;

use metaffi_compiler::{idl_for, stem_of_file};
use metaffi_idl::{
    Base, Class, EntityPath, Field, Function, Idl, Method, Module, Parameter, Passing, Type,
};
use metaffi_loopback::{Entry, TABLE, Ty};

/// Describes the module `loopback`.
pub(crate) fn extract(source: &Path) -> Idl {
    let mut module = Module { name: "loopback".to_owned(), ..Module::default() };
    for entry in TABLE.iter().copied().flatten() {
        match entry.name.split_once('.') {
            None => module.functions.push(function(entry, entry.name)),
            Some((class, member)) => add_member(class_named(&mut module, class), entry, member),
        }
    }
    let idl = idl_for(source, "loopback", stem_of_file(source), "loopback".to_owned());
    Idl { modules: vec![module], ..idl }
}

fn class_named<'m>(module: &'m mut Module, name: &str) -> &'m mut Class {
    let at = module.classes.iter().position(|class| class.name == name);
    let at = at.unwrap_or_else(|| {
        module.classes.push(Class { name: name.to_owned(), ..Class::default() });
        module.classes.len() - 1
    });
    &mut module.classes[at]
}

fn add_member(class: &mut Class, entry: &Entry, member: &str) {
    let mut function = function(entry, member);
    let instance_required = entry.tags.contains(&"instance_required");
    if instance_required {
        function.parameters.remove(0);
    }
    if entry.key == "field" {
        add_accessor(class, entry, Method { function, instance_required, is_abstract: false });
    } else if member == "new" {
        for result in &mut function.return_values {
            *result = result.clone().alias(&class.name);
        }
        class.constructors.push(function);
    } else {
        class.methods.push(Method { function, instance_required, is_abstract: false });
    }
}

/// A field's getter comes before its setter in the table.
fn add_accessor(class: &mut Class, entry: &Entry, accessor: Method) {
    if entry.tags.contains(&"getter") {
        let name = accessor.function.name.clone();
        let value = accessor.function.return_values.first().cloned();
        let value = value.unwrap_or_else(|| Parameter::new("", Base::Any));
        let value = Parameter { name, ..value };
        class.fields.push(Field { getter: Some(accessor), ..Field::of(value) });
    } else if let Some(field) = class.fields.last_mut() {
        field.setter = Some(accessor);
    }
}

fn function(entry: &Entry, name: &str) -> Function {
    let path = EntityPath::new().with(entry.key, entry.name);
    let (parameters, return_values) = if entry.variadic { anything() } else { declared(entry) };
    Function {
        name: name.to_owned(),
        comment: entry.doc.to_owned(),
        entity_path: entry.tags.iter().fold(path, |path, tag| path.tag(tag)),
        parameters,
        return_values,
        ..Function::default()
    }
}

fn declared(entry: &Entry) -> (Vec<Parameter>, Vec<Parameter>) {
    let parameters = entry.params.iter().map(|(name, ty)| parameter(name, *ty)).collect();
    (parameters, entry.rets.iter().map(|ty| parameter("", *ty)).collect())
}

/// An entity that takes and returns whatever a host declares is described with lists.
fn anything() -> (Vec<Parameter>, Vec<Parameter>) {
    let list = |name| Parameter::of(name, Type::array(Base::Any).unwrap_or(Type::ARRAY), 1);
    let mut values = list("values");
    values.passing = Passing::Variadic;
    (vec![values], vec![list("")])
}

fn parameter(name: &str, ty: Ty) -> Parameter {
    // Both crates use the same names of types.
    let idl_type = ty.ty.to_string().parse().unwrap_or(Type::scalar(Base::Any));
    Parameter::of(name, idl_type, ty.dims)
}
