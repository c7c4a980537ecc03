//! Which methods of Java classes perform operations for which other languages have a notation.

use std::collections::BTreeMap;

use metaffi_idl::{Base, EntityPath, Function, Method, Operation, Parameter, TypeTree};

/// A method's name, the number of its parameters, and its operation.
type Meaning = (&'static str, usize, Operation);

/// Methods with the same meaning in every class, by name and number of parameters: those of
/// `Object`, and of well-known interfaces.
const EVERYWHERE: &[Meaning] = &[
    ("toString", 0, Operation::Text),
    ("equals", 1, Operation::Equal),
    ("hashCode", 0, Operation::Hash),
    ("compareTo", 1, Operation::Compare),
    ("getMessage", 0, Operation::Message),
];

/// Methods of the JDK's interfaces, which classes that implement them inherit.
const OF_INTERFACES: &[(&str, &[Meaning])] = &[
    ("java.lang.AutoCloseable", &[("close", 0, Operation::Close)]),
    ("java.lang.Iterable", &[("iterator", 0, Operation::Iterate)]),
    ("java.util.Iterator", &[("hasNext", 0, Operation::HasNext), ("next", 0, Operation::Next)]),
    (
        "java.util.Enumeration",
        &[("hasMoreElements", 0, Operation::HasNext), ("nextElement", 0, Operation::Next)],
    ),
    (
        "java.util.Collection",
        &[("size", 0, Operation::Length), ("contains", 1, Operation::Contains)],
    ),
    ("java.util.List", &[("get", 1, Operation::GetItem), ("set", 2, Operation::SetItem)]),
    (
        "java.util.Map",
        &[
            ("size", 0, Operation::Length),
            ("containsKey", 1, Operation::Contains),
            ("get", 1, Operation::GetItem),
            ("put", 2, Operation::SetItem),
            ("remove", 1, Operation::DeleteItem),
            ("keySet", 0, Operation::Keys),
        ],
    ),
];

/// The operations among `methods` of the class `id`; `is_closeable` if it implements
/// `AutoCloseable`.
pub(crate) fn of(id: &str, methods: &[Method], is_closeable: bool) -> BTreeMap<Operation, String> {
    let of_interface = OF_INTERFACES.iter().filter(|(name, _)| *name == id);
    let of_interface = of_interface.flat_map(|(_, operations)| operations.iter());
    let closing = ("close", 0, Operation::Close);
    let closing = is_closeable.then_some(&closing).into_iter();
    let known = EVERYWHERE.iter().chain(of_interface).chain(closing);
    let found = known.filter_map(|(name, count, operation)| {
        let does = |method: &&Method| {
            method.instance_required
                && method.function.name == *name
                && method.function.parameters.len() == *count
        };
        // Among `equals(Object)` and other overloads, the general one is Object's.
        let candidates = methods.iter().filter(does);
        let least = candidates.min_by_key(|method| specificity(&method.function))?;
        Some((*operation, least.function.stable_id()))
    });
    found.collect()
}

/// The number of parameters with a specific class.
fn specificity(function: &Function) -> usize {
    function.parameters.iter().filter(|parameter| !parameter.type_alias.is_empty()).count()
}

/// A function that returns the class of an object.
pub(crate) fn class_of() -> Function {
    of_object("classOf", TypeTree::Text)
}

/// A function that returns all classes of an object.
pub(crate) fn supertypes_of() -> Function {
    let of = Box::new(TypeTree::Text);
    of_object("supertypesOf", TypeTree::Array { of, rank: 1, packed: false })
}

/// The operations of `Object`, which all classes have.
pub(crate) fn of_objects() -> BTreeMap<Operation, Function> {
    let of_object = |name: &str, parameters: Vec<Parameter>, result: TypeTree| Function {
        name: name.to_owned(),
        entity_path: EntityPath::new()
            .with("class", "java.lang.Object")
            .with("callable", name)
            .tag("instance_required"),
        parameters,
        return_values: vec![Parameter::typed("", result)],
        ..Function::default()
    };
    let other = vec![Parameter::typed("other", TypeTree::Any)];
    BTreeMap::from([
        (Operation::Text, of_object("toString", Vec::new(), TypeTree::Text)),
        (Operation::Equal, of_object("equals", other, TypeTree::scalar(Base::Bool))),
        (Operation::Hash, of_object("hashCode", Vec::new(), TypeTree::scalar(Base::Int32))),
    ])
}

/// A function of the API for callers that have an object of an unknown class.
fn of_object(name: &str, result: TypeTree) -> Function {
    let class = "metaffi.internal.ObjectClasses";
    Function {
        name: name.to_owned(),
        entity_path: EntityPath::new().with("class", class).with("callable", name),
        parameters: vec![Parameter::typed("object", TypeTree::foreign("java.lang.Object"))],
        return_values: vec![Parameter::typed("", result)],
        ..Function::default()
    }
}
