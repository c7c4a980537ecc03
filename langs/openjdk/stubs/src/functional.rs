//! The interface of a function: one of the JDK, or else one of the API.

use metaffi_idl::Base;
use metaffi_stubs::Shape;

use crate::types::{Types, primitive};

/// The interface of a function, and its method.
pub(crate) struct Functional {
    /// The type with its type arguments.
    pub(crate) ty: String,
    /// The same type for objects of any class.
    pub(crate) open: String,
    pub(crate) method: &'static str,
    /// Whether all parameters and results are numbers and booleans.
    pub(crate) is_primitive: bool,
}

/// The maximum number of parameters for which the API has an interface.
const MAX_PARAMETERS: usize = 8;

/// The primitive in the name of the JDK's functional interfaces.
fn special(shape: &Shape) -> Option<&'static str> {
    match shape {
        Shape::Scalar(Base::Int32) => Some("Int"),
        Shape::Scalar(Base::Int64) => Some("Long"),
        Shape::Scalar(Base::Float64) => Some("Double"),
        _ => None,
    }
}

impl Functional {
    /// The interface of a function with these parameters; `None` if it takes arbitrary or too many
    /// parameters.
    pub(crate) fn of(parameters: &[Shape], result: &Shape, types: &Types<'_, '_>) -> Option<Self> {
        Self::primitive(parameters, result, types)
            .or_else(|| Self::generic(parameters, result, types))
    }

    fn primitive(parameters: &[Shape], result: &Shape, types: &Types<'_, '_>) -> Option<Self> {
        let kinds: Option<Vec<&str>> = parameters.iter().map(special).collect();
        let kinds = kinds?;
        let (name, method) = match (&kinds[..], result) {
            ([], Shape::Scalar(Base::Bool)) => ("BooleanSupplier".to_owned(), "getAsBoolean"),
            ([], result) => match special(result)? {
                "Int" => ("IntSupplier".to_owned(), "getAsInt"),
                "Long" => ("LongSupplier".to_owned(), "getAsLong"),
                _ => ("DoubleSupplier".to_owned(), "getAsDouble"),
            },
            ([one], Shape::Null) => (format!("{one}Consumer"), "accept"),
            ([one], Shape::Scalar(Base::Bool)) => (format!("{one}Predicate"), "test"),
            ([one], result) if special(result)? == *one => {
                (format!("{one}UnaryOperator"), applied(one))
            }
            ([one], result) => {
                let to = special(result)?;
                (format!("{one}To{to}Function"), applied(to))
            }
            ([one, other], result) if one == other && special(result)? == *one => {
                (format!("{one}BinaryOperator"), applied(one))
            }
            _ => return None,
        };
        let ty = types.spelling.of(&format!("java.util.function.{name}"));
        Some(Functional { open: ty.clone(), ty, method, is_primitive: true })
    }

    fn generic(parameters: &[Shape], result: &Shape, types: &Types<'_, '_>) -> Option<Self> {
        let function = |name: &str| types.spelling.of(&format!("java.util.function.{name}"));
        let is_action = *result == Shape::Null;
        let is_test = *result == Shape::Scalar(Base::Bool);
        let (name, method) = match parameters.len() {
            0 if is_action => (types.spelling.lang("Runnable"), "run"),
            0 => (function("Supplier"), "get"),
            1 if is_action => (function("Consumer"), "accept"),
            1 if is_test => (function("Predicate"), "test"),
            1 => (function("Function"), "apply"),
            2 if is_action => (function("BiConsumer"), "accept"),
            2 if is_test => (function("BiPredicate"), "test"),
            2 => (function("BiFunction"), "apply"),
            3..=MAX_PARAMETERS if is_action => {
                (types.spelling.stubs(&format!("Action{}", parameters.len())), "accept")
            }
            3..=MAX_PARAMETERS => {
                (types.spelling.stubs(&format!("Function{}", parameters.len())), "apply")
            }
            _ => return None,
        };
        let has_test = is_test && (1..=2).contains(&parameters.len());
        let has_result = !is_action && !has_test;
        let result = has_result.then_some(result);
        let all: Vec<&Shape> = parameters.iter().chain(result).collect();
        let written: Vec<String> = all.iter().map(|one| types.boxed(one)).collect();
        let object = types.spelling.lang("Object");
        let any = vec![object; all.len()];
        Some(Functional {
            ty: with_arguments(&name, &written),
            open: with_arguments(&name, &any),
            method,
            is_primitive: false,
        })
    }
}

fn applied(kind: &str) -> &'static str {
    match kind {
        "Int" => "applyAsInt",
        "Long" => "applyAsLong",
        _ => "applyAsDouble",
    }
}

/// `Name<A, B>`.
pub(crate) fn with_arguments(name: &str, arguments: &[String]) -> String {
    if arguments.is_empty() {
        return name.to_owned();
    }
    format!("{name}<{}>", arguments.join(", "))
}

/// Whether a function is passed without a wrapper: its method takes and returns exactly what the
/// guest passes.
pub(crate) fn is_plain(parameters: &[Shape], result: &Shape) -> bool {
    let is_plain =
        |shape: &Shape| *shape == Shape::Text || primitive(shape).is_some_and(|ty| ty != "boolean");
    let result = *result == Shape::Null || is_plain(result);
    parameters.iter().all(is_plain) && result
}
