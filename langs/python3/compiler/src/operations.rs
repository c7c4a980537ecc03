//! Maps methods of Python classes to operations, for which other languages have operators,
//! and decides what objects of a class can be used as.

use std::collections::BTreeMap;

use metaffi_idl::{
    Base, Class, ClassKind, EntityPath, Function, Idl, Method, Operation, Parameter, TypeTree,
};

/// Methods that mean the same in every class.
const METHODS: &[(&str, Operation)] = &[
    ("__repr__", Operation::Text),
    ("__str__", Operation::Text),
    ("__eq__", Operation::Equal),
    ("__hash__", Operation::Hash),
    ("__len__", Operation::Length),
    ("__iter__", Operation::Iterate),
    ("__next__", Operation::Next),
    ("__contains__", Operation::Contains),
    ("__getitem__", Operation::GetItem),
    ("__setitem__", Operation::SetItem),
    ("__delitem__", Operation::DeleteItem),
    ("__call__", Operation::Call),
];

/// Adds the operations to an IDL.
pub(crate) fn add(idl: &mut Idl) {
    idl.object_operations = of_objects();
    let text = TypeTree::Text;
    let texts = TypeTree::Array { of: Box::new(TypeTree::Text), rank: 1, packed: false };
    idl.class_of = Some(special("__class__", Vec::new(), text));
    idl.supertypes_of = Some(special("__mro__", Vec::new(), texts));
    for class in idl.modules.iter_mut().flat_map(|module| &mut module.classes) {
        class.operations = operations(class);
        class.behaves_as = behaviour(class);
    }
}

/// The method of this name that an object has, the first of its overloads.
fn method<'a>(class: &'a Class, name: &str) -> Option<&'a Function> {
    let has = |method: &&Method| method.instance_required && method.function.name == name;
    class.methods.iter().find(has).map(|method| &method.function)
}

fn operations(class: &Class) -> BTreeMap<Operation, String> {
    let known = METHODS.iter().copied();
    // Only a class with keys gets this operation.
    let keys = method(class, "__getitem__").is_some().then_some(("keys", Operation::Keys));
    let close = class.release.is_some().then_some(("close", Operation::Close));
    let found = known.chain(keys).chain(close);
    found
        .filter_map(|(name, operation)| Some((operation, method(class, name)?.stable_id())))
        .collect()
}

/// The operation of a special method on any object.
fn special(name: &str, parameters: Vec<Parameter>, result: TypeTree) -> Function {
    Function {
        name: name.to_owned(),
        entity_path: EntityPath::new().with("callable", name).tag("instance_required"),
        parameters,
        return_values: vec![Parameter::typed("", result)],
        ..Function::default()
    }
}

/// The operations on an object of an unknown class.
fn of_objects() -> BTreeMap<Operation, Function> {
    let any = |name: &str| Parameter::typed(name, TypeTree::Any);
    let number = || TypeTree::scalar(Base::Int64);
    BTreeMap::from([
        (Operation::Text, special("__str__", Vec::new(), TypeTree::Text)),
        // An array compares item by item, so the result may be any object.
        (Operation::Equal, special("__eq__", vec![any("other")], TypeTree::Any)),
        (Operation::Hash, special("__hash__", Vec::new(), number())),
        // A value annotated as a list or a dict is passed as an object.
        (Operation::Length, special("__len__", Vec::new(), number())),
        (Operation::Iterate, special("__iter__", Vec::new(), TypeTree::Any)),
        (Operation::Next, special("__next__", Vec::new(), TypeTree::Any)),
        (
            Operation::Contains,
            special("__contains__", vec![any("item")], TypeTree::scalar(Base::Bool)),
        ),
        (Operation::GetItem, special("__getitem__", vec![any("key")], TypeTree::Any)),
        (Operation::SetItem, special("__setitem__", vec![any("key"), any("value")], TypeTree::Any)),
        (Operation::DeleteItem, special("__delitem__", vec![any("key")], TypeTree::Any)),
        (Operation::Keys, special("keys", Vec::new(), TypeTree::Any)),
    ])
}

/// The most specific type that an object can be used as.
fn behaviour(class: &Class) -> Option<TypeTree> {
    let result = |name: &str| method(class, name).map(result_of);
    let boxed = Box::new;
    if matches!(class.kind, ClassKind::Enum | ClassKind::Exception) {
        return None;
    }
    if let Some(item) = result("__next__") {
        return Some(TypeTree::Iterator { of: boxed(item) });
    }
    let elements = result("__iter__").map(element_of);
    let get = method(class, "__getitem__");
    if let (Some(get), Some(_), Some(_)) = (get, method(class, "keys"), &elements) {
        let key = get.parameters.first().map_or(TypeTree::Any, |key| key.tree.clone());
        return Some(TypeTree::Map { key: boxed(key), value: boxed(result_of(get)) });
    }
    if let (Some(of), Some(_), Some(_)) = (&elements, get, method(class, "insert")) {
        return Some(TypeTree::List { of: boxed(of.clone()) });
    }
    if let Some(of) = elements {
        return Some(TypeTree::Iterable { of: boxed(of) });
    }
    let call = method(class, "__call__")?;
    let parameters = call.parameters.iter().map(|one| one.tree.clone()).collect();
    let results = call.return_values.iter().map(|one| one.tree.clone()).collect();
    Some(TypeTree::Function { parameters: Some(parameters), results, raises: Vec::new() })
}

fn result_of(function: &Function) -> TypeTree {
    match &function.return_values[..] {
        [one] => one.tree.clone(),
        _ => TypeTree::Any,
    }
}

/// The element type of an iterator.
fn element_of(iterator: TypeTree) -> TypeTree {
    match iterator {
        TypeTree::Iterator { of } | TypeTree::Iterable { of } => *of,
        _ => TypeTree::Any,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(methods: &[(&str, Vec<Parameter>, TypeTree)]) -> Class {
        let methods = methods.iter().map(|(name, parameters, result)| Method {
            function: Function {
                name: (*name).to_owned(),
                parameters: parameters.clone(),
                return_values: vec![Parameter::typed("", result.clone())],
                ..Function::default()
            },
            instance_required: true,
            is_abstract: false,
        });
        Class { methods: methods.collect(), ..Class::default() }
    }

    fn texts() -> TypeTree {
        TypeTree::Iterator { of: Box::new(TypeTree::Text) }
    }

    #[test]
    fn a_class_is_used_as_what_its_methods_make_it() {
        let key = vec![Parameter::typed("key", TypeTree::Text)];
        let number = TypeTree::scalar(Base::Int64);
        let map = class(&[
            ("__getitem__", key, number.clone()),
            ("__iter__", Vec::new(), texts()),
            ("keys", Vec::new(), TypeTree::Any),
        ]);
        let expected =
            TypeTree::Map { key: Box::new(TypeTree::Text), value: Box::new(number.clone()) };
        assert_eq!(behaviour(&map), Some(expected));
        assert_eq!(operations(&map)[&Operation::GetItem], "__getitem__(string8)");
        assert_eq!(operations(&map)[&Operation::Keys], "keys()");
        let iterable = class(&[("__iter__", Vec::new(), texts())]);
        let expected = TypeTree::Iterable { of: Box::new(TypeTree::Text) };
        assert_eq!(behaviour(&iterable), Some(expected));
        let iterator = class(&[
            ("__next__", Vec::new(), number.clone()),
            ("__iter__", Vec::new(), TypeTree::Any),
        ]);
        assert_eq!(behaviour(&iterator), Some(TypeTree::Iterator { of: Box::new(number) }));
        assert_eq!(behaviour(&class(&[])), None);
    }
}
