//! Random functions, globals and ways of passing arguments.

use metaffi_idl::{
    Base, DefaultValue, EntityPath, Function, Global, Literal, Operation, Parameter, Passing,
    TypeParameter, TypeTree,
};
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;

use super::{texts, types};

/// A function without its entity path.
#[derive(Clone, Debug)]
pub(super) struct FunctionPart {
    function: Function,
}

impl FunctionPart {
    /// The function in this class, whose name comes first in its entity path.
    pub(super) fn into_function(self, owner: &str) -> Function {
        let name = &self.function.name;
        let place = if owner.is_empty() { name.clone() } else { format!("{owner}.{name}") };
        Function { entity_path: EntityPath::new().with("callable", &place), ..self.function }
    }
}

pub(super) fn function() -> impl Strategy<Value = FunctionPart> {
    let signature = (parameters(), vec(types::value(), 0..3), types::type_parameters());
    let texts = (texts::name(), texts::comment(), texts::deprecated());
    (texts, signature, any::<bool>()).prop_map(|(texts, signature, is_async)| {
        let ((name, comment, deprecated), (parameters, results, type_parameters)) =
            (texts, signature);
        let (type_parameters, return_values) = (type_parameters as Vec<TypeParameter>, results);
        let own = Function { name, comment, parameters, return_values, ..Function::default() };
        FunctionPart { function: Function { is_async, deprecated, type_parameters, ..own } }
    })
}

/// Parameters in an order that languages allow: positional ones, optional ones,
/// variadic ones, named ones.
fn parameters() -> impl Strategy<Value = Vec<Parameter>> {
    let required = vec(types::value(), 0..4);
    let optional = vec((types::value(), default()), 0..3);
    let by_name = vec((types::value(), weighted(0.7, default())), 0..2);
    let ends = (weighted(0.2, types::value()), weighted(0.2, by_name), weighted(0.1, Just(())));
    let positional_only = 0..3_usize;
    (required, weighted(0.4, optional), ends, positional_only).prop_map(
        |(mut all, optional, (rest, by_name, named), positional_only)| {
            all.truncate(4);
            all.iter_mut()
                .take(positional_only)
                .for_each(|own| own.passing = Passing::PositionalOnly);
            all.extend(optional.unwrap_or_default().into_iter().map(left_out));
            all.extend(rest.map(variadic));
            let keyword = |(own, default): (Parameter, Option<_>)| match default {
                Some(default) => left_out((own, default)),
                None => own,
            };
            let by_name = by_name.unwrap_or_default().into_iter().map(keyword);
            all.extend(by_name.map(|own| Parameter { passing: Passing::KeywordOnly, ..own }));
            all.extend(named.map(|()| keywords()));
            all
        },
    )
}

fn left_out((own, default_value): (Parameter, Option<DefaultValue>)) -> Parameter {
    Parameter { is_optional: true, default_value, ..own }
}

fn variadic(one: Parameter) -> Parameter {
    let tree = TypeTree::Array { of: Box::new(one.tree), rank: 1, packed: false };
    let all = Parameter { comment: one.comment, ..Parameter::typed(one.name, tree) };
    Parameter { passing: Passing::Variadic, is_optional: true, ..all }
}

fn keywords() -> Parameter {
    let tree = TypeTree::Map { key: Box::new(TypeTree::Text), value: Box::new(TypeTree::Any) };
    let all = Parameter::typed("kwargs", tree);
    Parameter { passing: Passing::KeywordVariadic, is_optional: true, ..all }
}

fn default() -> impl Strategy<Value = Option<DefaultValue>> {
    prop_oneof![
        1 => Just(None),
        3 => texts::literal().prop_map(|value| Some(DefaultValue::Value(value))),
        1 => Just(Some(DefaultValue::Source("Color.RED".to_owned()))),
    ]
}

/// A global: a constant, or a variable that can be read and perhaps written.
pub(super) fn global() -> impl Strategy<Value = Global> {
    (types::value(), weighted(0.5, constant()), any::<bool>()).prop_map(|(value, constant, set)| {
        let (value, constant) = match constant {
            Some((tree, literal)) => (Parameter::typed(value.name, tree), Some(literal)),
            None => (value, None),
        };
        let named = |what: &str| EntityPath::new().with("global", &value.name).with(what, "true");
        let unnamed = Parameter { name: String::new(), ..value.clone() };
        let getter = Function {
            name: value.name.clone(),
            entity_path: named("getter"),
            return_values: vec![unnamed.clone()],
            ..Function::default()
        };
        let setter = Function {
            name: value.name.clone(),
            entity_path: named("setter"),
            parameters: vec![unnamed],
            ..Function::default()
        };
        let setter = (set && constant.is_none()).then_some(setter);
        Global { value, getter: Some(getter), setter, constant }
    })
}

/// A constant value with its type.
fn constant() -> impl Strategy<Value = (TypeTree, Literal)> {
    texts::literal().prop_map(|literal| {
        let tree = match &literal {
            Literal::Null | Literal::Integer(_) => TypeTree::Any,
            Literal::Bool(_) => TypeTree::scalar(Base::Bool),
            Literal::Float(_) => TypeTree::scalar(Base::Float64),
            Literal::Text(_) => TypeTree::Text,
            Literal::Bytes(_) => TypeTree::Bytes,
        };
        let fits = matches!(&literal, Literal::Integer(digits) if digits.parse::<i64>().is_ok());
        (if fits { TypeTree::scalar(Base::Int64) } else { tree }, literal)
    })
}

/// An operation on any object.
pub(super) fn operation() -> impl Strategy<Value = (Operation, Function)> {
    let all = [
        (Operation::Text, None, TypeTree::Text),
        (Operation::Equal, Some(TypeTree::Any), TypeTree::scalar(Base::Bool)),
        (Operation::Hash, None, TypeTree::scalar(Base::Int64)),
    ];
    select(all.to_vec()).prop_map(|(operation, parameter, result)| {
        let function = of_object(&format!("{operation:?}"));
        let parameters = parameter.map(|tree| Parameter::typed("other", tree));
        let parameters = parameters.into_iter().collect();
        let return_values = vec![Parameter::typed("", result)];
        (operation, Function { parameters, return_values, ..function })
    })
}

/// A function that takes an object and returns text.
pub(super) fn of_object(name: &str) -> Function {
    let path = EntityPath::new().with("callable", name).with("instance_required", "true");
    Function {
        name: name.to_owned(),
        entity_path: path,
        return_values: vec![Parameter::typed("", TypeTree::Text)],
        ..Function::default()
    }
}
