//! The classes of an IDL: their names, their bases, their order.
//!
//! Only bases that the IDL describes are included. A host that inherits by name
//! needs a method resolution order (C3), which not every guest's hierarchy has;
//! a base that breaks it is dropped.

use std::collections::{BTreeMap, HashMap};

use metaffi_idl::{Class, Idl, Operation, TypeTree};

use crate::names::Names;
use crate::shape::{Bindings, Shape};
use crate::target::{Inheritance, Target};

/// A class by its index in [`Classes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClassId(usize);

impl ClassId {
    /// Its index in the order of the classes.
    pub fn index(self) -> usize {
        self.0
    }
}

/// One class.
#[derive(Debug)]
pub struct ClassInfo<'a> {
    /// Its IDL description.
    pub class: &'a Class,
    /// The guest's name for it: `java.util.Map$Entry`.
    pub key: &'a str,
    /// The host's name for it: empty until the class is named.
    pub name: String,
    /// Whether it belongs to another module, and is described only for those
    /// that refer to it.
    pub is_external: bool,
    /// Direct bases.
    pub bases: Vec<ClassId>,
    /// All ancestors, nearest first.
    pub lineage: Vec<ClassId>,
    /// The base whose static members are inherited as well.
    pub superclass: Option<ClassId>,
    /// The direct bases with their type arguments.
    pub typed_bases: Vec<Shape>,
    /// What the type parameters of each ancestor are bound to.
    pub bindings: BTreeMap<ClassId, Bindings>,
}

/// No bindings.
static NO_BINDINGS: Bindings = Bindings::new();

impl ClassInfo<'_> {
    /// What the type parameters of an ancestor are bound to; empty for other
    /// classes.
    pub fn bindings_of(&self, ancestor: ClassId) -> &Bindings {
        self.bindings.get(&ancestor).unwrap_or(&NO_BINDINGS)
    }

    /// The class name that objects and exceptions report at run time: a guest may export a
    /// class under another name than the one that it was defined with.
    #[must_use]
    pub fn runtime_name(&self) -> &str {
        self.class.tags.get("qualified_name").map_or(self.key, String::as_str)
    }

    /// The parts of the package, outermost first.
    pub fn package(&self) -> Vec<&str> {
        let package = self.key.strip_suffix(self.class.name.as_str()).unwrap_or("");
        package.split(['.', '/']).filter(|part| !part.is_empty()).collect()
    }
}

/// All classes, bases before those that derive from them.
#[derive(Debug)]
pub struct Classes<'a> {
    target: Target,
    list: Vec<ClassInfo<'a>>,
    by_key: HashMap<&'a str, ClassId>,
}

