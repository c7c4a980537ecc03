//! Types that a host cannot write, and what stands for them.

use metaffi_idl::{Callable, Class, Idl, Parameter, TypeTree};

use crate::classes::Classes;
use crate::overloads::Candidate;
use crate::shape::Shape;

/// A type that says more than the host's language can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Simplified {
    /// Whose type it is: `pandas.read_csv, parameter sep`.
    pub what: String,
    /// What it became: `optional<text> is any`.
    pub why: String,
}

/// How a host writes types.
pub trait Writes {
    /// What the parameters and the results of a function are declared as; `class`
    /// is the one that it is in.
    fn written(&self, candidate: &Candidate<'_>, class: Option<&Class>) -> Written;

    /// The names that it has for anything at all.
    fn anything(&self) -> &[&str];
}

/// The types of a function, as a host writes them.
#[derive(Clone, Debug, Default)]
pub struct Written {
    /// One for each parameter.
    pub parameters: Vec<String>,
    /// One for each result.
    pub results: Vec<String>,
}

/// The types of parameters and results of which a host only knows that they
/// are something, though the module says more.
pub fn simplified(idl: &Idl, classes: &Classes<'_>, host: &dyn Writes) -> Vec<Simplified> {
    let own = idl.callables().filter(|one| !one.module.is_external && may_lose(one));
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
    let is_lost = |declared: &Parameter, shape: &Shape, ty: &str| {
        says_something(&declared.tree) && may_be_anything(shape) && names(ty, host.anything())
    };
    let lost = parameters.chain(results).filter(|(one, shape, ty, _)| is_lost(one, shape, ty));
    lost.map(|(one, _, ty, what)| Simplified { what, why: format!("{} is {ty}", one.tree) })
        .collect()
}

/// Whether any of its types says something that a host may not be able to.
fn may_lose(callable: &Callable<'_>) -> bool {
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

/// Whether a type is known, and all that it is made of; a choice and a row of
/// unlike things say something though a part is unknown.
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

    /// Knows text and numbers, and lists of them.
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
    fn what_a_host_cannot_write_is_told_with_what_it_becomes() {
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
        let told = simplified(&idl, &classes, &Simple);
        let told: Vec<String> =
            told.iter().map(|one| format!("{}: {}", one.what, one.why)).collect();
        assert_eq!(told, ["m.f, parameter p3: list<(any, text)> is list of thing"]);
    }
}
