//! The view of a whole file: names, then classes and functions.

use metaffi_compiler::origin;
use metaffi_idl::{Base, Function, Global, Idl, Operation};
use metaffi_stubs::{
    Candidate, Classes, Inheritance, Members, Names, Request, Target, functions_of, simplified,
};

use crate::callables::{Place, function};
use crate::classes::{Emitted, constant_of, heirs, keep_default};
use crate::literals::quote;
use crate::spelling::Spelling;
use crate::{builders, docs, functions, names, view};

/// Rust as a host.
const TARGET: Target = Target {
    class_name: names::class,
    member_name: names::member,
    reserved_members: &[],
    inheritance: Inheritance::None,
    scalar: same,
    default_value: keep_default,
    are_indistinguishable: |one, other| one == other,
};

const fn same(base: Base) -> Base {
    base
}

/// Names of types that the file has besides the classes, which must not use them.
const TYPES: &[&str] = &["Self"];

/// Names of values that the file already has.
const VALUES: &[&str] = &["bind_module_to_code"];

/// The view of a file of stubs.
pub(crate) fn view(idl: &Idl) -> view::File {
    let mut classes = Classes::of(idl, TARGET);
    let mut types = Names::new(names::class).without(TYPES.iter().copied());
    classes.give_names(&mut types);
    let spelling = Spelling::new(&classes);
    let members = Members::of_all(idl, &classes);
    let mut all_builders = Vec::new();
    let operations = operations(idl);
    let mut emitted = Emitted {
        spelling: &spelling,
        members: &members,
        types: &mut types,
        builders: &mut all_builders,
        heirs: heirs(&spelling),
        walks: operations[4].is_some() && operations[5].is_some(),
    };
    let class_views = classes.ids().map(|id| emitted.class(id)).collect();
    let mut values = Names::new(names::member).without(VALUES.iter().copied());
    let (constants, constant_getters) = constants(idl, &spelling);
    let functions = all_functions(
        idl,
        &spelling,
        &mut values,
        &constant_getters,
        &mut types,
        &mut all_builders,
    );
    let comment = idl.modules.iter().find(|module| !module.is_external).map(|one| &*one.comment);
    let mut lines = docs::of_comment(comment.unwrap_or_default());
    if lines.is_empty() {
        lines.push(format!("Stubs of `{}`.", idl.idl_source));
    }
    view::File {
        origin: origin(idl),
        name: quote(&idl.idl_source),
        version: env!("CARGO_PKG_VERSION"),
        docs: lines,
        operations,
        constants,
        classes: class_views,
        functions,
        builders: all_builders,
        std: view::Standard {
            result: spelling.std("Result"),
            into: spelling.std("Into"),
            option: spelling.std("Option"),
            vec: spelling.std("Vec"),
            string: spelling.std("String"),
        },
        simplified: simplified(idl, &classes, &spelling),
    }
}

/// The operations on any object, in the order of the API.
fn operations(idl: &Idl) -> Vec<Option<view::Operation>> {
    let of = |function: &Function| {
        let request = Request::of_function(function);
        let plain = |types: Vec<String>| -> Vec<String> {
            types.iter().map(|ty| quote(ty.split('<').next().unwrap_or_default())).collect()
        };
        view::Operation {
            path: quote(&request.path),
            parameters: plain(request.parameters),
            results: plain(request.results),
        }
    };
    let on_any = |operation| idl.object_operations.get(&operation).map(of);
    let supertypes = idl.supertypes_of.as_ref().map(of);
    let done =
        [Operation::Text, Operation::Equal, Operation::Hash, Operation::Iterate, Operation::Next];
    std::iter::once(supertypes).chain(done.map(on_any)).collect()
}

/// The constants of all modules, and their getters.
fn constants<'i>(
    idl: &'i Idl,
    spelling: &Spelling<'_, '_>,
) -> (Vec<view::Constant>, Vec<&'i Function>) {
    let mut given = Names::new(names::constant).without(["MODULE"]);
    let globals = idl.modules.iter().flat_map(|module| &module.globals);
    let constant = |global: &'i Global| {
        let (ty, value) = constant_of(spelling, &global.value, global.constant.as_ref())?;
        let name = given.give(&global.value.name);
        let docs = docs::of_comment(&global.value.comment);
        Some((view::Constant { docs, name, ty, value }, global.getter.as_ref()))
    };
    let (constants, getters): (Vec<_>, Vec<_>) = globals.filter_map(constant).unzip();
    (constants, getters.into_iter().flatten().collect())
}

fn all_functions(
    idl: &Idl,
    spelling: &Spelling<'_, '_>,
    values: &mut Names,
    constant_getters: &[&Function],
    types: &mut Names,
    all_builders: &mut Vec<view::Builder>,
) -> Vec<view::Function> {
    let place = Place { indent: 4, scope: &[], makes: None };
    let mut grouped = Names::new(names::member);
    let groups = functions_of(idl, spelling.classes, &mut grouped);
    let mut all = Vec::new();
    let keeps = |candidate: &Candidate<'_>| {
        !constant_getters.iter().any(|getter| std::ptr::eq(*getter, candidate.function))
    };
    for group in &groups {
        for one in functions::named(group, keeps, values, spelling) {
            let with = names::member(&format!("{}_with", names::plain(&one.name)));
            let has_builder = builders::has_optional(one.candidate) && values.take(&with).is_some();
            let built = has_builder.then(|| {
                let builder = types.give(&format!("{}_with", names::plain(&one.name)));
                builders::with_builder(one.candidate, &one.name, place, spelling, &builder)
            });
            match built.flatten() {
                Some((opened, builder)) => {
                    all.push(builders::required_only(one.candidate, &one.name, place, spelling));
                    all.push(opened);
                    all_builders.push(builder);
                }
                None => all.push(function(one.candidate, &one.name, place, spelling)),
            }
        }
    }
    all
}