impl<'a> Classes<'a> {
    /// Reads the classes of all modules. They are not named yet.
    pub fn of(idl: &'a Idl, target: Target) -> Classes<'a> {
        let all: BTreeMap<&str, &Class> = idl
            .modules
            .iter()
            .flat_map(|module| &module.classes)
            .rev() // of two with the same key, the first is used
            .map(|class| (key(class), class))
            .collect();
        let mut classes = Classes { target, list: Vec::new(), by_key: HashMap::new() };
        let in_order = idl.modules.iter().flat_map(|module| &module.classes);
        for class in in_order {
            classes.add(class, &all, &mut Vec::new());
        }
        let external = idl.modules.iter().filter(|module| module.is_external);
        for class in external.flat_map(|module| &module.classes) {
            if let Some(id) = classes.with_key(key(class)) {
                classes.list[id.0].is_external = std::ptr::eq(classes.get(id).class, class);
            }
        }
        classes.ids().for_each(|id| classes.bind(id));
        classes
    }

    /// Binds the type parameters of ancestors. Bases come first, so theirs are
    /// already bound.
    fn bind(&mut self, id: ClassId) {
        let info = self.get(id);
        let named = info.class.bases.iter().map(|base| Shape::of_base_class(base, self));
        let named: Vec<Shape> = named.collect();
        let argued = |base: &ClassId| {
            let is_it = |shape: &&Shape| matches!(shape, Shape::Object(id, _) if id == base);
            let found = named.iter().find(is_it).cloned();
            found.unwrap_or(Shape::Object(*base, Vec::new()))
        };
        let typed_bases: Vec<Shape> = info.bases.iter().map(argued).collect();
        let mut bindings = BTreeMap::new();
        for base in &typed_bases {
            let Shape::Object(base, arguments) = base else { continue };
            let own = self.parameters(*base, arguments);
            for (above, bound) in &self.get(*base).bindings {
                let bound = bound.iter().map(|(name, shape)| (name.clone(), shape.bound(&own)));
                bindings.entry(*above).or_insert_with(|| bound.collect());
            }
            bindings.insert(*base, own);
        }
        let info = &mut self.list[id.0];
        (info.typed_bases, info.bindings) = (typed_bases, bindings);
    }

    /// The bindings of a class's type parameters, given its type arguments.
    fn parameters(&self, id: ClassId, arguments: &[Shape]) -> Bindings {
        let names = self.get(id).class.type_parameters.iter().map(|one| one.name.clone());
        let given = |at: usize| arguments.get(at).cloned().unwrap_or(Shape::Any);
        names.enumerate().map(|(at, name)| (name, given(at))).collect()
    }

    /// The host language.
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// A class and all its ancestors, nearest first.
    pub fn with_ancestors(&self, id: ClassId) -> impl Iterator<Item = ClassId> + '_ {
        std::iter::once(id).chain(self.get(id).lineage.iter().copied())
    }

    /// Whether objects of a class are converted to plain values.
    pub fn is_value(&self, id: ClassId) -> bool {
        Shape::plain_of(self.get(id).class, self).is_some()
    }

