//! The members of each class, constructors, methods and fields, and their
//! names.
//!
//! A guest finds all functions of a name in all ancestors. For a host without
//! inheritance, each class lists all of them; for one that inherits by name,
//! each class lists those that the host would not find otherwise.

use std::collections::HashSet;

use metaffi_idl::{Class, Field, Function, Idl, Method, Operation};

use crate::classes::{ClassId, Classes};
use crate::names::Names;
use crate::overloads::{Candidate, arrange};
use crate::shape::Shape;
use crate::target::Inheritance;

/// Functions with the same name in the same scope.
#[derive(Debug)]
pub struct Group<'a> {
    /// The host's name for them.
    pub name: String,
    /// Whether they are static methods.
    pub is_static: bool,
    /// In the order in which they are tried.
    pub candidates: Vec<Candidate<'a>>,
}

/// A method that implements an operation, by its name in the class.
#[derive(Clone, Copy, Debug)]
pub struct OperationMethod<'m, 'a> {
    /// The host's name for it.
    pub name: &'m str,
    /// The function.
    pub candidate: &'m Candidate<'a>,
}

impl<'m> OperationMethod<'m, '_> {
    /// The shape of the parameter at an index.
    pub fn parameter(&self, at: usize) -> &'m Shape {
        self.candidate.parameters.get(at).map_or(&Shape::Any, |argument| &argument.shape)
    }

    /// The shape of its result.
    pub fn result(&self) -> &'m Shape {
        self.candidate.results.first().map_or(&Shape::Null, |result| &result.shape)
    }
}

/// The shared name of a method and a static method, and the separate name of
/// each.
#[derive(Debug)]
pub struct Beside {
    /// The shared name.
    pub name: String,
    /// The name of the method alone.
    pub method: String,
    /// The name of the static method alone.
    pub of_class: String,
}

/// A field and its name.
#[derive(Debug)]
pub struct NamedField<'a> {
    /// The host's name for it.
    pub name: String,
    /// Its IDL description.
    pub field: &'a Field,
}

/// The members of a class.
#[derive(Debug)]
pub struct Members<'a> {
    /// In the order in which they are tried.
    pub constructors: Vec<Candidate<'a>>,
    /// Methods, including static ones.
    pub groups: Vec<Group<'a>>,
    /// Its own fields; also those of ancestors if the host does not inherit.
    pub fields: Vec<NamedField<'a>>,
    /// Methods that share their name with a static method, for hosts that
    /// distinguish members by name only.
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

    /// The method that implements `operation`; these must be the members of
    /// `class`.
    pub fn doing(&self, class: &Class, operation: Operation) -> Option<OperationMethod<'_, 'a>> {
        self.with_id(class.operations.get(&operation)?)
    }

    /// The method with this `overload_id`.
    pub fn with_id(&self, overload_id: &str) -> Option<OperationMethod<'_, 'a>> {
        let is_it = |candidate: &&Candidate<'_>| candidate.function.overload_id == overload_id;
        self.groups.iter().filter(|group| !group.is_static).find_map(|group| {
            let candidate = group.candidates.iter().find(is_it)?;
            Some(OperationMethod { name: &group.name, candidate })
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

    /// Fields, with names that no method has, including inherited and static
    /// methods.
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
        // Of constructors with the same parameters, the first is used.
        let of = |function| Candidate::of(function, None, self.classes);
        arrange(all.flat_map(of).collect(), self.classes)
    }

    /// Instance methods: its own, and those of ancestors if the host needs
    /// them.
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

    /// The methods of a name that the class must list.
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

    /// The names of the class's own methods, then of those that it inherits.
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
            // Overloads of one class stay, even if their parameters are the same to
            // the guest.
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

    /// Whether the nearest ancestor with this name already has all `expected`
    /// methods.
    fn nearest_has_all(&self, name: &str, expected: &[(ClassId, &'a Method)]) -> bool {
        let lineage = &self.classes.get(self.id).lineage;
        let has =
            |id: &&ClassId| methods(self.classes.get(**id).class).any(|m| m.function.name == name);
        let Some(nearest) = lineage.iter().find(has) else { return true };
        let found = self.found_in(self.classes.with_ancestors(*nearest), name);
        expected.iter().all(|(_, method)| {
            found.iter().any(|(_, other)| overrides(&other.function, &method.function))
        })
    }

    /// Whether several direct bases have methods of this name, in classes that
    /// do not derive from each other.
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

    /// A class's static methods, and named constructors that are not also
    /// functions of the module.
    fn static_functions_of(&self, class: &'a Class) -> impl Iterator<Item = &'a Function> {
        let is_only_one = class.constructors.windows(2).all(|pair| pair[0].name == pair[1].name);
        let is_named = move |function: &&Function| {
            !is_only_one && !self.functions.contains(&function.entity_path.to_string())
        };
        static_methods(class).chain(class.constructors.iter().filter(is_named))
    }

    /// The static functions of the class, and those of superclasses with the
    /// same names; also static functions of any ancestor that an instance method
    /// would hide.
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

/// Adds the static methods. A static method with the same name as an instance
/// method gets its own name, as does that method, and they share the original
/// name.
fn put_beside<'a>(
    groups: &mut Vec<Group<'a>>,
    statics: Vec<Group<'a>>,
    names: &mut Names,
) -> Vec<Beside> {
    let mut beside = Vec::new();
    for mut of_class in statics {
        let name = of_class.name.clone();
        if let Some(method) = groups.iter_mut().find(|group| !group.is_static && group.name == name)
        {
            method.name = names.give(&format!("{name}_of_object"));
            of_class.name = names.give(&format!("{name}_of_class"));
            let (method, of_class) = (method.name.clone(), of_class.name.clone());
            beside.push(Beside { name, method, of_class });
        }
        groups.push(of_class);
    }
    beside
}

/// Functions grouped by name, in the order in which the names first appear.
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

/// Instance methods, including the one that releases the object.
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

/// Whether a function of a nearer class has the same parameters to the guest.
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

    /// What a derived class lists: names with their numbers of candidates.
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
    fn a_class_lists_methods_that_its_host_would_not_find() {
        assert_eq!(listed(Inheritance::None), ["add 2", "own 1", "only 1"]);
        assert_eq!(listed(Inheritance::ByName), ["add 2", "own 1"], "add hides the base's");
        assert_eq!(listed(Inheritance::BySignature), ["add 1", "own 1"]);
    }

    #[test]
    fn a_method_and_a_static_method_with_the_same_name_are_both_callable() {
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
