//! The interface as Java calls it: with positional arguments. Arguments that are passed by name are
//! taken out of signatures and stored for the builders.

use metaffi_idl::{Class, EntityPath, Function, Idl, Operation, Parameter, Passing};

/// The tag with the index of the original function, for a function that takes arguments by name.
const NAMED: &str = "metaffi.named";
/// The tag of a function that requires arguments by name.
const NEEDS_NAMES: &str = "metaffi.needs_names";

/// Added to the index of an overload that requires arguments by name. An overload with the same
/// positional arguments that requires none is the one that Java callers mean.
const BEHIND: u32 = 1 << 16;

/// The Java names of operations that Python and other languages have a notation for.
const OPERATIONS: &[(Operation, &str)] = &[
    (Operation::Text, "toString"),
    (Operation::Equal, "equals"),
    (Operation::Hash, "hashCode"),
    (Operation::Length, "size"),
    (Operation::Iterate, "iterator"),
    (Operation::Next, "next"),
    (Operation::Contains, "contains"),
    (Operation::GetItem, "get"),
    (Operation::SetItem, "set"),
    (Operation::DeleteItem, "remove"),
    (Operation::Call, "call"),
];

/// An interface, and the original functions that take arguments by name.
pub(crate) struct Adapted {
    pub(crate) idl: Idl,
    named: Vec<Function>,
}

impl Adapted {
    pub(crate) fn of(idl: &Idl) -> Adapted {
        let mut adapted = Adapted { idl: idl.clone(), named: Vec::new() };
        let Adapted { idl, named } = &mut adapted;
        idl.modules.iter_mut().flat_map(|module| &mut module.classes).for_each(rename);
        idl.each_function(&mut |function| split(function, named));
        adapted
    }

    /// The original function, if it takes arguments by name.
    pub(crate) fn named(&self, function: &Function) -> Option<&Function> {
        self.named.get(function.tags.get(NAMED)?.parse::<usize>().ok()?)
    }
}

/// Whether it cannot be called with positional arguments alone.
pub(crate) fn needs_names(function: &Function) -> bool {
    function.tags.contains_key(NEEDS_NAMES)
}

fn is_keyword(parameter: &Parameter) -> bool {
    matches!(parameter.passing, Passing::KeywordOnly | Passing::KeywordVariadic)
}

fn split(function: &mut Function, named: &mut Vec<Function>) {
    let by_choice = function
        .parameters
        .iter()
        .filter(|one| one.is_optional && one.passing == Passing::Ordinary);
    let has_keywords = function.parameters.iter().any(is_keyword);
    if !has_keywords && by_choice.count() < 2 {
        return;
    }
    named.push(function.clone());
    function.tags.insert(NAMED.to_owned(), (named.len() - 1).to_string());
    let is_required = |one: &Parameter| is_keyword(one) && !one.is_optional;
    if function.parameters.iter().any(is_required) {
        function.tags.insert(NEEDS_NAMES.to_owned(), String::new());
        function.overload_index = function.overload_index.saturating_add(BEHIND);
    }
    function.parameters.retain(|one| !is_keyword(one));
    if has_keywords {
        function.entity_path = without_names(&function.entity_path);
    }
}

/// The path without the tag that spreads the last argument by name.
fn without_names(path: &EntityPath) -> EntityPath {
    let items = path.iter().filter(|(name, _)| *name != "named_args");
    items.fold(EntityPath::new(), |path, (name, value)| path.with(name, value))
}

/// Renames methods for which Java has another name.
fn rename(class: &mut Class) {
    for (operation, name) in OPERATIONS {
        let Some(id) = class.operations.get(operation).cloned() else { continue };
        if !id.starts_with("__") || class.methods.iter().any(|one| one.function.name == *name) {
            continue;
        }
        for method in &mut class.methods {
            if method.instance_required && method.function.overload_id == id {
                (*name).clone_into(&mut method.function.name);
            }
        }
    }
}
