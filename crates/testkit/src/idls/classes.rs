//! Random classes of every kind, with members, bases and behaviour.

use std::collections::BTreeMap;

use metaffi_idl::{
    Base, Class, ClassKind, EntityPath, Field, Function, Literal, Member, Method, Operation,
    Parameter, TypeParameter, TypeTree,
};
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;

use super::functions::{self, FunctionPart};
use super::{texts, types};

/// A class without its id and index.
#[derive(Clone, Debug)]
pub(super) struct ClassPart {
    pub(super) is_external: bool,
    kind: ClassKind,
    comment: String,
    deprecated: Option<String>,
    type_parameters: Vec<TypeParameter>,
    /// The bases, as distances to earlier classes.
    bases: Vec<(usize, Vec<TypeTree>)>,
    constructors: Vec<FunctionPart>,
    /// With whether they need an instance, and whether they are abstract.
    methods: Vec<(FunctionPart, bool, bool)>,
    fields: Vec<(Parameter, bool, bool)>,
    behaves_as: Option<TypeTree>,
    operations: Vec<Operation>,
    is_closed: bool,
}

pub(super) fn class() -> impl Strategy<Value = ClassPart> {
    let kinds: Vec<ClassKind> = ClassKind::ALL.iter().map(|(_, kind)| *kind).collect();
    let operations: Vec<Operation> = Operation::ALL.iter().map(|(_, one)| *one).collect();
    let head = (weighted(0.2, Just(())), select(kinds), texts::comment(), texts::deprecated());
    let bases = vec((1..4_usize, vec(types::tree(), 0..2)), 0..3);
    let members = (
        vec(functions::function(), 0..3),
        vec((functions::function(), any::<bool>(), any::<bool>()), 0..6),
        vec((types::value(), any::<bool>(), any::<bool>()), 0..3),
    );
    let uses = (
        weighted(0.3, behaviour()),
        weighted(0.3, proptest::sample::subsequence(operations, 0..16)),
        any::<bool>(),
    );
    (head, types::type_parameters(), bases, members, uses).prop_map(
        |((external, kind, comment, deprecated), type_parameters, bases, members, uses)| {
            let (constructors, methods, fields) = members;
            let (behaves_as, operations, is_closed) = uses;
            let is_external = external.is_some();
            let operations = operations.unwrap_or_default();
            ClassPart {
                is_external,
                kind,
                comment,
                deprecated,
                type_parameters,
                bases,
                constructors,
                methods,
                fields,
                behaves_as,
                operations,
                is_closed,
            }
        },
    )
}

/// What the class can be used as.
fn behaviour() -> impl Strategy<Value = TypeTree> {
    let of = || Box::new(TypeTree::Variable { name: "T".to_owned() });
    let function = TypeTree::Function {
        parameters: Some(vec![*of()]),
        results: vec![TypeTree::scalar(Base::Int64)],
        raises: Vec::new(),
    };
    select(vec![
        TypeTree::List { of: of() },
        TypeTree::Map { key: Box::new(TypeTree::Text), value: of() },
        TypeTree::Iterator { of: of() },
        TypeTree::Iterable { of: of() },
        TypeTree::Set { of: of() },
        function,
        TypeTree::scalar(Base::Int64),
        TypeTree::Text,
    ])
}

impl ClassPart {
    /// The class at an index, which determines the id that types refer to.
    pub(super) fn into_class(self, place: usize) -> Class {
        let id = types::id(place);
        let name = id.rsplit('.').next().unwrap_or(&id).to_owned();
        let within = |function: FunctionPart| function.into_function(&name);
        let bases = self.bases.iter().filter_map(|(before, arguments)| {
            Some(types::class(place.checked_sub(*before)?, arguments.clone()))
        });
        let methods = self.methods.into_iter().map(|(part, instance_required, is_abstract)| {
            Method { function: within(part), instance_required, is_abstract }
        });
        let done = self.operations.iter().filter_map(|one| method_of(*one, &name));
        let done: Vec<(Operation, Method)> = done.collect();
        let operations: BTreeMap<_, _> =
            done.iter().map(|(one, method)| (*one, method.function.stable_id())).collect();
        let constructors = self.constructors.into_iter().map(within).map(|function| Function {
            return_values: vec![Parameter::typed("", types::class(place, Vec::new()))],
            ..function
        });
        let (members, mut fields) = members(self.kind, place, &name);
        fields
            .extend(self.fields.into_iter().map(|(value, own, set)| field(value, own, set, &name)));
        Class {
            constructors: constructors.collect(),
            release: self.is_closed.then(|| plain_method("release", &name, None, None)),
            methods: methods.chain(done.into_iter().map(|(_, method)| method)).collect(),
            bases: bases.collect(),
            entity_path: EntityPath::new().with("class", &id),
            comment: self.comment,
            kind: self.kind,
            type_parameters: self.type_parameters,
            behaves_as: self.behaves_as,
            deprecated: self.deprecated,
            operations,
            members,
            fields,
            name,
            id,
            ..Class::default()
        }
    }
}

