//! Names of overloads for hosts that have none: made from the signature, so
//! that another version of a library moves no name to another function.

use metaffi_idl::Base;

use crate::classes::Classes;
use crate::overloads::{Argument, Candidate};
use crate::shape::Shape;

/// What a candidate's name gets behind it among several of one name: the types
/// of its parameters, each a word (`String`, `Int32Array`). Nothing for one
/// without parameters.
pub fn suffix(candidate: &Candidate<'_>, classes: &Classes<'_>) -> Vec<String> {
    let word = |one: &Argument<'_>| {
        let word = match &one.shape {
            // Of a class that plain values are of, the class's name.
            Shape::Plain(_) if !one.declared.type_alias.is_empty() => {
                simple_name(&one.declared.type_alias)
            }
            shape => word(shape, classes),
        };
        if one.is_rest { format!("{word}s") } else { word }
    };
    candidate.parameters.iter().map(word).collect()
}

fn word(shape: &Shape, classes: &Classes<'_>) -> String {
    match shape {
        Shape::Null => "None".to_owned(),
        Shape::Scalar(base) => scalar(*base).to_owned(),
        Shape::Text => "String".to_owned(),
        Shape::Bytes => "Bytes".to_owned(),
        Shape::Object(id, _) | Shape::Value(id, _) => simple_name(classes.get(*id).key),
        Shape::Items(_, Some(id)) | Shape::Entries(_, _, Some(id)) => {
            simple_name(classes.get(*id).key)
        }
        Shape::Handle => "Object".to_owned(),
        Shape::Any => "Any".to_owned(),
        Shape::Variable(name) => name.clone(),
        Shape::Plain(_) => "Value".to_owned(),
        Shape::Optional(of) => word(of, classes),
        Shape::Function(..) => "Func".to_owned(),
        Shape::Items(_, None) => "Items".to_owned(),
        Shape::Entries(_, _, None) => "Map".to_owned(),
        Shape::Array(of) | Shape::Packed(of) => format!("{}Array", word(of, classes)),
    }
}

/// `Entry` of `java.util.Map$Entry`: a word of letters and digits.
fn simple_name(key: &str) -> String {
    let last = key.rsplit(['.', '/', '$', '*']).next().unwrap_or(key);
    last.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn scalar(base: Base) -> &'static str {
    match base {
        Base::Bool => "Bool",
        Base::Int8 => "Int8",
        Base::Int16 => "Int16",
        Base::Int32 => "Int32",
        Base::Int64 => "Int64",
        Base::Uint8 => "Uint8",
        Base::Uint16 => "Uint16",
        Base::Uint32 => "Uint32",
        Base::Uint64 => "Uint64",
        Base::Size => "Size",
        Base::Float32 => "Float32",
        Base::Float64 => "Float64",
        Base::Char8 => "Char8",
        Base::Char16 => "Char16",
        Base::Char32 => "Char32",
        Base::String8 | Base::String16 | Base::String32 => "String",
        Base::Handle => "Object",
        Base::Any => "Any",
        Base::Null => "None",
        Base::Callable => "Func",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::target::Inheritance;
    use crate::testing::{class, function, idl, target};

    #[test]
    fn a_suffix_says_what_is_taken() {
        let idl = idl(vec![class("java.util.Map$Entry", &[])]);
        let classes = Classes::of(&idl, target(Inheritance::None));
        let mut many = function("f", &[Base::String8, Base::Int32]);
        let entry = metaffi_idl::TypeTree::Class {
            id: "java.util.Map$Entry".to_owned(),
            arguments: Vec::new(),
        };
        many.parameters.push(metaffi_idl::Parameter::typed("entry", entry));
        let words = |function| {
            let candidates = Candidate::of(function, None, &classes);
            suffix(&candidates[0], &classes).concat()
        };
        assert_eq!(words(&many), "StringInt32Entry");
        let nothing = function("f", &[]);
        assert_eq!(words(&nothing), "");
        let mut boxed = function("f", &[Base::Any]);
        boxed.parameters[0] = boxed.parameters[0].clone().alias("java.lang.Integer");
        boxed.parameters[0].accepts = vec![Base::Int32.into()];
        assert_eq!(words(&boxed), "Integer");
    }
}
