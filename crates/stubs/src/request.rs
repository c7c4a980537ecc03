//! How an entity is loaded: its path, and the types that are passed.

use metaffi_idl::{EntityPath, Function, Parameter, Passing};
use serde::Serialize;

use crate::classes::Classes;
use crate::overloads::Candidate;
use crate::shape::Shape;

/// The arguments for loading an entity.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Request {
    /// The entity path.
    pub path: String,
    /// The types of the arguments, with the object first: `int64`,
    /// `handle<java.util.List>`, `string8_array[2]`.
    pub parameters: Vec<String>,
    /// The types of the results.
    pub results: Vec<String>,
}

impl Request {
    /// The entity of a candidate. Arguments that the guest converts from a
    /// function, list, map or implementing object are passed as `any` with
    /// their class. With `has_null_elements`, arrays that may contain null are
    /// returned as `any`.
    pub fn of(
        candidate: &Candidate<'_>,
        classes: &Classes<'_>,
        has_null_elements: bool,
    ) -> Request {
        let receiver = candidate.receiver.map(|id| match classes.is_value(id) {
            true => "any".to_owned(),
            false => "handle".to_owned(),
        });
        let parameters = candidate.parameters.iter().map(|argument| {
            let text = type_text(argument.declared);
            let element = argument.shape.innermost();
            // An iterable may be passed as a function that iterates over it.
            let crossing = if matches!(element, Shape::Items(..)) { "callable" } else { "handle" };
            let rest = text.strip_prefix("handle").or_else(|| text.strip_prefix(crossing));
            match rest.filter(|_| element.is_converted(classes)) {
                Some(rest) => format!("any{rest}"),
                None => text,
            }
        });
        let results = candidate.results.iter().map(|result| {
            match has_null_elements && result.shape.may_contain_null() {
                true => "any".to_owned(),
                false => type_text(result.declared),
            }
        });
        Request {
            path: path(candidate).to_string(),
            parameters: receiver.into_iter().chain(parameters).collect(),
            results: results.collect(),
        }
    }

    /// The entity of a function as declared in the IDL; an object is passed as
    /// a handle.
    pub fn of_function(function: &Function) -> Request {
        let is_method = function.entity_path.get("instance_required").is_some();
        let receiver = is_method.then(|| "handle".to_owned());
        let parameters = function.parameters.iter().map(type_text);
        Request {
            path: function.entity_path.to_string(),
            parameters: receiver.into_iter().chain(parameters).collect(),
            results: function.return_values.iter().map(type_text).collect(),
        }
    }
}

/// The path, without the tag that spreads the last list if that list is not
/// passed.
fn path(candidate: &Candidate<'_>) -> EntityPath {
    let is_rest = |declared: &Parameter| declared.passing == Passing::Variadic;
    let is_omitted = candidate.function.parameters.iter().any(is_rest)
        && !candidate.parameters.iter().any(|argument| is_rest(argument.declared));
    let path = &candidate.function.entity_path;
    let items = path.iter().filter(|(key, _)| !is_omitted || *key != "varargs");
    items.fold(EntityPath::new(), |path, (key, value)| path.with(key, value))
}

/// `int64`, `handle<java.util.List>`, `string8_array[2]`: a type's name, its
/// alias, and its rank if the name does not imply it.
pub fn type_text(declared: &Parameter) -> String {
    let mut text = declared.ty.to_string();
    if !declared.type_alias.is_empty() {
        text = format!("{text}<{}>", declared.type_alias);
    }
    match declared.dimensions {
        0 | 1 => text,
        -1 if declared.ty.base().is_none() => text,
        rank => format!("{text}[{rank}]"),
    }
}

#[cfg(test)]
mod tests {
    use metaffi_idl::{Base, TypeTree};

    use super::*;
    use crate::target::Inheritance;
    use crate::testing::{function, idl, target};

    #[test]
    fn an_omitted_list_is_not_spread() {
        let (idl, target) = (idl(Vec::new()), target(Inheritance::ByName));
        let classes = Classes::of(&idl, target);
        let mut joined = function("join", &[Base::String8]);
        joined.entity_path = joined.entity_path.tag("varargs");
        let of = Box::new(TypeTree::Text);
        let more = Parameter::typed("more", TypeTree::Array { of, rank: 1, packed: false });
        let more = Parameter { passing: Passing::Variadic, is_optional: true, ..more };
        joined.parameters.push(more);
        let ways = Candidate::of(&joined, None, &classes);
        let paths: Vec<String> =
            ways.iter().map(|way| Request::of(way, &classes, false).path).collect();
        assert_eq!(paths, ["callable=join", "callable=join,varargs"]);
    }
}
