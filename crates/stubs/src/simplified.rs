//! Types that a host cannot express, and what replaces them.

use metaffi_idl::{Callable, Class, Idl, Parameter, TypeTree};

use crate::classes::Classes;
use crate::overloads::Candidate;
use crate::shape::Shape;

/// A type that is more precise than the host's language can express.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Simplified {
    /// The parameter or result: `pandas.read_csv, parameter sep`.
    pub what: String,
    /// What its type became: `optional<text> is any`.
    pub why: String,
}

/// How a host writes types.
pub trait Writes {
    /// The declared types of the parameters and results of a function; `class` is
    /// the class that contains it.
    fn written(&self, candidate: &Candidate<'_>, class: Option<&Class>) -> Written;

    /// The names that the host has for any value.
    fn anything(&self) -> &[&str];
}

/// The types of a function in the host's syntax.
#[derive(Clone, Debug, Default)]
pub struct Written {
    /// One for each parameter.
    pub parameters: Vec<String>,
    /// One for each result.
    pub results: Vec<String>,
}

/// The types of parameters and results that are just "anything" to a host
/// although the module declares more.
pub fn simplified(idl: &Idl, classes: &Classes<'_>, host: &dyn Writes) -> Vec<Simplified> {
    let own = idl.callables().filter(|one| !one.module.is_external && may_be_simplified(one));
    own.flat_map(|callable| of_callable(&callable, classes, host)).collect()
}

fn of_callable(
    callable: &Callable<'_>,
    classes: &Classes<'_>,
    host: &dyn Writes,
) -> Vec<Simplified> {
    // The last way to call it has all parameters.
    let Some(candidate) = Candidate::of(callable.function, None, classes).pop() else {
        return Vec::new();
    };
    let written = host.written(&candidate, callable.class);
    let name = full_name(callable);
    let parameters =
        candidate.parameters.iter().zip(&written.parameters).map(|(one, ty)| {
            (one.declared, &one.shape, ty, format!("{name}, parameter {}", one.name))
        });
    let results = candidate.results.iter().zip(&written.results);
    let results =
        results.map(|(one, ty)| (one.declared, &one.shape, ty, format!("{name}, result")));
    let is_simplified = |declared: &Parameter, shape: &Shape, ty: &str| {
        says_something(&declared.tree) && may_be_anything(shape) && names(ty, host.anything())
    };
    let simplified =
        parameters.chain(results).filter(|(one, shape, ty, _)| is_simplified(one, shape, ty));
    simplified
        .map(|(one, _, ty, what)| Simplified { what, why: format!("{} is {ty}", one.tree) })
        .collect()
}

/// Whether any of its types is one that a host may not be able to express.
fn may_be_simplified(callable: &Callable<'_>) -> bool {
    let function = callable.function;
    let mut values = function.parameters.iter().chain(&function.return_values);
    let is_plain =
        |tree: &TypeTree| matches!(tree, TypeTree::Scalar { .. } | TypeTree::Text | TypeTree::None);
    values.any(|value| !is_plain(&value.tree) && says_something(&value.tree))
}

/// Whether one of these names is a word of `text`.
fn names(text: &str, all: &[&str]) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || "_.:".contains(c);
    text.split(|c| !is_word(c)).any(|word| all.contains(&word))
}

/// Whether a type and all of its parts are known; a union or tuple counts even
/// if a part of it is unknown.
fn says_something(tree: &TypeTree) -> bool {
    let (mut has_any, mut is_compound) = (false, false);
    tree.walk(&mut |part| match part {
        TypeTree::Any => has_any = true,
        TypeTree::Union { .. } | TypeTree::Tuple { .. } => is_compound = true,
        _ => {}
    });
    !has_any || is_compound
}

/// Whether a host may have no type of its own for it.
fn may_be_anything(shape: &Shape) -> bool {
    match shape {
        Shape::Null | Shape::Scalar(_) | Shape::Text | Shape::Bytes | Shape::Value(..) => false,
        Shape::Object(_, arguments) => arguments.iter().any(may_be_anything),
        Shape::Optional(of) | Shape::Array(of) => may_be_anything(of),
        Shape::Packed(_) => false,
        Shape::Handle
        | Shape::Any
        | Shape::Variable(_)
        | Shape::Plain(_)
        | Shape::Function(..)
        | Shape::Items(..)
        | Shape::Entries(..) => true,
    }
}

fn full_name(callable: &Callable<'_>) -> String {
    let module = &*callable.module.name;
    match callable.class {
        None if module.is_empty() => callable.function.name.clone(),
        None => format!("{module}.{}", callable.function.name),
        Some(class) => format!("{}.{}", class.id, callable.function.name),
    }
}

#[cfg(test)]
mod tests {
    use metaffi_idl::{Base, Function, Module};

    use super::*;
    use crate::target::Inheritance;
    use crate::testing::target;

    /// Supports text, numbers and lists.
    struct Simple;

    impl Writes for Simple {
        fn written(&self, candidate: &Candidate<'_>, _: Option<&Class>) -> Written {
            let parameters = candidate.parameters.iter().map(|one| of(&one.shape)).collect();
            let results = candidate.results.iter().map(|one| of(&one.shape)).collect();
            Written { parameters, results }
        }

        fn anything(&self) -> &[&str] {
            &["thing"]
        }
    }

    fn of(shape: &Shape) -> String {
        match shape {
            Shape::Text => "string".to_owned(),
            Shape::Items(items, _) => format!("list of {}", of(items)),
            _ => "thing".to_owned(),
        }
    }

    #[test]
    fn types_that_a_host_cannot_express_are_reported_with_their_replacement() {
        let tuple = TypeTree::Tuple { items: vec![TypeTree::Any, TypeTree::Text] };
        let list = |of| TypeTree::List { of: Box::new(of) };
        let takes = [TypeTree::Any, list(TypeTree::Any), list(TypeTree::Text), list(tuple)];
        let parameter = |(at, tree): (usize, TypeTree)| Parameter::typed(format!("p{at}"), tree);
        let mut function = Function { name: "f".to_owned(), ..Function::default() };
        function.parameters = takes.into_iter().enumerate().map(parameter).collect();
        function.return_values = vec![Parameter::new("number", Base::Int64)];
        let module =
            Module { name: "m".to_owned(), functions: vec![function], ..Module::default() };
        let idl = Idl { modules: vec![module], ..Idl::default() };
        let classes = Classes::of(&idl, target(Inheritance::None));
        let found = simplified(&idl, &classes, &Simple);
        let found: Vec<String> =
            found.iter().map(|one| format!("{}: {}", one.what, one.why)).collect();
        assert_eq!(found, ["m.f, parameter p3: list<(any, text)> is list of thing"]);
    }
}
