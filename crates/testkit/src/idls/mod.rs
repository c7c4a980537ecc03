//! Random interfaces for property tests of readers and emitters.
//!
//! They look like the output of readers: references are resolved, type
//! parameters are in scope, overloads have ids. Names and documentation include
//! what is difficult in some language. Names no language.

mod classes;
mod functions;
mod texts;
mod types;

use metaffi_idl::{Idl, Module};
use proptest::collection::vec;
use proptest::prelude::*;

use classes::ClassPart;

/// Any interface with this stem, with up to six classes, some of which are
/// external.
pub fn any_idl(stem: &'static str) -> impl Strategy<Value = Idl> {
    let modules = (vec(classes::class(), 0..7), module(), vec(functions::operation(), 0..4));
    (modules, any::<(bool, bool)>()).prop_map(move |(parts, flags)| {
        let ((classes, module, operations), (has_null_elements, has_class_functions)) =
            (parts, flags);
        let class_function = |name: &str| has_class_functions.then(|| functions::of_object(name));
        let mut idl = Idl {
            idl_source: stem.to_owned(),
            idl_filename_with_extension: stem.to_owned(),
            target_language: "loopback".to_owned(),
            has_null_elements,
            class_of: class_function("class_of"),
            supertypes_of: class_function("supertypes_of"),
            object_operations: operations.into_iter().collect(),
            modules: with_classes(module, classes),
            ..Idl::default()
        };
        types::close(&mut idl);
        idl.complete();
        idl
    })
}

/// Functions and globals.
fn module() -> impl Strategy<Value = Module> {
    let functions = vec(functions::function(), 0..8);
    let parts = (texts::comment(), functions, vec(functions::global(), 0..4));
    parts.prop_map(|(comment, functions, globals)| Module {
        name: "odd".to_owned(),
        comment,
        functions: functions.into_iter().map(|function| function.into_function("")).collect(),
        globals,
        ..Module::default()
    })
}

/// The module, and an external one with the other classes.
fn with_classes(mut module: Module, parts: Vec<ClassPart>) -> Vec<Module> {
    let mut elsewhere =
        Module { name: "elsewhere".to_owned(), is_external: true, ..Module::default() };
    for (place, part) in parts.into_iter().enumerate() {
        let home = if part.is_external { &mut elsewhere } else { &mut module };
        home.classes.push(part.into_class(place));
    }
    vec![module, elsewhere]
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest! {
        #[test]
        fn generated_interfaces_can_be_read(idl in any_idl("odd")) {
            prop_assert_eq!(Idl::from_json(&idl.to_json()), Ok(idl));
        }
    }
}
