//! The whole file: first the names, then every part of it.

use metaffi_idl::{Global, Idl, Operation};
use metaffi_stubs::{
    Classes, Documentation, Group, Members, Names, Request, Shape, functions_of, simplified,
};

use super::arguments::{Overload, overloads};
use super::classes::ClassPass;
use super::docs;
use super::entities::Variables;
use super::functions::{Functions, On};
use super::literals::constant;
use super::names::exported;
use super::target::{Kind, TARGET, kinds};
use super::types::Types;
use super::view::{Constant, File, Func};

/// The version of the stubs; the API knows which ones it supports.
const VERSION: u32 = 1;

const BIND: &str = "BindModuleToCode";

/// Methods of embedded bases, which a field with a base's name would hide.
const PROMOTED: &[&str] = &["Equal", "Error", "Release", "String", "Unwrap"];

/// What is printed for an IDL.
pub(super) fn file(idl: &Idl, package: &str) -> File {
    let mut classes = Classes::of(idl, TARGET);
    classes.give_names(&mut Names::new(exported).without([BIND]).without(PROMOTED.iter().copied()));
    let given = classes.ids().map(|id| classes.get(id).name.as_str());
    let mut names = Names::new(exported).without([BIND]).without(given);
    let kinds = kinds(&classes);
    let interface = |id: metaffi_stubs::ClassId| match &kinds[id.index()] {
        Kind::Struct { is_open: true, .. } => names.give(&format!("Any{}", classes.get(id).name)),
        _ => String::new(),
    };
    let interfaces: Vec<String> = classes.ids().map(interface).collect();
    let groups = functions_of(idl, &classes, &mut names);
    let members = Members::of_all(idl, &classes);
    let types = Types { classes: &classes, kinds: &kinds, interfaces: &interfaces };
    let has_null_elements = idl.has_null_elements;
    let mut functions = Functions { types, variables: Variables::new(), has_null_elements, names };
    let constants = constants(idl, &mut functions);
    let setup = setup(idl, &mut functions);
    let made: Vec<Func> =
        groups.iter().flat_map(|group| of_group(group, idl, &mut functions)).collect();
    let mut pass = ClassPass::new(&mut functions, &members, idl);
    let described = pass.all();
    let exceptions = pass.exceptions();
    let iterates =
        described.iter().any(|class| class.iteration.is_some() || class.entries.is_some());
    let of_classes = described.iter().flat_map(|class| &class.functions);
    let simplified = simplified(idl, &classes, &functions.types);
    let awaits = made.iter().chain(of_classes).any(|one| one.awaits.is_some());
    File {
        origin: String::new(),
        package: package.to_owned(),
        docs: module_docs(idl),
        version: VERSION,
        made_by: env!("CARGO_PKG_VERSION").to_owned(),
        iterates,
        awaits,
        setup: with_exceptions(setup, &exceptions),
        constants,
        functions: made,
        classes: described,
        variables: functions.variables.into_lines(),
        simplified,
    }
}

fn module_docs(idl: &Idl) -> Vec<String> {
    let own = idl.modules.iter().filter(|module| !module.is_external);
    let mut only = own.filter(|module| !module.comment.trim().is_empty());
    match (only.next(), only.next()) {
        (Some(module), None) => docs::lines(&Documentation::of(&module.comment, None)),
        _ => Vec::new(),
    }
}

/// The overloads of a function. Constants do not need a call.
fn of_group<'a>(group: &Group<'a>, idl: &Idl, functions: &mut Functions<'_, 'a>) -> Vec<Func> {
    if is_constant(group, idl, functions) {
        return Vec::new();
    }
    let overloads = overloads(&group.candidates, |_| true, functions.types.classes);
    let make = |overload: Overload<'_, 'a>| {
        // The group already has the plain name.
        let name = match overload.suffix.as_str() {
            "" => group.name.clone(),
            suffix => functions.names.give(&format!("{}{suffix}", group.name)),
        };
        functions.make(&name, overload.candidate, &On::Nothing)
    };
    overloads.into_iter().map(make).collect()
}

fn is_constant(group: &Group<'_>, idl: &Idl, functions: &Functions<'_, '_>) -> bool {
    let reads = |global: &&Global| {
        let path = global.getter.as_ref().map(|getter| &getter.entity_path);
        path.is_some_and(|path| *path == group.candidates[0].function.entity_path)
    };
    let mut globals = idl.modules.iter().flat_map(|module| &module.globals);
    globals.find(reads).is_some_and(|global| value_of(global, functions).is_some())
}

fn value_of(global: &Global, functions: &Functions<'_, '_>) -> Option<(String, String)> {
    let shape = Shape::of(&global.value, functions.types.classes);
    let value = constant(global.constant.as_ref()?, &shape)?;
    Some((functions.types.result(&shape), value))
}

fn constants(idl: &Idl, functions: &mut Functions<'_, '_>) -> Vec<Constant> {
    let globals = idl.modules.iter().flat_map(|module| &module.globals);
    globals
        .filter_map(|global| {
            let (ty, value) = value_of(global, functions)?;
            let name = functions.names.give(&global.value.name);
            let docs = docs::lines(&Documentation::of(&global.value.comment, None));
            Some(Constant { docs, name, ty, value })
        })
        .collect()
}

/// The entities that work on all objects of the guest.
fn setup(idl: &Idl, functions: &mut Functions<'_, '_>) -> Vec<String> {
    let operations = [
        ("Text", Operation::Text),
        ("Equal", Operation::Equal),
        ("Iterate", Operation::Iterate),
        ("Next", Operation::Next),
    ];
    let known = operations.map(|(name, operation)| (name, idl.object_operations.get(&operation)));
    let classes =
        [("ClassOf", idl.class_of.as_ref()), ("SupertypesOf", idl.supertypes_of.as_ref())];
    let all = classes.into_iter().chain(known);
    let line = |(name, function): (&str, Option<&metaffi_idl::Function>)| {
        let request = Request::of_function(function?);
        let entity = functions.variables.entity(&format!("Object{name}"), request);
        Some(format!("module.{name} = &{entity}"))
    };
    all.filter_map(line).collect()
}

fn with_exceptions(mut setup: Vec<String>, exceptions: &[String]) -> Vec<String> {
    if !exceptions.is_empty() {
        setup.push(format!("module.Exceptions = []*stubs.Class{{{}}}", exceptions.join(", ")));
    }
    setup
}
