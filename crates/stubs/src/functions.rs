//! The functions of modules, including those that read and write globals.

use metaffi_idl::{Function, Global, Idl, Module};

use crate::classes::Classes;
use crate::members::{Group, by_name};
use crate::names::Names;
use crate::overloads::{Candidate, arrange};

/// The functions outside of classes, in the order of the modules, named in one
/// scope. A function whose name is taken gets the module's name as a prefix.
pub fn functions_of<'a>(idl: &'a Idl, classes: &Classes<'_>, names: &mut Names) -> Vec<Group<'a>> {
    let mut functions = Vec::new();
    for module in &idl.modules {
        functions.extend(of_module(module, classes, names));
    }
    for global in idl.modules.iter().flat_map(|module| &module.globals) {
        functions.extend(accessors(global, classes, names));
    }
    functions
}

fn of_module<'a>(module: &'a Module, classes: &Classes<'_>, names: &mut Names) -> Vec<Group<'a>> {
    let last = module.name.rsplit(['.', '/']).next().unwrap_or_default();
    let mut give = |name: &str| {
        let plain = names.identifier(name);
        let plain = names.take(&plain);
        plain.unwrap_or_else(|| names.give(&format!("{last}_{name}")))
    };
    let group = |(name, functions): (&str, Vec<&'a Function>)| {
        let of = |function| Candidate::of(function, None, classes);
        let candidates = arrange(functions.into_iter().flat_map(of).collect(), classes);
        Group { name: give(name), is_static: false, candidates }
    };
    by_name(&module.functions).into_iter().map(group).collect()
}

/// The functions that read and write a global: under the guest's names if it
/// has them, otherwise `get_…` and `set_…`.
fn accessors<'a>(global: &'a Global, classes: &Classes<'_>, names: &mut Names) -> Vec<Group<'a>> {
    let value = &global.value;
    let mut group = |accessor: &'a Function, prefix: &str, candidate: Candidate<'a>| {
        let has_own = accessor.name != value.name && !accessor.name.is_empty();
        let own = has_own.then(|| accessor.name.clone());
        let name = names.give(&own.unwrap_or_else(|| format!("{prefix}_{}", value.name)));
        Group { name, is_static: false, candidates: vec![candidate] }
    };
    let getter =
        global.getter.iter().map(|f| (f, "get", Candidate::getter(f, None, value, classes)));
    let setter =
        global.setter.iter().map(|f| (f, "set", Candidate::setter(f, None, value, classes)));
    getter.chain(setter).map(|(f, prefix, candidate)| group(f, prefix, candidate)).collect()
}
