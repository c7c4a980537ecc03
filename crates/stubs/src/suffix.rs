//! Names of overloads for hosts without overloading. They are derived from the
//! signature, so that a name keeps its function in another version of the
//! library.

use metaffi_idl::Base;

use crate::classes::Classes;
use crate::overloads::{Argument, Candidate};
use crate::shape::Shape;

/// The suffix that distinguishes a candidate from others of the same name: the
/// types of its parameters, each as a word (`String`, `Int32Array`). Empty for
/// a candidate without parameters.
pub fn suffix(candidate: &Candidate<'_>, classes: &Classes<'_>) -> Vec<String> {
    let word = |one: &Argument<'_>| {
        let word = match &one.shape {
            // For a class of plain values, the name of the class.
            Shape::Plain(_) if !one.declared.type_alias.is_empty() => {
                simple_name(&one.declared.type_alias)
            }
            shape => word(shape, classes),
        };
        if one.is_rest { format!("{word}s") } else { word }
    };
    candidate.parameters.iter().map(word).collect()
}

/// The suffixes of functions of the same name that the guest distinguishes by the names of their
/// arguments: the names of those required arguments that not all of the functions have, and, if
/// these are the same, the types by which a function differs from the most general one. `required`
/// are the required arguments of each function.
pub fn suffixes(required: &[Vec<&Argument<'_>>], classes: &Classes<'_>) -> Vec<String> {
    let has = |way: &[&Argument<'_>], name: &str| way.iter().any(|one| one.name == name);
    let label = |way: &Vec<&Argument<'_>>| -> String {
        let own = way.iter().filter(|one| !required.iter().all(|other| has(other, one.name)));
        own.map(|one| capitalized(one.name)).collect()
    };
    let labels: Vec<String> = required.iter().map(label).collect();
    let width = |at: usize| -> u64 {
        required[at].iter().map(|one| u64::from(one.shape.width(classes))).sum()
    };
    let widest = |label: &str| {
        let same = (0..required.len()).filter(|at| labels[*at] == label);
        same.rev().max_by_key(|at| width(*at))
    };
    let suffix = |at: usize| {
        let general = widest(&labels[at]).filter(|general| *general != at);
        let types = general.map(|general| differing(&required[at], &required[general], classes));
        labels[at].clone() + &types.unwrap_or_default()
    };
    (0..required.len()).map(suffix).collect()
}

/// The types of the arguments that have another type in `general`.
fn differing(way: &[&Argument<'_>], general: &[&Argument<'_>], classes: &Classes<'_>) -> String {
    let is_same = |one: &Argument<'_>| {
        general.iter().any(|other| other.name == one.name && other.shape == one.shape)
    };
    way.iter().filter(|one| !is_same(one)).map(|one| word(&one.shape, classes)).collect()
}

/// A name as a capitalized word: `chunk_size` becomes `ChunkSize`.
fn capitalized(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric());
    let capitalized = |word: &str| {
        let mut letters = word.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
    };
    words.map(capitalized).collect()
}

/// The overload that a name refers to when it is used alone, if exactly one qualifies: the
/// one with the fewest required arguments; of several such, the only one that takes just
/// text, numbers and booleans, otherwise the only one that takes anything.
pub fn plainest<'m, 'a>(overloads: &[&'m Candidate<'a>]) -> Option<&'m Candidate<'a>> {
    let fewest = overloads.iter().map(|one| one.required().count()).min()?;
    let mut shortest: Vec<&Candidate<'_>> = Vec::new();
    for one in overloads.iter().copied().filter(|one| one.required().count() == fewest) {
        // Of several with the same required arguments, the first is used.
        if !shortest.iter().any(|other| needs_the_same(one, other)) {
            shortest.push(one);
        }
    }
    if let [only] = shortest[..] {
        return Some(only);
    }
    // An overload for a character does not compete with one for text, which
    // accepts it too.
    let is_plain = |shape: &Shape| *shape == Shape::Text || shape.is_number();
    let is_any = |shape: &Shape| matches!(shape, Shape::Any | Shape::Variable(_));
    let taking = |accepts: &dyn Fn(&Shape) -> bool| -> Vec<&'m Candidate<'a>> {
        let takes = |one: &&&Candidate<'_>| one.required().all(|argument| accepts(&argument.shape));
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
    fn a_suffix_names_the_types_of_the_parameters() {
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

    /// The suffixes of functions with these required arguments, given by name
    /// and type.
    fn suffixes_of(functions: &[&[(&str, Base)]]) -> Vec<String> {
        let idl = idl(Vec::new());
        let classes = Classes::of(&idl, target(Inheritance::None));
        let function = |required: &&[(&str, Base)]| {
            let types: Vec<Base> = required.iter().map(|(_, base)| *base).collect();
            let mut function = function("f", &types);
            for (parameter, (name, _)) in function.parameters.iter_mut().zip(*required) {
                parameter.name = (*name).to_owned();
            }
            function
        };
        let functions: Vec<_> = functions.iter().map(function).collect();
        let of = |function| Candidate::of(function, None, &classes).remove(0);
        let candidates: Vec<Candidate<'_>> = functions.iter().map(of).collect();
        let required: Vec<Vec<&Argument<'_>>> =
            candidates.iter().map(|one| one.parameters.iter().collect()).collect();
        suffixes(&required, &classes)
    }

    #[test]
    fn functions_are_distinguished_by_argument_names_and_then_by_types() {
        let path = ("path", Base::Any);
        let read = [&[path][..], &[path, ("chunk_size", Base::Int64)]];
        assert_eq!(suffixes_of(&read), ["", "ChunkSize"]);
        let find = [&[("text", Base::Any)][..], &[("name", Base::Any)]];
        assert_eq!(suffixes_of(&find), ["Text", "Name"]);
        let range = [&[("start", Base::Int64)][..], &[("start", Base::Any)]];
        assert_eq!(suffixes_of(&range), ["Int64", ""], "the most general one has the plain name");
    }

    #[test]
    fn the_name_alone_refers_to_one_overload() {
        use Base::{Any, Bool, Char16, Float64, Handle, Int32, String8};
        let idl = idl(Vec::new());
        let classes = Classes::of(&idl, target(Inheritance::None));
        let plainest_of = |all: &[&[Base]]| {
            let functions: Vec<_> = all.iter().map(|takes| function("f", takes)).collect();
            let ways: Vec<Candidate<'_>> =
                functions.iter().flat_map(|one| Candidate::of(one, None, &classes)).collect();
            let found = plainest(&ways.iter().collect::<Vec<_>>());
            found.and_then(|found| ways.iter().position(|way| std::ptr::eq(way, found)))
        };
        assert_eq!(plainest_of(&[&[String8]]), Some(0));
        assert_eq!(
            plainest_of(&[&[String8, Int32], &[String8], &[Handle, Handle]]),
            Some(1),
            "shortest"
        );
        assert_eq!(plainest_of(&[&[Handle], &[String8], &[Any], &[Char16]]), Some(1), "plain");
        assert_eq!(plainest_of(&[&[String8], &[Int32]]), None);
        assert_eq!(plainest_of(&[&[Handle], &[Any]]), Some(1), "anything");
        assert_eq!(plainest_of(&[&[Bool, Float64], &[Bool, Handle]]), Some(0));
        assert_eq!(plainest_of(&[]), None);
    }
}
