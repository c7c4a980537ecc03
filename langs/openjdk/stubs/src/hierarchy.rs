//! What derives from what in Java: from at most one class, and from any number of interfaces.
//!
//! A guest class may derive from several classes. The first one remains the superclass. The
//! members of the others are added to the class itself, and `as` converts an object to one of
//! them.

use std::collections::HashSet;

use metaffi_idl::{ClassKind, Idl};
use metaffi_stubs::{ClassId, Classes};

/// Classes that the JDK has since version 12: stubs compile for 11.
const NEWER: &[&str] = &[
    "java.lang.MatchException",
    "java.lang.Record",
    "java.lang.ScopedValue",
    "java.lang.WrongThreadException",
    "java.lang.classfile.",
    "java.lang.foreign.",
    "java.lang.runtime.",
    "java.time.InstantSource",
    "java.util.HexFormat",
    "java.util.Sequenced",
    "java.util.random.",
];

/// Whether every JDK has the class.
fn is_of_jdk(key: &str) -> bool {
    key.starts_with("java.") && !NEWER.iter().any(|newer| key.starts_with(newer))
}

/// The place of a class in the hierarchy.
#[derive(Clone, Debug, Default)]
struct Place {
    superclass: Option<ClassId>,
    interfaces: Vec<ClassId>,
    /// Bases that Java cannot express; their members are added to the class.
    listed: Vec<ClassId>,
    is_interface: bool,
    is_exception: bool,
    is_value: bool,
    /// The class of the JDK that this class is.
    of_jdk: Option<String>,
    /// The names of its type parameters.
    parameters: Vec<String>,
}

/// The places of all classes.
pub(crate) struct Hierarchy {
    places: Vec<Place>,
    /// The names of classes, which type variables must not have.
    taken: HashSet<String>,
    /// Whether the module itself is written in Java, so that boxed values are the guest's own.
    pub(crate) is_in_place: bool,
}

impl Hierarchy {
    pub(crate) fn of(idl: &Idl, classes: &Classes<'_>, taken: HashSet<String>) -> Hierarchy {
        let is_in_place = idl.target_language == "openjdk";
        let mut hierarchy = Hierarchy { places: Vec::new(), taken, is_in_place };
        for id in classes.ids() {
            let place = hierarchy.place(id, classes);
            hierarchy.places.push(place);
        }
        hierarchy
    }

    /// Bases come first, so their places are known.
    fn place(&self, id: ClassId, classes: &Classes<'_>) -> Place {
        let info = classes.get(id);
        let kind = info.class.kind;
        let of_jdk = self.is_in_place && info.is_external && is_of_jdk(info.key);
        let mut place = Place {
            is_interface: kind.is_interface(),
            is_exception: kind == ClassKind::Exception,
            is_value: classes.is_value(id),
            of_jdk: of_jdk.then(|| info.key.replace('$', ".")),
            ..Place::default()
        };
        for base in info.bases.iter().filter(|_| !place.is_value) {
            let base_place = &self.places[base.index()];
            if base_place.of_jdk.is_some() || base_place.is_value {
                continue;
            }
            let may_derive = place.superclass.is_none()
                && !place.is_interface
                && (base_place.is_exception || kind != ClassKind::Exception);
            if base_place.is_interface {
                place.interfaces.push(*base);
            } else if may_derive {
                place.is_exception |= base_place.is_exception;
                place.superclass = Some(*base);
            } else if !place.is_interface {
                place.listed.push(*base);
            }
        }
        // Java has no exceptions with type parameters, and constants cannot have them either.
        if !place.is_exception && !place.is_value && kind != ClassKind::Enum {
            let own = info.class.type_parameters.iter();
            place.parameters = own.map(|one| one.name.clone()).collect();
        }
        place
    }

    /// Removes a base; the class then has the base's members itself.
    pub(crate) fn drop_base(&mut self, id: ClassId, base: ClassId) {
        let place = &mut self.places[id.index()];
        place.interfaces.retain(|one| *one != base);
        if place.superclass == Some(base) {
            place.superclass = None;
        }
        if !place.is_interface {
            place.listed.push(base);
        }
    }

    pub(crate) fn superclass(&self, id: ClassId) -> Option<ClassId> {
        self.places[id.index()].superclass
    }

    pub(crate) fn interfaces(&self, id: ClassId) -> &[ClassId] {
        &self.places[id.index()].interfaces
    }

    /// The superclass and the interfaces.
    pub(crate) fn bases(&self, id: ClassId) -> Vec<ClassId> {
        let place = &self.places[id.index()];
        place.superclass.into_iter().chain(place.interfaces.iter().copied()).collect()
    }

    pub(crate) fn listed(&self, id: ClassId) -> &[ClassId] {
        &self.places[id.index()].listed
    }

    pub(crate) fn is_interface(&self, id: ClassId) -> bool {
        self.places[id.index()].is_interface
    }

    pub(crate) fn is_exception(&self, id: ClassId) -> bool {
        self.places[id.index()].is_exception
    }

    pub(crate) fn is_value(&self, id: ClassId) -> bool {
        self.places[id.index()].is_value
    }

    /// The class of the JDK that a class is in this very process.
    pub(crate) fn of_jdk(&self, id: ClassId) -> Option<&str> {
        self.places[id.index()].of_jdk.as_deref()
    }

    /// The type parameters that the class has in Java.
    pub(crate) fn parameters(&self, id: ClassId, _classes: &Classes<'_>) -> &[String] {
        &self.places[id.index()].parameters
    }

    /// Whether `id` derives from `above` in Java.
    pub(crate) fn derives(&self, id: ClassId, above: ClassId) -> bool {
        id == above || self.bases(id).iter().any(|base| self.derives(*base, above))
    }

    /// All classes and interfaces above a class, as Java knows them.
    pub(crate) fn ancestors(&self, id: ClassId) -> Vec<ClassId> {
        let mut all = Vec::new();
        for base in self.bases(id) {
            all.push(base);
            all.extend(self.ancestors(base));
        }
        all
    }

    /// A type variable, under a name that no class has.
    pub(crate) fn variable(&self, name: &str) -> String {
        let mut name = crate::names::identifier(name);
        while self.taken.contains(&name) || JAVA_LANG.contains(&name.as_str()) {
            name.push('_');
        }
        name
    }
}

/// Classes that generated code names in a scope with type variables.
const JAVA_LANG: &[&str] = &[
    "Object",
    "String",
    "Override",
    "Iterable",
    "Throwable",
    "Class",
    "Boolean",
    "Byte",
    "Short",
    "Integer",
    "Long",
    "Float",
    "Double",
    "Character",
    "Comparable",
    "Void",
    "Runnable",
    "Deprecated",
    "SuppressWarnings",
    "Map",
    "Iterator",
    "Lift",
    "Lower",
    "Guest",
    "Entity",
    "StubModule",
    "GuestObject",
    "NamedCall",
    "Constant",
    "TypedCaller",
    "AnyFunction",
    "List",
    "GuestName",
    "Futures",
    "CompletableFuture",
];
