//! What each class has: constructors, methods, fields, under which names.
//!
//! Python finds a name in the first class of the lineage that has it, a guest
//! all functions of that name in all of them. So a class lists, beside its own
//! methods, those of its ancestors that Python would no longer find.

use std::collections::HashSet;

use metaffi_idl::{Class, Field, Function, Idl, Method};

use crate::classes::{ClassId, Classes};
use crate::names::{Names, identifier};
use crate::overloads::{Candidate, arrange};

/// Names that every stub class has already.
const INHERITED: &[&str] = &["_metaffi_handle"];

/// Functions of one name in one place.
#[derive(Debug)]
pub(crate) struct Group<'a> {
    pub(crate) name: String,
    pub(crate) is_static: bool,
    pub(crate) candidates: Vec<Candidate<'a>>,
}

/// The one name of a method and a static method, and the names that each got.
#[derive(Debug)]
pub(crate) struct Beside {
    pub(crate) name: String,
    pub(crate) method: String,
    pub(crate) of_class: String,
}

/// A field and its name.
#[derive(Debug)]
pub(crate) struct NamedField<'a> {
    pub(crate) name: String,
    pub(crate) field: &'a Field,
}

/// The members of a class.
#[derive(Debug)]
pub(crate) struct Members<'a> {
    pub(crate) constructors: Vec<Candidate<'a>>,
    /// Methods, and static ones.
    pub(crate) groups: Vec<Group<'a>>,
    pub(crate) fields: Vec<NamedField<'a>>,
    pub(crate) beside: Vec<Beside>,
    /// All names that the class defines.
    pub(crate) names: Names,
}

/// The members of all classes, in their order.
pub(crate) fn of_all<'a>(idl: &Idl, classes: &Classes<'a>) -> Vec<Members<'a>> {
    let functions: HashSet<String> = idl
        .modules
        .iter()
        .flat_map(|module| &module.functions)
        .map(|function| function.entity_path.to_string())
        .collect();
    let mut all: Vec<Members<'a>> = Vec::new();
    for id in classes.ids() {
        let reader = Reader { id, classes, functions: &functions };
        all.push(reader.members());
    }
    all
}

struct Reader<'r, 'a> {
    id: ClassId,
    classes: &'r Classes<'a>,
    /// The entity paths of the functions outside of classes.
    functions: &'r HashSet<String>,
}

