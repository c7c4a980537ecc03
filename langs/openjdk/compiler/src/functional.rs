//! Finds functional interfaces, and the parameters and result of their method.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use noak::AccessFlags;

use crate::generic::{Generic, Substitution, substitution};
use crate::java::{JavaClass, JavaMethod};
use crate::visible::ClassSet;

/// Single-method interfaces whose objects are not functions, but have an ability besides what they
/// are.
const ABILITIES: &[&str] = &[
    "java.io.Closeable",
    "java.io.Flushable",
    "java.lang.AutoCloseable",
    "java.lang.Comparable",
    "java.lang.Iterable",
    "java.lang.Readable",
];

/// The single abstract method of an interface, in terms of the interface's own variables.
pub(crate) struct SingleMethod {
    pub(crate) name: String,
    pub(crate) parameters: Vec<Generic>,
    pub(crate) result: Option<Generic>,
    pub(crate) throws: Vec<Generic>,
}

/// The functional interfaces in a set of classes, found on demand.
pub(crate) struct FunctionalInterfaces<'s> {
    pub(crate) classes: &'s ClassSet,
    found: RefCell<HashMap<String, Option<Rc<SingleMethod>>>>,
}

impl<'s> FunctionalInterfaces<'s> {
    pub(crate) fn of(classes: &'s ClassSet) -> Self {
        FunctionalInterfaces { classes, found: RefCell::default() }
    }

    /// The method of the functional interface `name`.
    pub(crate) fn single_method(&self, name: &str) -> Option<Rc<SingleMethod>> {
        if let Some(known) = self.found.borrow().get(name) {
            return known.clone();
        }
        let class = self.classes.get(name)?;
        let found = self.find(class).map(Rc::new);
        self.found.borrow_mut().insert(name.to_owned(), found.clone());
        found
    }

    /// The same for `used`, a class with type arguments.
    pub(crate) fn of_type(&self, used: &Generic) -> Option<SingleMethod> {
        let name = used.class_name()?;
        let method = self.single_method(name)?;
        let class = self.classes.get(name)?;
        Some(method.substitute(&substitution(&class.variables, used.arguments())))
    }

    fn find(&self, class: &JavaClass) -> Option<SingleMethod> {
        let declares_functions = class.flags.contains(AccessFlags::INTERFACE)
            && !class.flags.contains(AccessFlags::ANNOTATION)
            && class.permits.is_empty();
        if !declares_functions {
            return None;
        }
        // Methods of nearer types, which override those above.
        let mut seen: Vec<&JavaMethod> = Vec::new();
        let mut single: Option<(SingleMethod, &JavaClass)> = None;
        let own = std::iter::once((class, Substitution::new()));
        for (at, means) in own.chain(self.classes.inherited(class)) {
            let level = seen.len();
            for method in at.methods.iter().filter(|method| !is_of_object(method)) {
                if seen[..level].iter().any(|nearer| overrides(nearer, method)) {
                    continue;
                }
                if method.flags.contains(AccessFlags::ABSTRACT) {
                    if single.is_some() {
                        return None;
                    }
                    single = Some((SingleMethod::of(&method.substitute(&means)), at));
                }
                seen.push(method);
            }
        }
        let (method, declared_in) = single?;
        let is_ability = ABILITIES.contains(&declared_in.name.as_str());
        (!is_ability && is_function(class, &method)).then_some(method)
    }
}

/// The JDK annotates its functional interfaces, except for old ones, and has other single-method
/// interfaces that only describe an object (`Principal`).
fn is_function(class: &JavaClass, method: &SingleMethod) -> bool {
    let is_of_jdk = ["java.", "javax.", "jdk."].iter().any(|start| class.name.starts_with(start));
    class.marks.is_functional || !is_of_jdk || !method.parameters.is_empty()
}

fn is_of_object(method: &JavaMethod) -> bool {
    if method.flags.intersects(AccessFlags::STATIC | AccessFlags::PRIVATE) {
        return true;
    }
    match (method.name.as_str(), method.parameters.as_slice()) {
        ("hashCode" | "toString", []) => true,
        ("equals", [other]) => other.value.generic.class_name() == Some("java.lang.Object"),
        _ => false,
    }
}

/// Types are not compared, because they differ if the nearer type binds a variable.
fn overrides(nearer: &JavaMethod, method: &JavaMethod) -> bool {
    nearer.name == method.name && nearer.parameters.len() == method.parameters.len()
}

impl SingleMethod {
    fn of(method: &JavaMethod) -> SingleMethod {
        let parameters = method.parameters.iter();
        let own = substitution(&method.variables, &[]);
        let erased = |generic: &Generic| generic.substitute(&own);
        SingleMethod {
            name: method.name.clone(),
            parameters: parameters.map(|p| erased(&p.value.generic)).collect(),
            result: method.result.as_ref().map(|result| erased(&result.generic)),
            throws: method.throws.iter().map(erased).collect(),
        }
    }

    fn substitute(&self, with: &Substitution) -> SingleMethod {
        SingleMethod {
            name: self.name.clone(),
            parameters: self.parameters.iter().map(|own| own.substitute(with)).collect(),
            result: self.result.as_ref().map(|own| own.substitute(with)),
            throws: self.throws.iter().map(|own| own.substitute(with)).collect(),
        }
    }
}
