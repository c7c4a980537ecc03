//! What of a set of classes a caller can see and use.
//!
//! Public members of public classes. A public class may inherit members from
//! a class that is not public (a hidden one): they are called through the
//! public class, so they are shown there.

use std::collections::BTreeMap;

use noak::AccessFlags;

use crate::java::{JavaClass, JavaField, JavaMethod, Nesting};

/// What a block closes at its end.
const CLOSEABLE: &[&str] = &["java.lang.AutoCloseable", "java.io.Closeable"];

/// All classes of a source by name.
#[derive(Default)]
pub(crate) struct ClassSet {
    classes: BTreeMap<String, JavaClass>,
}

impl ClassSet {
    /// Adds a class; the first of one name stays, as on a class path.
    pub(crate) fn add(&mut self, class: JavaClass) {
        self.classes.entry(class.name.clone()).or_insert(class);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.classes.is_empty()
    }

    /// The classes that a caller can see, by name.
    pub(crate) fn shown(&self) -> impl Iterator<Item = &JavaClass> {
        self.classes.values().filter(|class| self.is_shown(class))
    }

    /// Whether `class` and all classes around it are public.
    fn is_shown(&self, class: &JavaClass) -> bool {
        let mut class = class;
        // Broken class files may lie in each other in a circle.
        for _ in 0..=self.classes.len() {
            match &class.nesting {
                _ if !is_offered(class.flags) => return false,
                Nesting::TopLevel => return true,
                Nesting::Local => return false,
                Nesting::Member { outer } => match self.classes.get(outer) {
                    Some(outer) => class = outer,
                    None => return true,
                },
            }
        }
        false
    }

    /// The hidden classes and interfaces whose members are seen through
    /// `class`, and not already through one that it inherits from.
    fn hidden_ancestors<'s>(&'s self, class: &'s JavaClass) -> Vec<&'s JavaClass> {
        let mut hidden = self.ancestors(class, |parent| !self.is_shown(parent));
        if !hidden.is_empty() {
            for parent in self.ancestors(class, |_| true) {
                if self.is_shown(parent) {
                    let seen = self.ancestors(parent, |above| !self.is_shown(above));
                    hidden.retain(|one| !seen.iter().any(|other| other.name == one.name));
                }
            }
        }
        hidden
    }

    /// Classes and interfaces that `class` inherits from, nearest first,
    /// following only those that `follow` names.
    fn ancestors<'s>(
        &'s self,
        class: &'s JavaClass,
        follow: impl Fn(&JavaClass) -> bool,
    ) -> Vec<&'s JavaClass> {
        let mut found = vec![class];
        let mut next = 0;
        while let Some(current) = found.get(next) {
            for name in current.superclass.iter().chain(&current.interfaces) {
                let parent = self.classes.get(name).filter(|parent| follow(parent));
                let is_new = |parent: &&JavaClass| !found.iter().any(|f| f.name == parent.name);
                found.extend(parent.filter(is_new));
            }
            next += 1;
        }
        found.split_off(1)
    }

    /// The nearest superclass that a caller can see.
    pub(crate) fn superclass<'s>(&'s self, class: &'s JavaClass) -> Option<&'s str> {
        let mut name = class.superclass.as_deref()?;
        for _ in 0..=self.classes.len() {
            match self.classes.get(name) {
                Some(parent) if !self.is_shown(parent) => name = parent.superclass.as_deref()?,
                _ => return Some(name),
            }
        }
        None
    }

    /// Whether objects of `class` can be thrown. Of the JDK's classes the names
    /// say it.
    pub(crate) fn is_throwable(&self, class: &JavaClass) -> bool {
        let mut superclass = class.superclass.as_deref();
        for _ in 0..=self.classes.len() {
            let Some(name) = superclass else { return false };
            match self.classes.get(name) {
                Some(parent) => superclass = parent.superclass.as_deref(),
                None => {
                    let is_named = ["Exception", "Error", "Throwable"];
                    return is_named.iter().any(|ending| name.ends_with(ending));
                }
            }
        }
        false
    }

    /// Whether a block can close objects of `class`.
    pub(crate) fn is_closeable(&self, class: &JavaClass) -> bool {
        let closes = |name: &String| CLOSEABLE.contains(&name.as_str());
        let all = self.ancestors(class, |_| true);
        all.into_iter().chain([class]).any(|one| one.interfaces.iter().any(closes))
    }

    /// The interfaces of `class` that a caller can see.
    pub(crate) fn interfaces<'s>(&'s self, class: &'s JavaClass) -> Vec<&'s str> {
        let mut names: Vec<&str> = Vec::new();
        for source in std::iter::once(class).chain(self.hidden_ancestors(class)) {
            for name in &source.interfaces {
                let hidden = self.classes.get(name).is_some_and(|parent| !self.is_shown(parent));
                if !hidden && !names.contains(&name.as_str()) {
                    names.push(name);
                }
            }
        }
        names
    }

    /// The constructors with which a caller can make an instance.
    pub(crate) fn constructors<'s>(&self, class: &'s JavaClass) -> Vec<&'s JavaMethod> {
        let can_be_made = !class.flags.intersects(AccessFlags::ABSTRACT | AccessFlags::INTERFACE);
        let offered = |method: &&JavaMethod| method.is_constructor() && is_offered(method.flags);
        class.methods.iter().filter(offered).filter(|_| can_be_made).collect()
    }

    /// The methods of `class`, and those that it has from hidden ancestors.
    pub(crate) fn methods<'s>(&'s self, class: &'s JavaClass) -> Vec<&'s JavaMethod> {
        let mut methods: Vec<&JavaMethod> = own_methods(class).collect();
        for ancestor in self.hidden_ancestors(class) {
            // Some compilers overload by the result alone, within one class.
            let nearer = methods.len();
            for method in own_methods(ancestor).filter(|method| is_inherited(ancestor, method)) {
                if !methods[..nearer].iter().any(|nearer| nearer.same_signature(method)) {
                    methods.push(method);
                }
            }
        }
        methods
    }

    /// The fields of `class`, and those that it has from hidden ancestors.
    pub(crate) fn fields<'s>(&'s self, class: &'s JavaClass) -> Vec<&'s JavaField> {
        let mut fields: Vec<&JavaField> = Vec::new();
        for source in std::iter::once(class).chain(self.hidden_ancestors(class)) {
            for field in source.fields.iter().filter(|field| is_offered(field.flags)) {
                if !fields.iter().any(|nearer| nearer.name == field.name) {
                    fields.push(field);
                }
            }
        }
        fields
    }
}

/// Public, and written by a person.
fn is_offered(flags: AccessFlags) -> bool {
    flags.contains(AccessFlags::PUBLIC) && !flags.contains(AccessFlags::SYNTHETIC)
}

fn own_methods(class: &JavaClass) -> impl Iterator<Item = &JavaMethod> {
    class.methods.iter().filter(|method| {
        let is_method = !matches!(method.name.as_str(), "<init>" | "<clinit>");
        is_method && is_offered(method.flags) && !method.flags.contains(AccessFlags::BRIDGE)
    })
}

/// Static methods of interfaces stay where they are.
fn is_inherited(ancestor: &JavaClass, method: &JavaMethod) -> bool {
    !(ancestor.flags.contains(AccessFlags::INTERFACE) && method.flags.contains(AccessFlags::STATIC))
}
