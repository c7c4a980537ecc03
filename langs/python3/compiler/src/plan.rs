//! The first pass, which names everything in the file.

use std::collections::{BTreeMap, HashSet};

use metaffi_idl::{Global, Idl};
use metaffi_stubs::{ClassId, Classes, Group, Members, Names, functions_of};

use crate::names::identifier;
use crate::shown::AllShown;
use crate::target::PYTHON;
use crate::varargs::with_lists;
use crate::{literals, spelling};

/// Everything that the file defines, with its name.
pub(crate) struct Plan<'a> {
    pub(crate) classes: Classes<'a>,
    /// In the order of the classes.
    pub(crate) members: Vec<Members<'a>>,
    /// The signatures that groups of members show.
    pub(crate) shown: AllShown<'a>,
    pub(crate) functions: Vec<Group<'a>>,
    /// Static methods that are also functions of the file.
    pub(crate) hoisted: Vec<Hoisted>,
    pub(crate) nested: Vec<Nested>,
    /// Globals whose values are known, by their names in the file.
    pub(crate) constants: Vec<(String, &'a Global)>,
    /// All names of the file.
    pub(crate) names: Names,
}

/// A static method as a function.
pub(crate) struct Hoisted {
    pub(crate) name: String,
    pub(crate) class: ClassId,
    pub(crate) method: String,
}

/// A nested class.
pub(crate) struct Nested {
    pub(crate) outer: ClassId,
    pub(crate) name: String,
    pub(crate) inner: ClassId,
}

impl<'a> Plan<'a> {
    pub(crate) fn of(idl: &'a Idl) -> Plan<'a> {
        let reserved: Vec<String> = spelling::reserved().collect();
        let mut names = Names::new(identifier).without(reserved.iter().map(String::as_str));
        let mut classes = Classes::of(idl, PYTHON);
        classes.give_names(&mut names);
        let mut members = Members::of_all(idl, &classes);
        members.iter_mut().for_each(take_lists_too);
        let shown = AllShown::of(&classes, &members);
        let mut functions = functions_of(idl, &classes, &mut names);
        functions.iter_mut().for_each(|group| group.candidates = with_lists(&group.candidates));
        let globals = idl.modules.iter().flat_map(|module| &module.globals);
        let known = globals.filter(|global| {
            global.constant.as_ref().is_some_and(|value| literals::of_value(value).is_some())
        });
        let named = known.filter_map(|global| {
            names.take(&identifier(&global.value.name)).map(|name| (name, global))
        });
        let constants: Vec<(String, &Global)> = named.collect();
        let hoisted = hoisted(&classes, &members, &mut names);
        let nested = nested(&classes, &members);
        Plan { classes, members, shown, functions, hoisted, nested, constants, names }
    }

    /// The public names of the file.
    pub(crate) fn public_names(&self) -> Vec<&str> {
        let own = self.classes.ids().filter(|id| !self.classes.get(*id).is_external);
        let classes = own.map(|id| self.classes.get(id).name.as_str());
        let functions = self.functions.iter().map(|group| group.name.as_str());
        let hoisted = self.hoisted.iter().map(|hoisted| hoisted.name.as_str());
        let constants = self.constants.iter().map(|(name, _)| name.as_str());
        classes
            .chain(functions)
            .chain(constants)
            .chain(hoisted)
            .chain(["bind_module_to_code"])
            .collect()
    }

    /// The names in classes.
    pub(crate) fn member_names(&self) -> HashSet<String> {
        let members = self.members.iter().flat_map(|members| members.names.iter());
        let nested = self.nested.iter().map(|nested| nested.name.as_str());
        members.chain(nested).map(str::to_owned).collect()
    }
}

/// Lets members with any number of arguments also accept a list of them.
fn take_lists_too(members: &mut Members<'_>) {
    members.constructors = with_lists(&members.constructors);
    for group in &mut members.groups {
        group.candidates = with_lists(&group.candidates);
    }
}

/// Of several classes with a static method of the same name, the one in the shallowest
/// package provides the function, unless there are several at that depth.
fn hoisted(classes: &Classes<'_>, members: &[Members<'_>], names: &mut Names) -> Vec<Hoisted> {
    let mut owners: BTreeMap<&str, Vec<(usize, ClassId, &str)>> = BTreeMap::new();
    for (id, members) in classes.ids().zip(members) {
        let info = classes.get(id);
        if info.class.entity_path.get("class").is_none() || info.is_external {
            continue; // its language has functions, or it is a foreign class
        }
        let depth = info.package().len();
        for group in members.groups.iter().filter(|group| group.is_static) {
            let mut own = info.class.methods.iter().filter(|method| !method.instance_required);
            let mut is_method = |name: &str| own.any(|m| m.function.name == name);
            let name = group.candidates[0].function.name.as_str();
            // Names with a leading underscore are not public.
            if is_method(name) && !name.starts_with('_') {
                owners.entry(name).or_default().push((depth, id, &group.name));
            }
        }
    }
    let mut hoisted = Vec::new();
    for (name, mut owners) in owners {
        owners.sort_unstable();
        let (depth, class, method) = owners[0];
        let is_alone = owners.get(1).is_none_or(|second| second.0 > depth);
        if let Some(name) = is_alone.then(|| names.take(&identifier(name))).flatten() {
            hoisted.push(Hoisted { name, class, method: method.to_owned() });
        }
    }
    hoisted
}

