//! Selects the external classes that are described together with a source's own.
//!
//! Described are classes in its signatures, so that parameters and results have known types;
//! classes that its own classes derive from, so that inherited members are known; and classes of
//! the JDK that described classes return or throw, so that no result is a dead end. Other classes
//! are only consulted.
//! is a dead end. Others are only looked at.

use std::collections::{BTreeSet, HashSet};

use crate::generic::Generic;
use crate::java::{JavaClass, JavaMethod};
use crate::visible::{ClassSet, Role, is_offered};

/// Packages whose classes are described whenever they are results. Those of other packages would
/// lead to half of the JDK.
const FOLLOWED: &[&str] = &[
    "java.io",
    "java.lang",
    "java.math",
    "java.net",
    "java.nio",
    "java.nio.charset",
    "java.nio.file",
    "java.time",
    "java.time.chrono",
    "java.time.format",
    "java.time.temporal",
    "java.util",
    "java.util.concurrent",
    "java.util.concurrent.atomic",
    "java.util.concurrent.locks",
    "java.util.function",
    "java.util.regex",
    "java.util.stream",
];

/// Classes about the program itself. Every object returns its class; the results of these classes
/// are only described if a source names them.
const OF_THE_PROGRAM: &[&str] =
    &["java.lang.Class", "java.lang.ClassLoader", "java.lang.Module", "java.lang.Package"];

/// Adds the classes that `classes` need, found by `find`.
pub(crate) fn describe(classes: &mut ClassSet, find: &mut dyn FnMut(&str) -> Option<JavaClass>) {
    let mut loader = Loader { classes, find, missing: HashSet::new() };
    let own: Vec<String> = loader.shown(Role::Own);
    let mut named = BTreeSet::from(["java.lang.Object".to_owned()]);
    loader.load_all(own.iter(), Role::Known);
    for name in &own {
        loader.mentioned(name, Mentions::All, &mut named);
    }
    let mut described = loader.load_all(named.iter(), Role::Described);
    while !described.is_empty() {
        let mut given = BTreeSet::new();
        for name in described.iter().filter(|name| !OF_THE_PROGRAM.contains(&name.as_str())) {
            loader.mentioned(name, Mentions::Results, &mut given);
        }
        given.retain(|name| is_followed(name));
        described = loader.load_all(given.iter(), Role::Described);
    }
    // Classes that tell functions from other interfaces.
    let mut passed = BTreeSet::new();
    for name in loader.shown(Role::Described) {
        loader.mentioned(&name, Mentions::All, &mut passed);
    }
    loader.load_all(passed.iter(), Role::Known);
}

fn is_followed(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(package, _)| FOLLOWED.contains(&package))
}

/// Which types of a class's members to collect.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mentions {
    All,
    Results,
}

struct Loader<'l> {
    classes: &'l mut ClassSet,
    find: &'l mut dyn FnMut(&str) -> Option<JavaClass>,
    /// Names of classes that cannot be found.
    missing: HashSet<String>,
}

impl Loader<'_> {
    fn shown(&self, role: Role) -> Vec<String> {
        self.classes.shown(role).map(|class| class.name.clone()).collect()
    }

    /// Adds classes with this role, together with their supertypes and outer classes. Returns those
    /// that are newly described.
    fn load_all<'n>(&mut self, names: impl Iterator<Item = &'n String>, role: Role) -> Vec<String> {
        let mut waiting: Vec<String> = names.cloned().collect();
        let mut seen = HashSet::new();
        let mut described = Vec::new();
        while let Some(name) = waiting.pop() {
            if !seen.insert(name.clone()) {
                continue;
            }
            let before = self.classes.role(&name);
            if before.is_none() && !self.load(&name) {
                continue;
            }
            if role == Role::Described && before.is_none_or(|before| before == Role::Known) {
                self.classes.describe(&name);
                described.push(name.clone());
            }
            let Some(class) = self.classes.get(&name) else { continue };
            waiting.extend(class.parents().map(str::to_owned));
            if let Some(outer) = class.outer().map(str::to_owned)
                && self.classes.role(&outer).is_none()
            {
                self.load(&outer);
            }
        }
        described
    }

    fn load(&mut self, name: &str) -> bool {
        if self.missing.contains(name) {
            return false;
        }
        match (self.find)(name) {
            Some(class) => self.classes.add(class, Role::Known),
            None => _ = self.missing.insert(name.to_owned()),
        }
        !self.missing.contains(name)
    }

    /// Collects the classes in the members of a class, including members inherited from hidden
    /// classes.
    fn mentioned(&self, name: &str, which: Mentions, found: &mut BTreeSet<String>) {
        let Some(class) = self.classes.get(name) else { return };
        let mut take = |ty: &Generic| ty.each_class(&mut |name| _ = found.insert(name.to_owned()));
        if which == Mentions::All {
            class.superclass.iter().chain(&class.interfaces).for_each(&mut take);
            class.variables.iter().flat_map(|own| &own.bounds).for_each(&mut take);
        }
        let fields = self.classes.fields(class);
        fields.iter().for_each(|field| take(&field.value.generic));
        let constructors = class.methods.iter().filter(|method| method.is_constructor());
        for constructor in constructors.filter(|method| is_offered(method.flags)) {
            of_method(constructor, which, &mut take);
        }
        for method in self.classes.methods(class) {
            of_method(&method, which, &mut take);
        }
    }
}

fn of_method(method: &JavaMethod, which: Mentions, take: &mut dyn FnMut(&Generic)) {
    method.result.iter().for_each(|result| take(&result.generic));
    method.throws.iter().for_each(&mut *take);
    if which == Mentions::All {
        method.parameters.iter().for_each(|own| take(&own.value.generic));
        method.variables.iter().flat_map(|own| &own.bounds).for_each(&mut *take);
    }
}