/// The members of an enum, with the fields that read them; empty for other
/// kinds.
fn members(kind: ClassKind, place: usize, owner: &str) -> (Vec<Member>, Vec<Field>) {
    if kind != ClassKind::Enum {
        return (Vec::new(), Vec::new());
    }
    let names = ["RED", "green", "default", "Self"];
    let member = |(value, name): (usize, &&str)| Member {
        name: (*name).to_owned(),
        comment: String::new(),
        value: (value > 0).then(|| Literal::integer(value)),
    };
    let read = |name: &&str| {
        let value = Parameter::typed(*name, types::class(place, Vec::new()));
        field(value, false, false, owner)
    };
    (names.iter().enumerate().map(member).collect(), names.iter().map(read).collect())
}

/// A field of an object or of its class, optionally with a setter.
fn field(value: Parameter, of_object: bool, is_set: bool, owner: &str) -> Field {
    let place = format!("{owner}.{}", value.name);
    let named = |what: &str| EntityPath::new().with("attribute", &place).with(what, "true");
    let unnamed = Parameter { name: String::new(), ..value.clone() };
    let function = |path, parameters, return_values| Method {
        function: Function {
            name: value.name.clone(),
            entity_path: path,
            parameters,
            return_values,
            ..Function::default()
        },
        instance_required: of_object,
        is_abstract: false,
    };
    let getter = Some(function(named("getter"), Vec::new(), vec![unnamed.clone()]));
    let setter = is_set.then(|| function(named("setter"), vec![unnamed], Vec::new()));
    Field { getter, setter, ..Field::of(value) }
}

/// The method for an operation.
fn method_of(operation: Operation, owner: &str) -> Option<(Operation, Method)> {
    let element = || Some(TypeTree::Any);
    let scalar = |base| Some(TypeTree::scalar(base));
    let (name, parameter, result) = match operation {
        Operation::Text => ("asText", None, Some(TypeTree::Text)),
        Operation::Equal => ("isEqual", element(), scalar(Base::Bool)),
        Operation::Hash => ("hash", None, scalar(Base::Int32)),
        Operation::Compare => ("compareTo", element(), scalar(Base::Int32)),
        Operation::Length => ("size", None, scalar(Base::Int32)),
        Operation::Iterate => ("iterator", None, Some(types::class(0, Vec::new()))),
        Operation::HasNext => ("hasNext", None, scalar(Base::Bool)),
        Operation::Next => ("next", None, element()),
        Operation::Contains => ("contains", element(), scalar(Base::Bool)),
        Operation::GetItem => ("get", scalar(Base::Int32), element()),
        Operation::DeleteItem => ("remove", element(), None),
        Operation::Keys => ("keySet", None, Some(types::class(0, Vec::new()))),
        Operation::Close => ("close", None, None),
        Operation::Message => ("getMessage", None, Some(TypeTree::Text)),
        Operation::SetItem | Operation::Call => return None,
    };
    Some((operation, plain_method(name, owner, parameter, result)))
}

fn plain_method(
    name: &str,
    owner: &str,
    parameter: Option<TypeTree>,
    result: Option<TypeTree>,
) -> Method {
    let place = format!("{owner}.{name}");
    let path = EntityPath::new().with("callable", &place).with("instance_required", "true");
    let one = |tree: Option<TypeTree>, name: &str| {
        tree.map(|tree| Parameter::typed(name, tree)).into_iter().collect()
    };
    let function = Function {
        name: name.to_owned(),
        entity_path: path,
        parameters: one(parameter, "of"),
        return_values: one(result, ""),
        ..Function::default()
    };
    Method { function, instance_required: true, is_abstract: false }
}
