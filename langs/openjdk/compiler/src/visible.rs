//! What a caller can see and use in a set of classes.
//!
//! Public members of public classes. A public class may inherit members from a class that is not
//! public (a hidden one): they are called through the public class, so they are listed there.

use std::borrow::Cow;
use std::collections::BTreeMap;

use metaffi_idl::ClassKind;
use noak::AccessFlags;

use crate::generic::{Generic, Substitution, substitution};
use crate::java::{JavaClass, JavaField, JavaMethod, Nesting};

/// Types that a block can close at its end.
const CLOSEABLE: &[&str] = &["java.lang.AutoCloseable", "java.io.Closeable"];

/// Why a class is in the set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    /// It belongs to the source.
    Own,
    /// It is external, and callers of the source need its description.
    Described,
    /// It is external, and only needed for information about other classes.
    Known,
}

/// All classes of a source by name, and the external classes that they need.
#[derive(Default)]
pub(crate) struct ClassSet {
    classes: BTreeMap<String, (JavaClass, Role)>,
}

/// A class or interface that another class inherits from.
struct Ancestor<'s> {
    class: &'s JavaClass,
    /// The types of its variables in the other class.
    means: Substitution,
}

impl ClassSet {
    /// Adds a class; if names repeat, the first one stays, as on a class path.
    pub(crate) fn add(&mut self, class: JavaClass, role: Role) {
        self.classes.entry(class.name.clone()).or_insert((class, role));
    }

    pub(crate) fn get(&self, name: &str) -> Option<&JavaClass> {
        self.classes.get(name).map(|(class, _)| class)
    }

    /// Why a class is in the set.
    pub(crate) fn role(&self, name: &str) -> Option<Role> {
        self.classes.get(name).map(|(_, role)| *role)
    }

    /// Describes a class that was only known.
    pub(crate) fn describe(&mut self, name: &str) {
        if let Some((_, role)) = self.classes.get_mut(name) {
            *role = Role::Described.min(*role);
        }
    }

    /// The classes of a role that a caller can see, by name.
    pub(crate) fn shown(&self, role: Role) -> impl Iterator<Item = &JavaClass> {
        let of_role = self.classes.values().filter(move |(_, own)| *own == role);
        of_role.map(|(class, _)| class).filter(|class| self.is_shown(class))
    }

    /// Whether `class` and all classes around it are public.
    pub(crate) fn is_shown(&self, class: &JavaClass) -> bool {
        let mut class = class;
        // In broken class files, outer classes may form a cycle.
        for _ in 0..=self.classes.len() {
            match &class.nesting {
                _ if class.is_internal || !is_offered(class.flags) => return false,
                Nesting::TopLevel => return true,
                Nesting::Local => return false,
                Nesting::Member { outer, .. } => match self.get(outer) {
                    Some(outer) => class = outer,
                    None => return true,
                },
            }
        }
        false
    }

    /// The class and its enclosing instances' classes, innermost first.
    pub(crate) fn instance_scopes<'s>(&'s self, class: &'s JavaClass) -> Vec<&'s JavaClass> {
        let mut scopes = vec![class];
        while let Nesting::Member { outer, is_inner: true } = &scopes[scopes.len() - 1].nesting {
            match self.get(outer) {
                Some(outer) if scopes.len() < 8 => scopes.push(outer),
                _ => break,
            }
        }
        scopes
    }

    /// Whether unannotated types in `class` are not null.
    pub(crate) fn is_null_marked(&self, class: &JavaClass) -> bool {
        let package = || self.get(&format!("{}.package-info", class.package()));
        let mut class = class;
        for _ in 0..8 {
            match class.outer().and_then(|outer| self.get(outer)) {
                _ if class.marks.is_null_marked => return true,
                Some(outer) => class = outer,
                None => break,
            }
        }
        package().is_some_and(|package| package.marks.is_null_marked)
    }

