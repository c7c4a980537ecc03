//! The classes of an IDL: their Python names, their bases, their order.
//!
//! Bases are those that the IDL describes. Python wants them in an order (C3) that not every guest's
//! hierarchy has; then a base is left out.

use std::collections::{BTreeMap, HashMap};

use metaffi_idl::{Class, Idl, Operation, TypeTree};

use crate::names::{Names, identifier};
use crate::shape::{Bindings, Shape};

/// A class by its place in [`Classes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ClassId(usize);

impl ClassId {
    /// Its number in the order of the classes.
    pub(crate) fn index(self) -> usize {
        self.0
    }
}

/// One class.
#[derive(Debug)]
pub(crate) struct ClassInfo<'a> {
    pub(crate) class: &'a Class,
    /// What the guest calls it: `java.util.Map$Entry`.
    pub(crate) key: &'a str,
    /// What Python calls it.
    pub(crate) name: String,
    /// Whether it lies elsewhere, and is described for those that refer to it.
    pub(crate) is_external: bool,
    /// Direct bases.
    pub(crate) bases: Vec<ClassId>,
    /// All ancestors in the order in which Python asks them.
    pub(crate) lineage: Vec<ClassId>,
    /// The base whose static members are inherited, too.
    pub(crate) superclass: Option<ClassId>,
    /// The direct bases with their arguments.
    pub(crate) typed_bases: Vec<Shape>,
    /// What the type parameters of each ancestor stand for.
    pub(crate) bindings: BTreeMap<ClassId, Bindings>,
}

impl ClassInfo<'_> {
    /// The parts of the package, outermost first.
    pub(crate) fn package(&self) -> Vec<&str> {
        let package = self.key.strip_suffix(self.class.name.as_str()).unwrap_or("");
        package.split(['.', '/']).filter(|part| !part.is_empty()).collect()
    }
}

/// All classes, bases before those that derive from them.
#[derive(Debug, Default)]
pub(crate) struct Classes<'a> {
    list: Vec<ClassInfo<'a>>,
    by_key: HashMap<&'a str, ClassId>,
}