impl<'a> Reader<'_, 'a> {
    fn members(&self) -> Members<'a> {
        let mut names = Names::without(INHERITED.iter().copied());
        let mut groups = self.methods(&mut names);
        let statics = self.static_methods(&mut names);
        let beside = put_beside(&mut groups, statics, &mut names);
        let mut inherited = names.clone();
        for ancestor in &self.classes.get(self.id).lineage {
            for method in methods(self.classes.get(*ancestor).class) {
                inherited.take(&identifier(&method.function.name));
            }
        }
        let fields = &self.classes.get(self.id).class.fields;
        let fields = fields.iter().map(|field| {
            let name = inherited.give(&field.value.name);
            names.take(&name);
            NamedField { name, field }
        });
        let fields = fields.collect();
        Members { constructors: self.constructors(), groups, fields, beside, names }
    }

    fn constructors(&self) -> Vec<Candidate<'a>> {
        let class = self.classes.get(self.id).class;
        let all = class.constructors.iter();
        // Of those that take the same the one that comes first is meant.
        let of = |function| Candidate::of(function, None, self.classes);
        arrange(all.flat_map(of).collect(), self.classes)
    }

    /// Methods that want an object: own ones, and where that is needed those of
    /// ancestors.
    fn methods(&self, names: &mut Names) -> Vec<Group<'a>> {
        let mut groups = Vec::new();
        for name in self.method_names() {
            let found = self.found_by_guest(name);
            let is_own = found.iter().any(|(owner, _)| *owner == self.id);
            if is_own || self.has_static(name) || !self.python_finds(name, &found) {
                let of = |(owner, method): &(ClassId, &'a Method)| {
                    let bindings = self.classes.get(self.id).bindings.get(owner);
                    let ways = Candidate::of(&method.function, Some(self.id), self.classes);
                    let bound = move |way: Candidate<'a>| match bindings {
                        Some(bindings) => way.bound(bindings),
                        None => way,
                    };
                    ways.into_iter().map(bound).collect::<Vec<_>>()
                };
                let candidates = arrange(found.iter().flat_map(of).collect(), self.classes);
                groups.push(Group { name: names.give(name), is_static: false, candidates });
            }
        }
        groups
    }

    /// The names of own methods, then of those that ancestors bring.
    fn method_names(&self) -> Vec<&'a str> {
        let mut names: Vec<&str> = Vec::new();
        for owner in self.with_ancestors() {
            for method in methods(self.classes.get(owner).class) {
                let name = method.function.name.as_str();
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names
    }

    /// All methods of this name, without those that are overridden.
    fn found_by_guest(&self, name: &str) -> Vec<(ClassId, &'a Method)> {
        self.found_in(self.with_ancestors(), name)
    }

    fn found_in(
        &self,
        owners: impl Iterator<Item = ClassId>,
        name: &str,
    ) -> Vec<(ClassId, &'a Method)> {
        let mut found: Vec<(ClassId, &'a Method)> = Vec::new();
        for owner in owners {
            let class = self.classes.get(owner).class;
            for method in methods(class).filter(|method| method.function.name == name) {
                let is_overridden =
                    found.iter().any(|(_, nearer)| overrides(&nearer.function, &method.function));
                if !is_overridden {
                    found.push((owner, method));
                }
            }
        }
        found
    }

    /// Whether what Python inherits under this name is all that the guest has.
    fn python_finds(&self, name: &str, wanted: &[(ClassId, &'a Method)]) -> bool {
        let lineage = &self.classes.get(self.id).lineage;
        let has =
            |id: &&ClassId| methods(self.classes.get(**id).class).any(|m| m.function.name == name);
        let Some(nearest) = lineage.iter().find(has) else { return true };
        let ancestors = self.classes.get(*nearest).lineage.iter().copied();
        let found = self.found_in(std::iter::once(*nearest).chain(ancestors), name);
        wanted.iter().all(|(_, method)| {
            found.iter().any(|(_, other)| overrides(&other.function, &method.function))
        })
    }

    fn static_methods(&self, names: &mut Names) -> Vec<Group<'a>> {
        let mut by_name: Vec<(&str, Vec<&'a Function>)> = Vec::new();
        for function in self.static_functions() {
            match by_name.iter_mut().find(|(name, _)| *name == function.name) {
                Some((_, group)) => group.push(function),
                None => by_name.push((&function.name, vec![function])),
            }
        }
        let group = |(name, functions): (&str, Vec<&'a Function>)| {
            let of = |function| Candidate::of(function, None, self.classes);
            let candidates = arrange(functions.into_iter().flat_map(of).collect(), self.classes);
            let is_beside = self.is_method(name);
            let name = if is_beside { identifier(name) } else { names.give(name) };
            Group { name, is_static: true, candidates }
        };
        by_name.into_iter().map(group).collect()
    }

    fn has_static(&self, name: &str) -> bool {
        self.static_functions().iter().any(|function| function.name == name)
    }

    /// Own static methods, and constructors that have a name of their own and
    /// are no function besides.
    fn own_static_functions(&self) -> impl Iterator<Item = &'a Function> {
        let class = self.classes.get(self.id).class;
        let is_only_one = class.constructors.windows(2).all(|pair| pair[0].name == pair[1].name);
        let is_named = move |function: &&Function| {
            !is_only_one && !self.functions.contains(&function.entity_path.to_string())
        };
        static_methods(class).chain(class.constructors.iter().filter(is_named))
    }

    /// Those, and what superclasses have under the same names.
    fn static_functions(&self) -> Vec<&'a Function> {
        let mut found: Vec<&'a Function> = self.own_static_functions().collect();
        let own: Vec<&str> = found.iter().map(|function| function.name.as_str()).collect();
        let mut ancestor = self.classes.get(self.id).superclass;
        while let Some(info) = ancestor.map(|id| self.classes.get(id)) {
            for function in static_methods(info.class).filter(|f| own.contains(&f.name.as_str())) {
                let is_same = |nearer: &&Function| {
                    nearer.name == function.name && overrides(nearer, function)
                };
                if !found.iter().any(is_same) {
                    found.push(function);
                }
            }
            ancestor = info.superclass;
        }
        found
    }

    /// Whether objects have a method of this name.
    fn is_method(&self, name: &str) -> bool {
        self.with_ancestors().any(|owner| {
            methods(self.classes.get(owner).class).any(|method| method.function.name == name)
        })
    }

    fn with_ancestors(&self) -> impl Iterator<Item = ClassId> + '_ {
        std::iter::once(self.id).chain(self.classes.get(self.id).lineage.iter().copied())
    }
}

/// Adds the static methods; one beside a method of its name gets, like that, a
/// name of its own, and both share theirs.
fn put_beside<'a>(
    groups: &mut Vec<Group<'a>>,
    statics: Vec<Group<'a>>,
    names: &mut Names,
) -> Vec<Beside> {
    let mut beside = Vec::new();
    for mut of_class in statics {
        let name = of_class.name.clone();
        if let Some(method) = groups.iter_mut().find(|one| !one.is_static && one.name == name) {
            method.name = names.give(&format!("_object_{name}"));
            of_class.name = names.give(&format!("_class_{name}"));
            let (method, of_class) = (method.name.clone(), of_class.name.clone());
            beside.push(Beside { name, method, of_class });
        }
        groups.push(of_class);
    }
    beside
}

/// Methods that want an object, the one that ends its life included.
fn methods(class: &Class) -> impl Iterator<Item = &Method> {
    let is_listed = |release: &&Method| {
        class.methods.iter().any(|m| m.function.entity_path == release.function.entity_path)
    };
    let release = class.release.iter().filter(move |release| !is_listed(release));
    class.methods.iter().chain(release).filter(|method| method.instance_required)
}

fn static_methods(class: &Class) -> impl Iterator<Item = &Function> {
    class.methods.iter().filter(|method| !method.instance_required).map(|method| &method.function)
}

/// Whether a nearer function of the same name takes the same to the guest.
fn overrides(nearer: &Function, other: &Function) -> bool {
    let (own, others) = (&nearer.parameters, &other.parameters);
    own.len() == others.len()
        && own.iter().zip(others).all(|(own, other)| {
            (own.ty, own.dimensions, &own.type_alias)
                == (other.ty, other.dimensions, &other.type_alias)
        })
}
