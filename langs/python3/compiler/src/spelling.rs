//! How generated code writes the names that it uses but does not define.
//!
//! `str`, `list`, `Any` and the stub classes are written unchanged, unless the stubs
//! define a function, a class or a member of the same name: then an alias with a
//! leading `_` is used everywhere.

use metaffi_stubs::{ClassId, Classes, Names, Shape};

use crate::annotations::Annotated as _;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Names from other modules, with their module, in the order in which formatters sort
/// imports.
const FOREIGN: &[(&str, &str)] = &[
    ("bool", "builtins"),
    ("bytes", "builtins"),
    ("float", "builtins"),
    ("int", "builtins"),
    ("isinstance", "builtins"),
    ("iter", "builtins"),
    ("list", "builtins"),
    ("memoryview", "builtins"),
    ("object", "builtins"),
    ("property", "builtins"),
    ("staticmethod", "builtins"),
    ("str", "builtins"),
    ("tuple", "builtins"),
    ("type", "builtins"),
    ("Callable", "collections.abc"),
    ("Iterable", "collections.abc"),
    ("Iterator", "collections.abc"),
    ("Sequence", "collections.abc"),
    ("TYPE_CHECKING", "typing"),
    ("Any", "typing"),
    ("ClassVar", "typing"),
    ("Final", "typing"),
    ("Generic", "typing"),
    ("overload", "typing"),
];

/// Names that no stub may define, because generated code defines them itself (those
/// below, the local `_result`, and the aliases of foreign names), or because type
/// checkers allow `_` to be defined repeatedly.
pub(crate) fn reserved() -> impl Iterator<Item = String> {
    let own = ["_stubs", "_module", "_TypeVar", "bind_module_to_code", "_result", "_"];
    let own = own.map(str::to_owned);
    own.into_iter().chain(FOREIGN.iter().map(|(name, _)| format!("_{name}")))
}

/// The names of one stub file, and the foreign names that it used.
#[derive(Debug, Default)]
pub(crate) struct Spelling {
    /// The name of each class in annotations.
    classes: BTreeMap<ClassId, String>,
    /// The number of type parameters of each class.
    arities: BTreeMap<ClassId, usize>,
    /// The type variables, by the guest's names.
    variables: BTreeMap<String, String>,
    used_variables: RefCell<BTreeSet<String>>,
    /// The classes with an alias: alias and name.
    aliases: Vec<(String, String)>,
    shadowing: HashSet<String>,
    used: RefCell<BTreeSet<&'static str>>,
}

impl Spelling {
    /// `file` are the names that the file defines, `members` those that its classes define.
    pub(crate) fn new(
        classes: &Classes<'_>,
        file: &mut Names,
        members: HashSet<String>,
        variables: BTreeSet<String>,
    ) -> Spelling {
        let mut spelling = Spelling::default();
        for id in classes.ids() {
            let name = &classes.get(id).name;
            let mut written = name.clone();
            if members.contains(name) {
                written = file.give(&format!("_{}", name.trim_start_matches('_')));
                spelling.aliases.push((written.clone(), name.clone()));
            }
            spelling.classes.insert(id, written);
            spelling.arities.insert(id, classes.get(id).class.type_parameters.len());
        }
        for name in variables {
            let own = file.give(&format!("_{}", name.trim_start_matches('_')));
            spelling.variables.insert(name, own);
        }
        spelling.shadowing = members;
        spelling.shadowing.extend(file.iter().map(str::to_owned));
        spelling
    }

    /// A foreign name.
    pub(crate) fn of(&self, name: &'static str) -> String {
        self.used.borrow_mut().insert(name);
        if self.is_shadowed(name) { format!("_{name}") } else { name.to_owned() }
    }

    /// A stub class in an annotation.
    pub(crate) fn class(&self, id: ClassId) -> String {
        self.classes[&id].clone()
    }

    /// A stub class with its type arguments; `Any` for missing ones.
    pub(crate) fn class_of(&self, id: ClassId, arguments: &[Shape]) -> String {
        let (name, arity) = (self.class(id), self.arities[&id]);
        if arity == 0 {
            return name;
        }
        let named = if arguments.len() == arity { arguments } else { &[] };
        let written = named.iter().map(|argument| argument.result(self));
        let unnamed = std::iter::repeat_with(|| self.of("Any")).take(arity - named.len());
        format!("{name}[{}]", written.chain(unnamed).collect::<Vec<_>>().join(", "))
    }

    /// A type parameter.
    pub(crate) fn variable(&self, name: &str) -> String {
        match self.variables.get(name) {
            Some(own) => {
                self.used_variables.borrow_mut().insert(own.clone());
                own.clone()
            }
            None => self.of("Any"),
        }
    }

    /// The type parameters that were used so far.
    pub(crate) fn used_variables(&self) -> Vec<String> {
        self.used_variables.borrow().iter().cloned().collect()
    }

    /// The stub classes with an alias in annotations: alias and class.
    pub(crate) fn class_aliases(&self) -> &[(String, String)] {
        &self.aliases
    }

    /// The import lines for all foreign names that were used so far, sorted like formatters
    /// do, by module and first name; each alias has its own line.
    pub(crate) fn imports(&self) -> Vec<String> {
        let mut lines: Vec<(&str, String)> = Vec::new();
        let mut plain = None;
        for (name, module) in FOREIGN.iter().filter(|(name, _)| self.used.borrow().contains(name)) {
            let at = lines.len();
            if self.is_shadowed(name) {
                lines.push((module, format!("{name} as _{name}")));
            } else if *module != "builtins" {
                match plain.filter(|at: &usize| lines[*at].0 == *module) {
                    Some(at) => lines[at].1.push_str(&format!(", {name}")),
                    None => {
                        plain = Some(at);
                        lines.push((module, (*name).to_owned()));
                    }
                }
            }
        }
        lines.into_iter().map(|(module, names)| format!("from {module} import {names}")).collect()
    }

    fn is_shadowed(&self, name: &str) -> bool {
        self.shadowing.contains(name)
    }
}