impl<'a> Classes<'a> {
    /// Reads the classes of all modules; their names are taken out of `names`.
    pub(crate) fn of(idl: &'a Idl, names: &mut Names) -> Classes<'a> {
        let all: BTreeMap<&str, &Class> = idl
            .modules
            .iter()
            .flat_map(|module| &module.classes)
            .rev() // of two with one key the first stays
            .map(|class| (key(class), class))
            .collect();
        let mut classes = Classes::default();
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
        classes.give_names(names);
        classes.ids().for_each(|id| classes.bind(id));
        classes
    }

    /// Settles what the type parameters of ancestors stand for; bases come
    /// first, so theirs is settled.
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

    /// What the type parameters of a class stand for, given its arguments.
    fn parameters(&self, id: ClassId, arguments: &[Shape]) -> Bindings {
        let names = self.get(id).class.type_parameters.iter().map(|one| one.name.clone());
        let given = |at: usize| arguments.get(at).cloned().unwrap_or(Shape::Any);
        names.enumerate().map(|(at, name)| (name, given(at))).collect()
    }

    /// Whether objects of a class are plain values.
    pub(crate) fn is_value(&self, id: ClassId) -> bool {
        Shape::plain_of(self.get(id).class).is_some()
    }

    /// The method that does `operation` on objects of a class, and whose it is.
    pub(crate) fn operation(
        &self,
        id: ClassId,
        operation: Operation,
    ) -> Option<(ClassId, &'a str)> {
        let lineage = self.get(id).lineage.iter().copied();
        std::iter::once(id).chain(lineage).find_map(|owner| {
            let found = self.get(owner).class.operations.get(&operation)?;
            Some((owner, found.as_str()))
        })
    }

    /// Adds a class after its bases; `under_way` are those that wait for it.
    fn add(
        &mut self,
        class: &'a Class,
        all: &BTreeMap<&'a str, &'a Class>,
        under_way: &mut Vec<&'a str>,
    ) -> Option<ClassId> {
        let key = key(class);
        if let Some(id) = self.by_key.get(key) {
            return Some(*id);
        }
        if under_way.contains(&key) {
            return None; // a broken IDL: a class cannot be its own base
        }
        under_way.push(key);
        let described = class.bases.iter().filter_map(class_of).filter_map(|base| all.get(base));
        let mut bases = Vec::new();
        for base in described {
            bases.extend(self.add(base, all, under_way));
        }
        let is_superclass = |id: &ClassId| !self.get(*id).class.kind.is_interface();
        let superclass = bases.first().copied().filter(is_superclass);
        under_way.pop();
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

    /// Leaves out bases that others derive from, and those that Python cannot
    /// put in order behind the ones before.
    fn arrange(&self, bases: &[ClassId]) -> (Vec<ClassId>, Vec<ClassId>) {
        let is_ancestor =
            |base: &ClassId| bases.iter().any(|other| self.get(*other).lineage.contains(base));
        let (mut kept, mut lineage) = (Vec::new(), Vec::new());
        for base in bases {
            if is_ancestor(base) || kept.contains(base) {
                continue;
            }
            kept.push(*base);
            match self.linearized(&kept) {
                Some(line) => lineage = line,
                None => _ = kept.pop(),
            }
        }
        (kept, lineage)
    }

    /// The C3 linearization behind a class with these bases.
    fn linearized(&self, bases: &[ClassId]) -> Option<Vec<ClassId>> {
        let of_base = |base: &ClassId| {
            let lineage = &self.get(*base).lineage;
            std::iter::once(*base).chain(lineage.iter().copied()).collect::<Vec<_>>()
        };
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

    /// The simple name goes to the class in the shallowest package, where there
    /// is one; the others get packages in front of theirs.
    fn give_names(&mut self, names: &mut Names) {
        let mut same: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
        let own = self.list.iter().enumerate().filter(|(_, info)| !info.is_external);
        for (index, info) in own {
            let depth = info.package().len();
            same.entry(identifier(&info.class.name)).or_default().push((depth, index));
        }
        let mut left = Vec::new();
        for (name, mut claimants) in same {
            claimants.sort_unstable();
            let is_alone = claimants.get(1).is_none_or(|second| second.0 != claimants[0].0);
            let winner = if is_alone { names.take(&name) } else { None };
            let losers = usize::from(winner.is_some());
            if let Some(winner) = winner {
                self.list[claimants[0].1].name = winner;
            }
            left.extend(claimants[losers..].iter().map(|claimant| claimant.1));
        }
        for index in left {
            self.list[index].name = self.qualified(index, names);
        }
        // What lies elsewhere gets its whole name: java_util_List.
        for info in self.list.iter_mut().filter(|info| info.is_external) {
            info.name = names.give(info.key);
        }
    }

    /// `status_StatusLogger`, with as many packages as it takes.
    fn qualified(&self, index: usize, names: &mut Names) -> String {
        let info = &self.list[index];
        let package = info.package();
        let with = |count: usize| {
            let parts = package[package.len() - count..].iter().copied();
            identifier(&parts.chain([info.class.name.as_str()]).collect::<Vec<_>>().join("_"))
        };
        let free = (1..=package.len()).map(with).find_map(|name| names.take(&name));
        free.unwrap_or_else(|| names.give(&info.class.name))
    }

    pub(crate) fn get(&self, id: ClassId) -> &ClassInfo<'a> {
        &self.list[id.0]
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = ClassId> + use<> {
        (0..self.list.len()).map(ClassId)
    }

    pub(crate) fn with_key(&self, key: &str) -> Option<ClassId> {
        self.by_key.get(key).copied()
    }
}

/// What the guest calls a class.
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
