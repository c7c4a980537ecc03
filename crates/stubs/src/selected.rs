//! A part of a large interface: the selected elements, and what they refer to.

use std::collections::{BTreeSet, HashMap};

use metaffi_idl::{Class, ClassKind, Function, Idl, Module, Parameter, TypeTree};

/// The part of `idl` that `names` select: classes, functions and globals by their own
/// names or by the name of a package that contains them. A selected class has all of
/// its members, including inherited ones; a class that is only referred to has none,
/// but can still be passed on, printed and iterated over.
///
/// # Errors
/// The first name that matches nothing.
pub fn selected<'n>(idl: &Idl, names: &[&'n str]) -> Result<Idl, &'n str> {
    if let Some(unknown) = names.iter().find(|name| !is_known(idl, name)) {
        return Err(unknown);
    }
    let classes = by_id(idl);
    let named = classes.values().filter(|class| names.iter().any(|name| names_class(name, class)));
    let complete = with_ancestors(named.map(|class| class.id.as_str()), &classes);
    let mut part = idl.clone();
    for module in &mut part.modules {
        let is_selected = names.contains(&module.name.as_str());
        let is_named = |name: &String| is_selected || names.contains(&name.as_str());
        module.functions.retain(|function| is_named(&function.name));
        module.globals.retain(|global| is_named(&global.value.name));
        let others =
            module.classes.iter_mut().filter(|class| !complete.contains(class.id.as_str()));
        others.for_each(empty);
    }
    let needed = needed(&part, &complete);
    for module in &mut part.modules {
        module.classes.retain(|class| needed.contains(&class.id));
    }
    Ok(part)
}

type ById<'a> = HashMap<&'a str, &'a Class>;

fn by_id(idl: &Idl) -> ById<'_> {
    let classes = idl.modules.iter().flat_map(|module| &module.classes);
    classes.map(|class| (class.id.as_str(), class)).collect()
}

fn is_known(idl: &Idl, name: &str) -> bool {
    let has = |module: &Module| {
        module.name == name
            || module.classes.iter().any(|class| names_class(name, class))
            || module.functions.iter().any(|function| function.name == name)
            || module.globals.iter().any(|global| global.value.name == name)
    };
    idl.modules.iter().any(has)
}

/// Whether a name is a class's own name or that of a package that contains it.
fn names_class(name: &str, class: &Class) -> bool {
    let within = |id: &str| {
        id.strip_prefix(name)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '/', '$']))
    };
    let qualified = class.tags.get("qualified_name");
    class.name == name || within(&class.id) || qualified.is_some_and(|id| within(id))
}

fn with_ancestors<'a>(ids: impl Iterator<Item = &'a str>, classes: &ById<'a>) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut pending: Vec<&str> = ids.collect();
    while let Some(id) = pending.pop() {
        let Some(class) = classes.get(id).filter(|class| found.insert(class.id.as_str())) else {
            continue;
        };
        class.bases.iter().for_each(|base| each_class(base, &mut |id| pending.push(id)));
    }
    found
}

/// Removes the members, except for those that implement operations.
fn empty(class: &mut Class) {
    let operations: BTreeSet<&String> = class.operations.values().collect();
    class.methods.retain(|method| operations.contains(&method.function.overload_id));
    class.constructors.clear();
    class.release = None;
    if class.kind != ClassKind::Enum {
        class.fields.clear();
    }
}

/// The classes that the functions and the `complete` classes refer to, directly or
/// indirectly.
fn needed(part: &Idl, complete: &BTreeSet<&str>) -> BTreeSet<String> {
    let mut of_class: HashMap<&str, Vec<&Function>> = HashMap::new();
    let mut pending: Vec<&str> = complete.iter().copied().collect();
    for callable in part.callables() {
        match callable.class {
            Some(class) => of_class.entry(&class.id).or_default().push(callable.function),
            None => each_named(callable.function, &mut |id| pending.push(id)),
        }
    }
    let classes = by_id(part);
    let mut found = BTreeSet::new();
    while let Some(id) = pending.pop() {
        let Some(class) = classes.get(id).filter(|class| found.insert(class.id.clone())) else {
            continue;
        };
        class.bases.iter().for_each(|base| each_class(base, &mut |id| pending.push(id)));
        let functions = of_class.get(id).into_iter().flatten();
        functions.for_each(|function| each_named(function, &mut |id| pending.push(id)));
    }
    found
}

/// Visits the ids of all classes in a signature.
fn each_named<'a>(function: &'a Function, visit: &mut dyn FnMut(&'a str)) {
    let values = function.parameters.iter().chain(&function.return_values);
    for Parameter { tree, type_alias, .. } in values {
        visit(type_alias);
        each_class(tree, visit);
    }
    function.raises.iter().for_each(|tree| each_class(tree, visit));
}

fn each_class<'a>(tree: &'a TypeTree, visit: &mut dyn FnMut(&'a str)) {
    tree.walk(&mut |tree| {
        if let TypeTree::Class { id, .. } = tree {
            visit(id);
        }
    });
}

#[cfg(test)]
mod tests {
    use metaffi_idl::{Base, Operation};

    use super::*;
    use crate::testing::{class, function, idl, method};

    fn shop() -> Idl {
        let returning = |name: &str, id: &str| {
            let mut method = method(name, &[], true);
            let tree = TypeTree::Class { id: id.to_owned(), arguments: Vec::new() };
            method.function.return_values.push(Parameter::typed("", tree));
            method
        };
        let mut till = class("a.Till", &["a.Base"]);
        till.methods = vec![returning("list", "b.List")];
        let mut base = class("a.Base", &[]);
        base.methods = vec![method("of_base", &[Base::Int32], true)];
        let mut list = class("b.List", &[]);
        list.methods = vec![returning("iterator", "b.Iterator"), returning("other", "b.Other")];
        list.operations.insert(Operation::Iterate, "iterator()".to_owned());
        let rest = ["b.Iterator", "b.Other"].map(|id| class(id, &[]));
        let mut idl = idl([till, base, list].into_iter().chain(rest).collect());
        idl.modules[0].functions = vec![function("sum", &[]), function("open", &[])];
        idl
    }

    fn remaining(names: &[&str]) -> Vec<String> {
        let idl = shop();
        let part = selected(&idl, names).unwrap();
        let of_class = |class: &Class| {
            let names = class.methods.iter().map(|method| method.function.name.as_str());
            format!("{} {}", class.name, names.collect::<Vec<_>>().join("+"))
        };
        let module = &part.modules[0];
        let functions = module.functions.iter().map(|function| function.name.clone());
        functions.chain(module.classes.iter().map(of_class)).collect()
    }

    #[test]
    fn selected_elements_keep_their_members_and_everything_they_refer_to() {
        assert_eq!(
            remaining(&["Till"]),
            ["Till list", "Base of_base", "List iterator", "Iterator "],
            "nothing refers to Other any more"
        );
        assert_eq!(remaining(&["sum"]), ["sum"]);
        assert_eq!(remaining(&["a", "open"])[..2], ["open", "Till list"]);
        assert_eq!(selected(&shop(), &["sum", "Tilt"]), Err("Tilt"));
    }
}