    /// What objects of a class behave as, in terms of its own type parameters:
    /// nearest first.
    pub fn behaviours(&self, id: ClassId) -> impl Iterator<Item = Shape> + '_ {
        self.with_ancestors(id).filter_map(move |owner| {
            let tree = self.get(owner).class.behaves_as.as_ref()?;
            Some(Shape::of_base_class(tree, self).bound(self.get(id).bindings_of(owner)))
        })
    }

    /// The method that implements `operation` for objects of a class, and the
    /// class that declares it.
    pub fn operation(&self, id: ClassId, operation: Operation) -> Option<(ClassId, &'a str)> {
        self.with_ancestors(id).find_map(|owner| {
            let found = self.get(owner).class.operations.get(&operation)?;
            Some((owner, found.as_str()))
        })
    }

    /// Adds a class after its bases; `in_progress` are the classes that are
    /// being added, to detect cycles.
    fn add(
        &mut self,
        class: &'a Class,
        all: &BTreeMap<&'a str, &'a Class>,
        in_progress: &mut Vec<&'a str>,
    ) -> Option<ClassId> {
        let key = key(class);
        if let Some(id) = self.by_key.get(key) {
            return Some(*id);
        }
        if in_progress.contains(&key) {
            return None; // invalid IDL: a class cannot be its own base
        }
        in_progress.push(key);
        let described = class.bases.iter().filter_map(class_of).filter_map(|base| all.get(base));
        let mut bases = Vec::new();
        for base in described {
            bases.extend(self.add(base, all, in_progress));
        }
        let is_superclass = |id: &ClassId| !self.get(*id).class.kind.is_interface();
        let superclass = bases.first().copied().filter(is_superclass);
        in_progress.pop();
        let (bases, lineage) = self.arrange(&bases);
        let id = ClassId(self.list.len());
        let name = String::new();
        let (typed_bases, bindings) = (Vec::new(), BTreeMap::new());
        self.list.push(ClassInfo {
            class,
            key,
            name,
            is_external: false,
            bases,
            lineage,
            superclass,
            typed_bases,
            bindings,
        });
        self.by_key.insert(key, id);
        Some(id)
    }

    /// Drops bases that other bases derive from. A base that has no place in the
    /// linearization is dropped for a host that needs one, and goes last
    /// otherwise.
    fn arrange(&self, bases: &[ClassId]) -> (Vec<ClassId>, Vec<ClassId>) {
        let is_ancestor =
            |base: &ClassId| bases.iter().any(|other| self.get(*other).lineage.contains(base));
        let (mut direct, mut lineage) = (Vec::new(), Vec::new());
        for base in bases {
            if is_ancestor(base) || direct.contains(base) {
                continue;
            }
            direct.push(*base);
            match self.linearized(&direct) {
                Some(line) => lineage = line,
                None if self.target.inheritance == Inheritance::ByName => _ = direct.pop(),
                None => {
                    let more = self.with_ancestors(*base).filter(|id| !lineage.contains(id));
                    let more: Vec<ClassId> = more.collect();
                    lineage.extend(more);
                }
            }
        }
        (direct, lineage)
    }

    /// The C3 linearization of the ancestors of a class with these bases.
    fn linearized(&self, bases: &[ClassId]) -> Option<Vec<ClassId>> {
        let of_base = |base: &ClassId| self.with_ancestors(*base).collect::<Vec<_>>();
        let mut lines: Vec<Vec<ClassId>> =
            bases.iter().map(of_base).chain([bases.to_vec()]).collect();
        let mut merged = Vec::new();
        loop {
            lines.retain(|line| !line.is_empty());
            if lines.is_empty() {
                return Some(merged);
            }
            let is_free = |head: &ClassId| !lines.iter().any(|line| line[1..].contains(head));
            let next = lines.iter().map(|line| line[0]).find(is_free)?;
            merged.push(next);
            for line in &mut lines {
                line.retain(|id| *id != next);
            }
        }
    }

    /// Sets the host's name of a class.
    pub fn set_name(&mut self, id: ClassId, name: String) {
        self.list[id.0].name = name;
    }

    /// Names all classes in one scope: the class in the shallowest package gets
    /// the simple name, if there is exactly one such class; the others get
    /// packages in front of theirs.
    pub fn give_names(&mut self, names: &mut Names) {
        let mut same: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
        let own = self.list.iter().enumerate().filter(|(_, info)| !info.is_external);
        for (index, info) in own {
            let depth = info.package().len();
            same.entry((self.target.class_name)(&info.class.name))
                .or_default()
                .push((depth, index));
        }
        let mut unnamed = Vec::new();
        for (name, mut claimants) in same {
            claimants.sort_unstable();
            let is_alone = claimants.get(1).is_none_or(|second| second.0 != claimants[0].0);
            let winner = if is_alone { names.take(&name) } else { None };
            let losers = usize::from(winner.is_some());
            if let Some(winner) = winner {
                self.list[claimants[0].1].name = winner;
            }
            unnamed.extend(claimants[losers..].iter().map(|claimant| claimant.1));
        }
        for index in unnamed {
            self.list[index].name = self.qualified(index, names);
        }
        // External classes get their full name: java_util_List.
        for info in self.list.iter_mut().filter(|info| info.is_external) {
            info.name = names.give(info.key);
        }
    }

    /// `status_StatusLogger`, with as many packages as are needed.
    fn qualified(&self, index: usize, names: &mut Names) -> String {
        let info = &self.list[index];
        let package = info.package();
        let with = |count: usize| {
            let parts = package[package.len() - count..].iter().copied();
            let parts: Vec<&str> = parts.chain([info.class.name.as_str()]).collect();
            (self.target.class_name)(&parts.join("_"))
        };
        let free = (1..=package.len()).map(with).find_map(|name| names.take(&name));
        free.unwrap_or_else(|| names.give(&info.class.name))
    }

    /// A class.
    pub fn get(&self, id: ClassId) -> &ClassInfo<'a> {
        &self.list[id.0]
    }

    /// All classes, in order.
    pub fn ids(&self) -> impl Iterator<Item = ClassId> + use<> {
        (0..self.list.len()).map(ClassId)
    }

    /// The class with this name in the guest.
    pub fn with_key(&self, key: &str) -> Option<ClassId> {
        self.by_key.get(key).copied()
    }
}