/// Nested classes, unless the outer class has another member with the same name.
fn nested(classes: &Classes<'_>, members: &[Members<'_>]) -> Vec<Nested> {
    let mut names: Vec<Names> = members.iter().map(|members| members.names.clone()).collect();
    let nested = |inner: ClassId| {
        let info = classes.get(inner);
        let outer = classes.with_key(info.class.outer.as_deref()?)?;
        let within = info.class.name.strip_prefix(classes.get(outer).class.name.as_str())?;
        let name = identifier(within.trim_start_matches(['$', '.']));
        let name = names[outer.index()].take(&name)?;
        Some(Nested { outer, name, inner })
    };
    classes.ids().filter_map(nested).collect()
}

#[cfg(test)]
mod tests {
    use metaffi_idl::{Class, EntityPath, Function, Method, Module, TypeTree};

    use super::*;

    /// A class by its full name, with static methods and bases.
    fn class(key: &str, statics: &[&str], bases: &[&str]) -> Class {
        let at = EntityPath::new().with("class", key);
        let method = |name: &&str| {
            let entity_path = at.clone().with("callable", name);
            let function =
                Function { name: (*name).to_owned(), entity_path, ..Function::default() };
            Method { function, ..Method::default() }
        };
        Class {
            name: key.rsplit('.').next().unwrap().to_owned(),
            bases: bases.iter().copied().map(TypeTree::foreign).collect(),
            methods: statics.iter().map(method).collect(),
            entity_path: at,
            ..Class::default()
        }
    }

    fn idl(classes: Vec<Class>) -> Idl {
        let modules = vec![Module { classes, ..Module::default() }];
        let mut idl = Idl { modules, ..Idl::default() };
        idl.complete();
        idl
    }

    fn hoisted(idl: &Idl) -> Vec<String> {
        let plan = Plan::of(idl);
        let class = |id| plan.classes.get(id).name.clone();
        let target = |h: &Hoisted| format!("{} = {}.{}", h.name, class(h.class), h.method);
        plan.hoisted.iter().map(target).collect()
    }

    #[test]
    fn the_shallowest_class_gives_the_function() {
        let idl = idl(vec![
            class("a.status.StatusLogger", &["getLogger"], &[]),
            class("a.LogManager", &["getLogger", "of"], &[]),
            class("a.Level", &["of", "Level", "bind_module_to_code"], &[]),
        ]);
        // Two classes have `of`; the other names are already used.
        assert_eq!(hoisted(&idl), ["getLogger = LogManager.getLogger"]);
    }

    #[test]
    fn a_name_of_two_classes_goes_to_the_shallowest_if_it_is_alone() {
        let names = |keys: &[&str]| -> Vec<String> {
            let idl = idl(keys.iter().map(|key| class(key, &[], &[])).collect());
            let plan = Plan::of(&idl);
            plan.classes.ids().map(|id| plan.classes.get(id).name.clone()).collect()
        };
        assert_eq!(names(&["a.b.X", "a.X"]), ["b_X", "X"]);
        assert_eq!(names(&["a.b.X", "a.c.X", "a.c.d.X"]), ["b_X", "c_X", "d_X"]);
        assert_eq!(names(&["a.b.X", "c.b.X", "b_X"]), ["a_b_X", "c_b_X", "b_X"]);
        assert_eq!(names(&["a.Map$Entry", "a.class"]), ["Map_Entry", "class_"]);
    }
}
