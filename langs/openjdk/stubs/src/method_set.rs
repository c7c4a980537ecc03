//! The methods of one class, each with a signature that is valid there in Java.

use std::collections::HashSet;

use metaffi_idl::Operation;
use metaffi_stubs::{Classes, suffix};

use crate::inherit::{Form, Method};
use crate::names::identifier;
use crate::reserved::{self, Reserved, Root};
use crate::signature::is_return_compatible;

/// The methods of one class, collected one by one.
pub(crate) struct MethodSet<'s, 'a> {
    pub(crate) root: Root,
    pub(crate) own: Vec<Method<'a>>,
    pub(crate) inherited: &'s [Method<'a>],
    pub(crate) classes: &'s Classes<'a>,
    /// The names of classes.
    pub(crate) taken: &'s HashSet<String>,
}

impl<'a> MethodSet<'_, 'a> {
    /// Adds a method under its name, or under another one that is free.
    pub(crate) fn add(&mut self, mut method: Method<'a>, may_be_object_method: bool) {
        match method.operation.filter(|_| may_be_object_method) {
            Some(operation) => as_java(operation, &mut method),
            None => method.operation = None,
        }
        let mut renamed = false;
        loop {
            match self.fits(&method) {
                Fit::Free => break,
                Fit::Overrides => {
                    method.overrides = true;
                    break;
                }
                Fit::BuiltIn => return,
                Fit::Taken => {
                    if method.form == Form::Builder && !renamed && self.has_builder(&method) {
                        return;
                    }
                    let words = suffix(&method.candidate, self.classes).concat();
                    let more = if renamed || words.is_empty() {
                        "_".to_owned()
                    } else {
                        format!("_{words}")
                    };
                    method.signature.name = identifier(&(method.signature.name + &more));
                    method.operation = None;
                    renamed = true;
                }
            }
        }
        if method.form == Form::Builder {
            method.signature.returns = self.builder_name(&method);
        }
        self.own.push(method);
    }

    /// The class of a builder, under a name that no other class has.
    fn builder_name(&self, method: &Method<'_>) -> String {
        let base = &method.signature.returns;
        let words = suffix(&method.candidate, self.classes).concat();
        let words = identifier(&format!("{base}{words}"));
        let more = (1..).map(|count| format!("{words}Call{}", "_".repeat(count)));
        let all = [format!("{base}Call"), format!("{words}Call")].into_iter().chain(more);
        let is_free = |name: &String| {
            let has =
                |one: &Method<'_>| one.form == Form::Builder && one.signature.returns == *name;
            !self.taken.contains(name) && !self.own.iter().any(has)
        };
        all.into_iter().find(is_free).unwrap_or_default()
    }

    fn has_builder(&self, method: &Method<'_>) -> bool {
        let mut all = self.own.iter().chain(self.inherited);
        all.any(|one| one.form == Form::Builder && one.signature.clashes(&method.signature))
    }

    /// Adds a method of a base that Java does not know, if its signature is free.
    pub(crate) fn add_listed(&mut self, method: Method<'a>) {
        match self.fits(&method) {
            Fit::Free => self.own.push(method),
            Fit::Overrides => self.own.push(Method { overrides: true, ..method }),
            Fit::BuiltIn | Fit::Taken => {}
        }
    }

    /// Adds a method that several bases contribute, unless the class has it itself.
    pub(crate) fn add_missing(&mut self, method: Method<'a>) {
        if !self.own.iter().any(|one| one.signature.clashes(&method.signature)) {
            self.own.push(method);
        }
    }

    fn fits(&self, method: &Method<'_>) -> Fit {
        let signature = &method.signature;
        if self.own.iter().any(|one| one.signature.clashes(signature)) {
            return Fit::Taken;
        }
        let reserved = match reserved::find(self.root, signature) {
            None => Fit::Free,
            Some(Reserved::BuiltIn) => return Fit::BuiltIn,
            Some(Reserved::Returns(returns))
                if returns == signature.returns && !method.is_static =>
            {
                // Only the base class of objects already has a `close`.
                let is_new = signature.name == "close" && self.root != Root::Object;
                if is_new { Fit::Free } else { Fit::Overrides }
            }
            Some(_) => return Fit::Taken,
        };
        let mut fit = reserved;
        for other in self.inherited.iter().filter(|one| one.signature.clashes(signature)) {
            let fits = other.signature.is_same(signature)
                && other.is_static == method.is_static
                && is_return_compatible(&signature.returns, &other.signature.returns);
            if !fits {
                return Fit::Taken;
            }
            fit = if method.is_static { Fit::Free } else { Fit::Overrides };
        }
        fit
    }
}

/// Whether a method can be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    Free,
    Overrides,
    Taken,
    BuiltIn,
}

/// The Java name of an operation that every object has.
pub(crate) fn name_in_java(operation: Operation) -> Option<&'static str> {
    match operation {
        Operation::Text => Some("toString"),
        Operation::Equal => Some("equals"),
        Operation::Hash => Some("hashCode"),
        _ => None,
    }
}

/// Turns an operation into the Java method that corresponds to it.
fn as_java(operation: Operation, method: &mut Method<'_>) {
    let signature = &mut method.signature;
    let (takes, returns): (&[&str], &str) = match (operation, signature.name.as_str()) {
        (Operation::Text, "toString") => (&[], "String"),
        (Operation::Equal, "equals") => (&["Object"], "boolean"),
        (Operation::Hash, "hashCode") => (&[], "int"),
        _ => {
            method.operation = None;
            return;
        }
    };
    if signature.takes.len() != takes.len() {
        method.operation = None;
        return;
    }
    signature.takes = takes.iter().map(|one| (*one).to_owned()).collect();
    signature.erased.clone_from(&signature.takes);
    signature.declared.clone_from(&signature.takes);
    signature.returns = returns.to_owned();
    signature.variables.clear();
}
