//! What each class has: constructors, methods, fields, under which names.
//!
//! A guest finds all functions of a name in all ancestors. A host that does not
//! inherit gets them all listed in each class; one that inherits by name those
//! that it would no longer find.

use std::collections::HashSet;

use metaffi_idl::{Class, Field, Function, Idl, Method, Operation};

use crate::classes::{ClassId, Classes};
use crate::names::Names;
use crate::overloads::{Candidate, arrange};
use crate::shape::Shape;
use crate::target::Inheritance;

/// Functions of one name in one place.
#[derive(Debug)]
pub struct Group<'a> {
    /// The name that the host calls them by.
    pub name: String,
    /// Whether they are called on the class.
    pub is_static: bool,
    /// In the order in which they are tried.
    pub candidates: Vec<Candidate<'a>>,
}

/// A method that does an operation, as the class calls it.
#[derive(Clone, Copy, Debug)]
pub struct Doing<'m, 'a> {
    /// The name that the host calls it by.
    pub name: &'m str,
    /// The function.
    pub candidate: &'m Candidate<'a>,
}

impl<'m> Doing<'m, '_> {
    /// What its parameter at a place is.
    pub fn parameter(&self, at: usize) -> &'m Shape {
        self.candidate.parameters.get(at).map_or(&Shape::Any, |argument| &argument.shape)
    }

    /// What it returns.
    pub fn result(&self) -> &'m Shape {
        self.candidate.results.first().map_or(&Shape::Null, |result| &result.shape)
    }
}

/// The one name of a method and a static method, and the names that each got.
#[derive(Debug)]
pub struct Beside {
    /// The name of both.
    pub name: String,
    /// That of the method alone.
    pub method: String,
    /// That of the static method alone.
    pub of_class: String,
}

/// A field and its name.
#[derive(Debug)]
pub struct NamedField<'a> {
    /// The name that the host calls it by.
    pub name: String,
    /// What the IDL says of it.
    pub field: &'a Field,
}

/// The members of a class.
#[derive(Debug)]
pub struct Members<'a> {
    /// In the order in which they are tried.
    pub constructors: Vec<Candidate<'a>>,
    /// Methods, and static ones.
    pub groups: Vec<Group<'a>>,
    /// Own fields, and where nothing is inherited those of ancestors.
    pub fields: Vec<NamedField<'a>>,
    /// Methods that share their name with a static one, where names are all
    /// that tells them apart.
    pub beside: Vec<Beside>,
    /// All names that the class defines.
    pub names: Names,
}