    /// The hidden classes and interfaces whose members are visible through `class`, but not already
    /// through a visible ancestor.
    fn hidden_ancestors<'s>(&'s self, class: &'s JavaClass) -> Vec<Ancestor<'s>> {
        let mut hidden = self.ancestors(class, |parent| !self.is_shown(parent));
        if !hidden.is_empty() {
            for parent in self.ancestors(class, |_| true) {
                if self.is_shown(parent.class) {
                    let seen = self.ancestors(parent.class, |above| !self.is_shown(above));
                    let is_seen =
                        |one: &Ancestor<'_>| seen.iter().any(|o| o.class.name == one.class.name);
                    hidden.retain(|one| !is_seen(one));
                }
            }
        }
        hidden
    }

    /// The classes and interfaces that `class` inherits from, nearest first, following only those
    /// that `follow` accepts.
    fn ancestors<'s>(
        &'s self,
        class: &'s JavaClass,
        follow: impl Fn(&JavaClass) -> bool,
    ) -> Vec<Ancestor<'s>> {
        let mut found = vec![Ancestor { class, means: Substitution::new() }];
        let mut next = 0;
        while let Some(current) = found.get(next) {
            let mut further = Vec::new();
            for parent in current.class.superclass.iter().chain(&current.class.interfaces) {
                let parent = parent.substitute(&current.means);
                let is_new = |name: &str| {
                    let seen = found.iter().chain(&further);
                    !seen.into_iter().any(|ancestor: &Ancestor<'_>| ancestor.class.name == name)
                };
                let name = parent.class_name().filter(|name| is_new(name));
                let class = name.and_then(|name| self.get(name)).filter(|class| follow(class));
                further
                    .extend(class.map(|class| Ancestor { class, means: meaning(class, &parent) }));
            }
            found.extend(further);
            next += 1;
        }
        found.split_off(1)
    }

    /// All classes and interfaces that `class` inherits from, nearest first, with the types of
    /// their variables in `class`.
    pub(crate) fn inherited<'s>(
        &'s self,
        class: &'s JavaClass,
    ) -> impl Iterator<Item = (&'s JavaClass, Substitution)> {
        self.ancestors(class, |_| true).into_iter().map(|found| (found.class, found.means))
    }

    /// The nearest superclass that a caller can see.
    pub(crate) fn superclass(&self, class: &JavaClass) -> Option<Generic> {
        let mut superclass = class.superclass.clone()?;
        for _ in 0..=self.classes.len() {
            match superclass.class_name().and_then(|name| self.get(name)) {
                Some(parent) if !self.is_shown(parent) => {
                    superclass =
                        parent.superclass.as_ref()?.substitute(&meaning(parent, &superclass));
                }
                _ => return Some(superclass),
            }
        }
        None
    }

    /// The kind of a class. A throwable class is an exception, whatever else it is.
    pub(crate) fn kind(&self, class: &JavaClass) -> ClassKind {
        if self.is_throwable(class) { ClassKind::Exception } else { class.kind() }
    }

    /// Whether objects of `class` can be thrown. For classes that cannot be found, this is guessed
    /// from the name.
    fn is_throwable(&self, class: &JavaClass) -> bool {
        let mut name = class.name.as_str();
        for _ in 0..=self.classes.len() {
            match self.get(name) {
                _ if name == "java.lang.Throwable" => return true,
                Some(class) => match class.superclass_name() {
                    Some(superclass) => name = superclass,
                    None => return false,
                },
                None => {
                    let is_named = ["Exception", "Error"];
                    return is_named.iter().any(|ending| name.ends_with(ending));
                }
            }
        }
        false
    }

    /// Whether a block can close objects of `class`.
    pub(crate) fn is_closeable(&self, class: &JavaClass) -> bool {
        let closes = |name: &str| CLOSEABLE.contains(&name);
        let ancestors = self.ancestors(class, |_| true);
        let all = ancestors.iter().map(|ancestor| ancestor.class).chain([class]);
        all.into_iter().flat_map(JavaClass::parents).any(closes)
    }

    /// The interfaces of `class` that a caller can see.
    pub(crate) fn interfaces(&self, class: &JavaClass) -> Vec<Generic> {
        let own = class.interfaces.iter().cloned();
        let seen_through = self.hidden_ancestors(class).into_iter().flat_map(|hidden| {
            hidden.class.interfaces.iter().map(move |name| name.substitute(&hidden.means))
        });
        let mut found: Vec<Generic> = Vec::new();
        for interface in own.chain(seen_through) {
            let class = interface.class_name().and_then(|name| self.get(name));
            let is_hidden = class.is_some_and(|class| !self.is_shown(class));
            let is_new = !found.iter().any(|other| other.class_name() == interface.class_name());
            if !is_hidden && is_new {
                found.push(interface);
            }
        }
        found
    }

    /// The constructors with which a caller can make an instance.
    pub(crate) fn constructors<'s>(&self, class: &'s JavaClass) -> Vec<Cow<'s, JavaMethod>> {
        let can_be_made = !class.flags.intersects(AccessFlags::ABSTRACT | AccessFlags::INTERFACE);
        let offered = |method: &&JavaMethod| method.is_constructor() && is_offered(method.flags);
        let constructors = class.methods.iter().filter(offered).filter(|_| can_be_made);
        constructors.map(Cow::Borrowed).collect()
    }

    /// The methods of `class`, and those inherited from hidden ancestors.
    pub(crate) fn methods<'s>(&'s self, class: &'s JavaClass) -> Vec<Cow<'s, JavaMethod>> {
        let mut methods: Vec<Cow<'s, JavaMethod>> = own_methods(class).map(Cow::Borrowed).collect();
        for Ancestor { class: ancestor, means } in self.hidden_ancestors(class) {
            // Some compilers overload by the result type alone, within one class.
            let nearer = methods.len();
            for method in own_methods(ancestor).filter(|method| is_inherited(ancestor, method)) {
                if !methods[..nearer].iter().any(|nearer| nearer.same_signature(method)) {
                    methods.push(if means.is_empty() {
                        Cow::Borrowed(method)
                    } else {
                        Cow::Owned(method.substitute(&means))
                    });
                }
            }
        }
        methods
    }

    /// The fields of `class`, and those inherited from hidden ancestors.
    pub(crate) fn fields<'s>(&'s self, class: &'s JavaClass) -> Vec<Cow<'s, JavaField>> {
        let mut fields: Vec<Cow<'s, JavaField>> = Vec::new();
        let hidden = self.hidden_ancestors(class);
        let own = Ancestor { class, means: Substitution::new() };
        for source in std::iter::once(&own).chain(&hidden) {
            for field in source.class.fields.iter().filter(|field| is_offered(field.flags)) {
                if !fields.iter().any(|nearer| nearer.name == field.name) {
                    fields.push(if source.means.is_empty() {
                        Cow::Borrowed(field)
                    } else {
                        Cow::Owned(field.substitute(&source.means))
                    });
                }
            }
        }
        fields
    }
}

/// The types of the variables of `class` where it is used as `used`.
fn meaning(class: &JavaClass, used: &Generic) -> Substitution {
    substitution(&class.variables, used.arguments())
}

/// Whether a member is public, and not generated by a compiler.
pub(crate) fn is_offered(flags: AccessFlags) -> bool {
    flags.contains(AccessFlags::PUBLIC) && !flags.contains(AccessFlags::SYNTHETIC)
}

fn own_methods(class: &JavaClass) -> impl Iterator<Item = &JavaMethod> {
    class.methods.iter().filter(|method| {
        let is_method = !matches!(method.name.as_str(), "<init>" | "<clinit>");
        is_method && is_offered(method.flags) && !method.flags.contains(AccessFlags::BRIDGE)
    })
}

/// Static methods of interfaces are not inherited.
fn is_inherited(ancestor: &JavaClass, method: &JavaMethod) -> bool {
    !(ancestor.flags.contains(AccessFlags::INTERFACE) && method.flags.contains(AccessFlags::STATIC))
}