/// The guest's name of a class.
fn key(class: &Class) -> &str {
    &class.id
}

/// The class that a type names.
fn class_of(tree: &TypeTree) -> Option<&str> {
    match tree {
        TypeTree::Class { id, .. } => Some(id),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use metaffi_idl::{Base, Module};

    use super::*;
    use crate::testing::{class, idl, target};

    #[test]
    fn bases_come_first_and_in_linearization_order_for_hosts_that_inherit_by_name() {
        let idl = idl(vec![
            class("Both", &["AB", "BA", "I"]),
            class("AB", &["A", "B"]),
            class("BA", &["B", "A"]),
            class("I", &["elsewhere.Unknown"]),
            class("A", &[]),
            class("B", &[]),
            class("Again", &["AB", "A"]),
            class("Loop", &["Loop"]),
        ]);
        let by_name = Classes::of(&idl, target(Inheritance::ByName));
        let bases = |classes: &Classes<'_>, key| -> Vec<String> {
            let id = classes.with_key(key).unwrap();
            assert!(classes.get(id).bases.iter().all(|base| *base < id), "{key}");
            classes.get(id).bases.iter().map(|id| classes.get(*id).key.to_owned()).collect()
        };
        assert_eq!(bases(&by_name, "AB"), ["A", "B"]);
        assert_eq!(bases(&by_name, "BA"), ["B", "A"]);
        assert_eq!(bases(&by_name, "Both"), ["AB", "I"], "A before B and B before A is impossible");
        assert_eq!(bases(&by_name, "Again"), ["AB"], "A is a base of AB already");
        assert!(bases(&by_name, "I").is_empty() && bases(&by_name, "Loop").is_empty());
        let all = Classes::of(&idl, target(Inheritance::None));
        assert_eq!(bases(&all, "Both"), ["AB", "BA", "I"]);
        let both = all.with_key("Both").unwrap();
        let names: Vec<&str> = all.get(both).lineage.iter().map(|id| all.get(*id).key).collect();
        assert_eq!(names, ["AB", "A", "B", "BA", "I"]);
    }

    #[test]
    fn type_parameters_of_ancestors_are_bound() {
        let of = |name: &str, argument: TypeTree| TypeTree::Foreign {
            name: name.to_owned(),
            arguments: vec![argument],
        };
        let variable = |name: &str| TypeTree::Variable { name: name.to_owned() };
        let generic = |key: &str, parameter: &str, bases: Vec<TypeTree>| {
            let name = parameter.to_owned();
            let parameter = metaffi_idl::TypeParameter { name, bounds: Vec::new() };
            Class { type_parameters: vec![parameter], bases, ..class(key, &[]) }
        };
        let ints =
            Class { bases: vec![of("List", TypeTree::scalar(Base::Int32))], ..class("Ints", &[]) };
        let idl = idl(vec![
            ints,
            generic("List", "E", vec![of("Items", variable("E"))]),
            generic("Items", "T", Vec::new()),
        ]);
        let classes = Classes::of(&idl, target(Inheritance::None));
        let ints = classes.get(classes.with_key("Ints").unwrap());
        let items = &ints.bindings[&classes.with_key("Items").unwrap()];
        assert_eq!(items["T"], Shape::Scalar(Base::Int32));
    }

    #[test]
    fn external_classes_get_their_full_name() {
        let mut idl = idl(vec![class("a.X", &[]), class("a.b.X", &[])]);
        let external = vec![class("java.util.List", &[])];
        idl.modules.push(Module { classes: external, is_external: true, ..Module::default() });
        idl.complete();
        let mut classes = Classes::of(&idl, target(Inheritance::None));
        classes.give_names(&mut Names::new(classes.target().class_name));
        let names: Vec<&str> = classes.ids().map(|id| classes.get(id).name.as_str()).collect();
        assert_eq!(names, ["X", "b_X", "java_util_List"]);
    }
}