impl<'a> Members<'a> {
    /// The members of all classes, in their order.
    pub fn of_all(idl: &Idl, classes: &Classes<'a>) -> Vec<Members<'a>> {
        let functions: HashSet<String> = idl
            .modules
            .iter()
            .flat_map(|module| &module.functions)
            .map(|function| function.entity_path.to_string())
            .collect();
        let of = |id| Reader { id, classes, functions: &functions }.members();
        classes.ids().map(of).collect()
    }

    /// The method of `class`, whose members these are, that does `operation`.
    pub fn doing(&self, class: &Class, operation: Operation) -> Option<Doing<'_, 'a>> {
        self.with_id(class.operations.get(&operation)?)
    }

    /// The method with this `overload_id`.
    pub fn with_id(&self, overload_id: &str) -> Option<Doing<'_, 'a>> {
        let is_it = |candidate: &&Candidate<'_>| candidate.function.overload_id == overload_id;
        self.groups.iter().filter(|group| !group.is_static).find_map(|group| {
            let candidate = group.candidates.iter().find(is_it)?;
            Some(Doing { name: &group.name, candidate })
        })
    }
}

struct Reader<'r, 'a> {
    id: ClassId,
    classes: &'r Classes<'a>,
    /// The entity paths of the functions outside of classes.
    functions: &'r HashSet<String>,
}

impl<'a> Reader<'_, 'a> {
    fn members(&self) -> Members<'a> {
        let target = self.classes.target();
        let reserved = target.reserved_members.iter().copied();
        let mut names = Names::new(target.member_name).without(reserved);
        let mut groups = self.methods(&mut names);
        let statics = self.static_methods(&mut names);
        let beside = match target.inheritance {
            Inheritance::ByName => put_beside(&mut groups, statics, &mut names),
            _ => {
                groups.extend(statics);
                Vec::new()
            }
        };
        let fields = self.fields(&mut names);
        Members { constructors: self.constructors(), groups, fields, beside, names }
    }

    /// Fields, under names that no method has, inherited and static ones included.
    fn fields(&self, names: &mut Names) -> Vec<NamedField<'a>> {
        let mut inherited = names.clone();
        for ancestor in &self.classes.get(self.id).lineage {
            let class = self.classes.get(*ancestor).class;
            let statics = self.static_functions_of(class).map(|function| &function.name);
            for name in methods(class).map(|method| &method.function.name).chain(statics) {
                let name = inherited.identifier(name);
                inherited.take(&name);
            }
        }
        let owners: Vec<ClassId> = match self.classes.target().inheritance {
            Inheritance::None => self.classes.with_ancestors(self.id).collect(),
            _ => vec![self.id],
        };
        let mut seen = HashSet::new();
        let all = owners.iter().flat_map(|owner| &self.classes.get(*owner).class.fields);
        let visible = all.filter(|field| seen.insert(&field.value.name));
        let named = visible.map(|field| {
            let name = inherited.give(&field.value.name);
            names.take(&name);
            NamedField { name, field }
        });
        named.collect()
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
            let found = self.listed(name, found);
            if !found.is_empty() {
                let of = |(owner, method): &(ClassId, &'a Method)| {
                    let bindings = self.classes.get(self.id).bindings_of(*owner);
                    let ways = Candidate::of(&method.function, Some(self.id), self.classes);
                    ways.into_iter().map(|way| way.bound(bindings)).collect::<Vec<_>>()
                };
                let candidates = arrange(found.iter().flat_map(of).collect(), self.classes);
                groups.push(Group { name: names.give(name), is_static: false, candidates });
            }
        }
        groups
    }

    /// Those of the methods of a name that the class lists.
    fn listed(
        &self,
        name: &str,
        mut found: Vec<(ClassId, &'a Method)>,
    ) -> Vec<(ClassId, &'a Method)> {
        let is_own = |(owner, _): &(ClassId, &Method)| *owner == self.id;
        let lists_all = match self.classes.target().inheritance {
            Inheritance::None => true,
            Inheritance::BySignature => {
                found.retain(is_own);
                true
            }
            Inheritance::ByName => {
                found.iter().any(is_own)
                    || self.has_static(name)
                    || !self.nearest_has_all(name, &found)
                    || self.several_bases_have(name)
            }
        };
        if lists_all { found } else { Vec::new() }
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
            // Overloads of one class stay, also those that take the same to the guest.
            let nearer = found.len();
            for method in methods(class).filter(|method| method.function.name == name) {
                let overrides =
                    |(_, one): &(_, &Method)| overrides(&one.function, &method.function);
                if !found[..nearer].iter().any(overrides) {
                    found.push((owner, method));
                }
            }
        }
        found
    }

    /// Whether what is inherited by this name is all that the guest has.
    fn nearest_has_all(&self, name: &str, wanted: &[(ClassId, &'a Method)]) -> bool {
        let lineage = &self.classes.get(self.id).lineage;
        let has =
            |id: &&ClassId| methods(self.classes.get(**id).class).any(|m| m.function.name == name);
        let Some(nearest) = lineage.iter().find(has) else { return true };
        let found = self.found_in(self.classes.with_ancestors(*nearest), name);
        wanted.iter().all(|(_, method)| {
            found.iter().any(|(_, other)| overrides(&other.function, &method.function))
        })
    }

    /// Whether direct bases have methods of this name that do not override each
    /// other: those of one class are not those of another.
    fn several_bases_have(&self, name: &str) -> bool {
        let has =
            |id: &ClassId| methods(self.classes.get(*id).class).any(|m| m.function.name == name);
        let bases = self.classes.get(self.id).bases.iter();
        let owners = bases.filter_map(|base| self.classes.with_ancestors(*base).find(has));
        let owners: Vec<ClassId> = owners.collect();
        let is_apart = |(one, other): (&ClassId, &ClassId)| {
            one != other && !self.classes.get(*one).lineage.contains(other)
        };
        owners.iter().skip(1).any(|other| is_apart((&owners[0], other)))
    }

    fn static_methods(&self, names: &mut Names) -> Vec<Group<'a>> {
        let group = |(name, functions): (&str, Vec<&'a Function>)| {
            let of = |function| Candidate::of(function, None, self.classes);
            let candidates = arrange(functions.into_iter().flat_map(of).collect(), self.classes);
            let is_beside = self.is_method(name);
            let is_beside = is_beside && self.classes.target().inheritance == Inheritance::ByName;
            let name = if is_beside { names.identifier(name) } else { names.give(name) };
            Group { name, is_static: true, candidates }
        };
        by_name(self.static_functions()).into_iter().map(group).collect()
    }

    fn has_static(&self, name: &str) -> bool {
        self.static_functions().iter().any(|function| function.name == name)
    }

    /// A class's static methods, and constructors that have a name of their own
    /// and are no function besides.
    fn static_functions_of(&self, class: &'a Class) -> impl Iterator<Item = &'a Function> {
        let is_only_one = class.constructors.windows(2).all(|pair| pair[0].name == pair[1].name);
        let is_named = move |function: &&Function| {
            !is_only_one && !self.functions.contains(&function.entity_path.to_string())
        };
        static_methods(class).chain(class.constructors.iter().filter(is_named))
    }

    /// Those, and what superclasses have under the same names; where a method of
    /// objects would hide a static one of any ancestor, that one too.
    fn static_functions(&self) -> Vec<&'a Function> {
        let class = self.classes.get(self.id).class;
        let mut found: Vec<&'a Function> = self.static_functions_of(class).collect();
        let own: HashSet<&str> = found.iter().map(|function| function.name.as_str()).collect();
        let methods: HashSet<&str> = methods(class).map(|m| m.function.name.as_str()).collect();
        let superclasses: Vec<ClassId> =
            std::iter::successors(Some(self.id), |id| self.classes.get(*id).superclass).collect();
        for ancestor in &self.classes.get(self.id).lineage {
            let is_superclass = superclasses.contains(ancestor);
            let is_hidden = |function: &&Function| {
                let name = function.name.as_str();
                is_superclass && own.contains(name) || methods.contains(name)
            };
            let above = self.classes.get(*ancestor).class;
            for function in self.static_functions_of(above).filter(is_hidden) {
                let is_same = |nearer: &&Function| {
                    nearer.name == function.name && overrides(nearer, function)
                };
                if !found.iter().any(is_same) {
                    found.push(function);
                }
            }
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
        self.classes.with_ancestors(self.id)
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
            method.name = names.give(&format!("{name}_of_object"));
            of_class.name = names.give(&format!("{name}_of_class"));
            let (method, of_class) = (method.name.clone(), of_class.name.clone());
            beside.push(Beside { name, method, of_class });
        }
        groups.push(of_class);
    }
    beside
}

