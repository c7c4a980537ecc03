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

/// What each of several functions of one name, which the guest calls by the names of their
/// arguments, gets behind that name: those of the arguments that it wants and not all want, and
/// where they are the same the types by which it differs from the one that takes most. `wanted` are
/// the arguments that each cannot do without.
pub fn suffixes(wanted: &[Vec<&Argument<'_>>], classes: &Classes<'_>) -> Vec<String> {
    let has = |way: &[&Argument<'_>], name: &str| way.iter().any(|one| one.name == name);
    let label = |way: &Vec<&Argument<'_>>| -> String {
        let own = way.iter().filter(|one| !wanted.iter().all(|other| has(other, one.name)));
        own.map(|one| capitalized(one.name)).collect()
    };
    let labels: Vec<String> = wanted.iter().map(label).collect();
    let width = |at: usize| -> u64 {
        wanted[at].iter().map(|one| u64::from(one.shape.width(classes))).sum()
    };
    let widest = |label: &str| {
        let alike = (0..wanted.len()).filter(|at| labels[*at] == label);
        alike.rev().max_by_key(|at| width(*at))
    };
    let suffix = |at: usize| {
        let general = widest(&labels[at]).filter(|general| *general != at);
        let types = general.map(|general| differing(&wanted[at], &wanted[general], classes));
        labels[at].clone() + &types.unwrap_or_default()
    };
    (0..wanted.len()).map(suffix).collect()
}

/// The types of the arguments that are of another type in `general`.
fn differing(way: &[&Argument<'_>], general: &[&Argument<'_>], classes: &Classes<'_>) -> String {
    let is_same = |one: &Argument<'_>| {
        general.iter().any(|other| other.name == one.name && other.shape == one.shape)
    };
    way.iter().filter(|one| !is_same(one)).map(|one| word(&one.shape, classes)).collect()
}

/// A name as a word behind others: `chunk_size` is `ChunkSize`.
fn capitalized(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric());
    let capitalized = |word: &str| {
        let mut letters = word.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
    };
    words.map(capitalized).collect()
}

/// The one of several overloads of a name that the name alone stands for, where exactly
/// one is meant: the one that must have the fewest arguments; of several the only one that
/// takes nothing but text, numbers and booleans, else the only one that takes anything.
pub fn plainest<'m, 'a>(overloads: &[&'m Candidate<'a>]) -> Option<&'m Candidate<'a>> {
    let fewest = overloads.iter().map(|one| one.required().count()).min()?;
    let mut shortest: Vec<&Candidate<'_>> = Vec::new();
    for one in overloads.iter().copied().filter(|one| one.required().count() == fewest) {
        // Of those that nothing tells apart which must be given, the first is meant.
        if !shortest.iter().any(|other| needs_the_same(one, other)) {
            shortest.push(one);
        }
    }
    if let [only] = shortest[..] {
        return Some(only);
    }
    // What takes a letter stands beside what takes text, which a letter is, too.
    let is_plain = |shape: &Shape| *shape == Shape::Text || shape.is_number();
    let is_any = |shape: &Shape| matches!(shape, Shape::Any | Shape::Variable(_));
    let taking = |wanted: &dyn Fn(&Shape) -> bool| -> Vec<&'m Candidate<'a>> {
        let takes = |one: &&&Candidate<'_>| one.required().all(|argument| wanted(&argument.shape));
        shortest.iter().filter(takes).copied().collect()
    };
    match (&taking(&is_plain)[..], &taking(&is_any)[..]) {
        ([only], _) | ([], [only]) => Some(only),
        _ => None,
    }
}

fn needs_the_same(one: &Candidate<'_>, other: &Candidate<'_>) -> bool {
    let shapes = |candidate: &Candidate<'_>| -> Vec<Shape> {
        candidate.required().map(|argument| argument.shape.clone()).collect()
    };
    shapes(one) == shapes(other)
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

    /// The suffixes of functions, of each the names and types of what it wants.
    fn told_apart(functions: &[&[(&str, Base)]]) -> Vec<String> {
        let idl = idl(Vec::new());
        let classes = Classes::of(&idl, target(Inheritance::None));
        let function = |wanted: &&[(&str, Base)]| {
            let types: Vec<Base> = wanted.iter().map(|(_, base)| *base).collect();
            let mut function = function("f", &types);
            for (parameter, (name, _)) in function.parameters.iter_mut().zip(*wanted) {
                parameter.name = (*name).to_owned();
            }
            function
        };
        let functions: Vec<_> = functions.iter().map(function).collect();
        let of = |function| Candidate::of(function, None, &classes).remove(0);
        let candidates: Vec<Candidate<'_>> = functions.iter().map(of).collect();
        let wanted: Vec<Vec<&Argument<'_>>> =
            candidates.iter().map(|one| one.parameters.iter().collect()).collect();
        suffixes(&wanted, &classes)
    }

    #[test]
    fn names_of_arguments_tell_functions_apart_and_types_where_they_are_the_same() {
        let path = ("path", Base::Any);
        let read = [&[path][..], &[path, ("chunk_size", Base::Int64)]];
        assert_eq!(told_apart(&read), ["", "ChunkSize"]);
        let find = [&[("text", Base::Any)][..], &[("name", Base::Any)]];
        assert_eq!(told_apart(&find), ["Text", "Name"]);
        let range = [&[("start", Base::Int64)][..], &[("start", Base::Any)]];
        assert_eq!(told_apart(&range), ["Int64", ""], "what takes most has the plain name");
    }

    #[test]
    fn the_name_alone_is_that_of_one() {
        use Base::{Any, Bool, Char16, Float64, Handle, Int32, String8};
        let idl = idl(Vec::new());
        let classes = Classes::of(&idl, target(Inheritance::None));
        let meant = |all: &[&[Base]]| {
            let functions: Vec<_> = all.iter().map(|takes| function("f", takes)).collect();
            let ways: Vec<Candidate<'_>> =
                functions.iter().flat_map(|one| Candidate::of(one, None, &classes)).collect();
            let meant = plainest(&ways.iter().collect::<Vec<_>>());
            meant.and_then(|meant| ways.iter().position(|way| std::ptr::eq(way, meant)))
        };
        assert_eq!(meant(&[&[String8]]), Some(0));
        assert_eq!(meant(&[&[String8, Int32], &[String8], &[Handle, Handle]]), Some(1), "shortest");
        assert_eq!(meant(&[&[Handle], &[String8], &[Any], &[Char16]]), Some(1), "plain");
        assert_eq!(meant(&[&[String8], &[Int32]]), None);
        assert_eq!(meant(&[&[Handle], &[Any]]), Some(1), "anything");
        assert_eq!(meant(&[&[Bool, Float64], &[Bool, Handle]]), Some(0));
        assert_eq!(meant(&[]), None);
    }
}
