//! Makes the view from the plan: signatures, calls, and the entities that they need.

mod callables;
mod members;
mod operations;

use std::collections::BTreeSet;

use metaffi_compiler::origin;
use metaffi_idl::{Function, Global, Idl, Operation};
use metaffi_stubs::{ClassId, Request, Shape, simplified};

use crate::entities::Entities;
use crate::plan::{Hoisted, Plan};
use crate::public;
use crate::signatures::Signatures;
use crate::spelling::Spelling;
use crate::view;
use crate::{docs, literals};

/// The whole file.
pub(crate) fn file(idl: &Idl) -> view::File {
    let mut plan = Plan::of(idl);
    let members = plan.member_names();
    let spelling = Spelling::new(&plan.classes, &mut plan.names, members, type_parameters(idl));
    let names = plan.names.clone();
    let mut pass = Pass {
        plan: &plan,
        object_operations: idl.object_operations.keys().copied().collect(),
        spelling: &spelling,
        signatures: Signatures::new(&plan.classes, &spelling),
        entities: Entities::new(&plan.classes, &spelling, names, idl.has_null_elements),
    };
    let classes: Vec<view::Class> = plan.classes.ids().map(|id| pass.class(id)).collect();
    let functions: Vec<view::Callable> = plan.functions.iter().map(|g| pass.function(g)).collect();
    let entities = pass.entities.into_list();
    let constants = constants(&plan, &spelling); // before the imports that they need are collected
    let variables = variables(&spelling);
    let imports = spelling.imports();
    view::File {
        origin: origin(idl),
        str: spelling.of("str"),
        variables,
        imports,
        public: public::sorted(plan.public_names()),
        module: module_arguments(idl),
        constants,
        classes,
        functions,
        aliases: spelling.class_aliases().to_vec(),
        assignments: assignments(&plan),
        entities,
        simplified: simplified(idl, &plan.classes, &spelling),
    }
}

/// The names of all type parameters.
fn type_parameters(idl: &Idl) -> BTreeSet<String> {
    let classes = idl.modules.iter().flat_map(|module| &module.classes);
    let of_classes = classes.flat_map(|class| &class.type_parameters);
    let of_functions = idl.callables().flat_map(|callable| &callable.function.type_parameters);
    of_classes.chain(of_functions).map(|one| one.name.clone()).collect()
}

/// The arguments of `Module`: the version that wrote the stubs, and requests about objects.
fn module_arguments(idl: &Idl) -> Vec<String> {
    let made_by = env!("CARGO_PKG_VERSION");
    let mut arguments = vec![format!("version={STUBS}"), format!("made_by=\"{made_by}\"")];
    let requested = [("class_of", &idl.class_of), ("supertypes_of", &idl.supertypes_of)];
    for (name, function) in requested {
        arguments.extend(function.iter().map(|one| format!("{name}={}", request_of(one))));
    }
    let operations = idl.object_operations.iter().filter_map(|(operation, function)| {
        let (name, _) = Operation::ALL.iter().find(|(_, known)| known == operation)?;
        Some(format!("\"{name}\": {}", request_of(function)))
    });
    let operations: Vec<String> = operations.collect();
    if !operations.is_empty() {
        arguments.push(format!("operations={{{}}}", operations.join(", ")));
    }
    arguments
}

/// The version of the stubs that are written; `metaffi.stubs` checks whether it supports
/// it.
const STUBS: u32 = 2;

/// The request that loads a function: its path, and the types of parameters and results.
fn request_of(function: &Function) -> String {
    let request = Request::of_function(function);
    let list = |types: &[String]| {
        let quoted: Vec<String> = types.iter().map(|text| literals::quote(text)).collect();
        format!("[{}]", quoted.join(", "))
    };
    let path = literals::quote(&request.path);
    format!("({path}, {}, {})", list(&request.parameters), list(&request.results))
}

/// The globals whose values are constant.
fn constants(plan: &Plan<'_>, spelling: &Spelling) -> Vec<view::Constant> {
    let constant = |(name, global): &(String, &Global)| {
        let value = literals::of_value(global.constant.as_ref()?)?;
        if value_class(plan, global).is_some() {
            return None; // its type needs a class
        }
        let annotation = format!("{}[{}]", spelling.of("Final"), constant_type(&value, spelling));
        let doc = docs::of_element(&global.value.comment, None);
        Some(view::Constant { name: name.clone(), annotation, value, doc })
    };
    plan.constants.iter().filter_map(constant).collect()
}

/// The class of plain values that a constant belongs to.
fn value_class(plan: &Plan<'_>, global: &Global) -> Option<ClassId> {
    match Shape::of(&global.value, &plan.classes) {
        Shape::Value(id, _) => Some(id),
        _ => None,
    }
}

/// The type of a literal.
fn constant_type(literal: &str, spelling: &Spelling) -> String {
    match literal.chars().next() {
        _ if matches!(literal, "True" | "False") => spelling.of("bool"),
        _ if literal == "None" => "None".to_owned(),
        Some('"' | '\'') => spelling.of("str"),
        Some('b') => spelling.of("bytes"),
        _ if literal.contains(['.', 'e']) => spelling.of("float"),
        _ => spelling.of("int"),
    }
}

/// The type variables that annotations use. For a type checker each defaults to any
/// type.
fn variables(spelling: &Spelling) -> Option<view::Variables> {
    let names = spelling.used_variables();
    (!names.is_empty()).then(|| view::Variables {
        names,
        checking: spelling.of("TYPE_CHECKING"),
        any: spelling.of("Any"),
    })
}

/// Static methods that are also functions, and constants that belong to a class.
fn assignments(plan: &Plan<'_>) -> Vec<(String, String)> {
    let target = |hoisted: &Hoisted| {
        let class = &plan.classes.get(hoisted.class).name;
        (hoisted.name.clone(), format!("{class}.{}", hoisted.method))
    };
    let constant = |(name, global): &(String, &Global)| {
        let class = &plan.classes.get(value_class(plan, global)?).name;
        let value = literals::of_value(global.constant.as_ref()?)?;
        Some((name.clone(), format!("{class}({value})")))
    };
    let constants = plan.constants.iter().filter_map(constant);
    plan.hoisted.iter().map(target).chain(constants).collect()
}

struct Pass<'p, 'a> {
    plan: &'p Plan<'a>,
    /// The operations that the guest has for every object.
    object_operations: BTreeSet<Operation>,
    spelling: &'p Spelling,
    signatures: Signatures<'p, 'a>,
    entities: Entities<'p, 'a>,
}