/// Functions by their names, in the order of the first of each.
pub(crate) fn by_name<'a>(
    functions: impl IntoIterator<Item = &'a Function>,
) -> Vec<(&'a str, Vec<&'a Function>)> {
    let mut groups: Vec<(&str, Vec<&Function>)> = Vec::new();
    for function in functions {
        match groups.iter_mut().find(|(name, _)| *name == function.name) {
            Some((_, group)) => group.push(function),
            None => groups.push((&function.name, vec![function])),
        }
    }
    groups
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

#[cfg(test)]
mod tests {
    use metaffi_idl::Base::{Int32, Int64};

    use super::*;
    use crate::testing::{class, idl, method, target};

    /// What a class derived from another one lists: names with the numbers of
    /// their candidates.
    fn listed(inheritance: Inheritance) -> Vec<String> {
        let base = vec![
            method("add", &[Int32], true),
            method("add", &[Int64], true),
            method("only", &[], true),
            method("of", &[], false),
        ];
        let own = vec![method("add", &[Int64], true), method("own", &[], true)];
        let idl = idl(vec![
            Class { methods: base, ..class("Base", &[]) },
            Class { methods: own, ..class("Own", &["Base"]) },
        ]);
        let classes = Classes::of(&idl, target(inheritance));
        let members = Members::of_all(&idl, &classes);
        let own = &members[classes.with_key("Own").unwrap().index()];
        let text = |group: &Group<'_>| format!("{} {}", group.name, group.candidates.len());
        own.groups.iter().map(text).collect()
    }

    #[test]
    fn a_class_lists_what_its_host_would_not_find() {
        assert_eq!(listed(Inheritance::None), ["add 2", "own 1", "only 1"]);
        assert_eq!(listed(Inheritance::ByName), ["add 2", "own 1"], "add hides that of the base");
        assert_eq!(listed(Inheritance::BySignature), ["add 1", "own 1"]);
    }

    #[test]
    fn a_method_and_a_static_one_of_a_name_are_both_reached() {
        let methods = vec![method("at", &[], true), method("at", &[Int32], false)];
        let idl = idl(vec![Class { methods, ..class("C", &[]) }]);
        let names = |inheritance| -> Vec<String> {
            let classes = Classes::of(&idl, target(inheritance));
            let members = &Members::of_all(&idl, &classes)[0];
            members.groups.iter().map(|group| group.name.clone()).collect()
        };
        assert_eq!(names(Inheritance::ByName), ["at_of_object", "at_of_class"]);
        assert_eq!(names(Inheritance::None), ["at", "at_"]);
    }
}
