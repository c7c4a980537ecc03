//! Random types, and values of them.

use std::collections::HashSet;

use metaffi_idl::{Base, Class, Function, Idl, Parameter, Type, TypeParameter, TypeTree};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::texts;

/// The number of ids that types refer to, not all of which are described.
pub(super) const IDS: usize = 8;

/// The id of the class at an index.
pub(super) fn id(place: usize) -> String {
    const NAMES: [&str; IDS] = [
        "odd.Shape",
        "odd.Option",
        "odd.a.List",
        "odd.b.List",
        "odd.Map$Entry",
        "odd.type",
        "X",
        "odd.String",
    ];
    NAMES[place].to_owned()
}

/// Any type; its variables are `T` and `U`.
pub(super) fn tree() -> impl Strategy<Value = TypeTree> {
    leaf().prop_recursive(3, 8, 3, |inner| {
        let of = || inner.clone().prop_map(Box::new);
        let items = |range| vec(inner.clone(), range);
        prop_oneof![
            2 => of().prop_map(|of| TypeTree::Optional { of }),
            1 => (of(), 1..=3, any::<bool>())
                .prop_map(|(of, rank, packed)| TypeTree::Array { of, rank, packed }),
            2 => of().prop_map(|of| TypeTree::List { of }),
            2 => (of(), of()).prop_map(|(key, value)| TypeTree::Map { key, value }),
            1 => of().prop_map(|of| TypeTree::Set { of }),
            1 => of().prop_map(|of| TypeTree::Iterator { of }),
            1 => of().prop_map(|of| TypeTree::Iterable { of }),
            1 => items(1..4).prop_map(|items| TypeTree::Tuple { items }),
            2 => function(inner.clone()),
            2 => (0..IDS, items(0..3)).prop_map(|(id, arguments)| class(id, arguments)),
            1 => items(2..4).prop_map(|items| TypeTree::Union { items }),
            1 => of().prop_map(|of| TypeTree::Awaitable { of }),
        ]
    })
}

fn leaf() -> impl Strategy<Value = TypeTree> {
    prop_oneof![
        4 => select(Base::SCALARS).prop_map(TypeTree::scalar),
        3 => Just(TypeTree::Text),
        1 => Just(TypeTree::Bytes),
        2 => Just(TypeTree::Any),
        3 => (0..IDS).prop_map(|id| class(id, Vec::new())),
        2 => select(&["T", "U"]).prop_map(|name| TypeTree::Variable { name: name.to_owned() }),
        1 => vec(texts::literal(), 1..3).prop_map(|values| TypeTree::Literal { values }),
    ]
}

fn function(of: impl Strategy<Value = TypeTree> + Clone) -> impl Strategy<Value = TypeTree> {
    let parameters = proptest::option::weighted(0.8, vec(of.clone(), 0..4));
    (parameters, vec(of, 0..3)).prop_map(|(parameters, results)| TypeTree::Function {
        parameters,
        results,
        raises: Vec::new(),
    })
}

pub(super) fn class(place: usize, arguments: Vec<TypeTree>) -> TypeTree {
    TypeTree::Foreign { name: id(place), arguments }
}

/// A parameter or result: of a type that crosses by itself, or as an object of
/// a class, or boxed.
pub(super) fn value() -> impl Strategy<Value = Parameter> {
    let parts = (texts::name(), texts::comment(), tree(), 0..12_u8, 0..IDS);
    parts.prop_map(|(name, comment, tree, how, class)| {
        let plain = Parameter { comment, ..Parameter::typed(name, tree) };
        match (how, plain.ty.base()) {
            (0..4, Some(Base::Any | Base::Callable)) if !plain.ty.is_array() => {
                Parameter { ty: Type::scalar(Base::Handle), type_alias: id(class), ..plain }
            }
            (4, Some(Base::Any)) if plain.type_alias.is_empty() => Parameter {
                type_alias: "boxed".to_owned(),
                accepts: vec![Base::Int32.into(), Base::String8.into()],
                ..plain
            },
            _ => plain,
        }
    })
}

pub(super) fn type_parameters() -> impl Strategy<Value = Vec<TypeParameter>> {
    let own = |name: &'static str| {
        proptest::option::weighted(0.2, leaf()).prop_map(move |bound| TypeParameter {
            name: name.to_owned(),
            bounds: bound.into_iter().collect(),
        })
    };
    prop_oneof![
        3 => Just(Vec::new()),
        1 => own("T").prop_map(|one| vec![one]),
        1 => (own("T"), own("U")).prop_map(|(one, other)| vec![one, other]),
    ]
}

/// Replaces undeclared variables by `any`.
pub(super) fn close(idl: &mut Idl) {
    let none = HashSet::new();
    for module in &mut idl.modules {
        module.functions.iter_mut().for_each(|function| close_function(function, &none));
        for global in &mut module.globals {
            close_value(&mut global.value, &none);
            let accessors = global.getter.iter_mut().chain(&mut global.setter);
            accessors.for_each(|function| close_function(function, &none));
        }
        module.classes.iter_mut().for_each(close_class);
    }
}

fn close_class(class: &mut Class) {
    let scope = declared(&class.type_parameters);
    close_bounds(&mut class.type_parameters, &scope);
    class.bases.iter_mut().chain(&mut class.behaves_as).for_each(|tree| close_tree(tree, &scope));
    class.constructors.iter_mut().for_each(|function| close_function(function, &scope));
    for field in &mut class.fields {
        close_value(&mut field.value, &scope);
    }
    let accessors =
        class.fields.iter_mut().flat_map(|field| field.getter.iter_mut().chain(&mut field.setter));
    let methods = class.methods.iter_mut().chain(&mut class.release).chain(accessors);
    methods.for_each(|method| close_function(&mut method.function, &scope));
}

fn close_function(function: &mut Function, outer: &HashSet<String>) {
    let own = declared(&function.type_parameters);
    let scope: HashSet<String> = outer.union(&own).cloned().collect();
    close_bounds(&mut function.type_parameters, &scope);
    let values = function.parameters.iter_mut().chain(&mut function.return_values);
    values.for_each(|value| close_value(value, &scope));
}

fn close_bounds(parameters: &mut [TypeParameter], scope: &HashSet<String>) {
    let bounds = parameters.iter_mut().flat_map(|own| &mut own.bounds);
    bounds.for_each(|tree| close_tree(tree, scope));
}

fn close_value(value: &mut Parameter, scope: &HashSet<String>) {
    close_tree(&mut value.tree, scope);
}

fn close_tree(tree: &mut TypeTree, scope: &HashSet<String>) {
    match tree {
        TypeTree::Variable { name } if !scope.contains(name) => *tree = TypeTree::Any,
        tree => tree.parts_mut().into_iter().for_each(|part| close_tree(part, scope)),
    }
}

fn declared(parameters: &[TypeParameter]) -> HashSet<String> {
    parameters.iter().map(|own| own.name.clone()).collect()
}
