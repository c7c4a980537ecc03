//! The bodies of methods: the call of an entity, by the fastest available route.
//!
//! Numbers alone are passed as bits. With strings and the receiver of a method, up to three
//! arguments are passed without an array. Everything else is passed as objects.

use metaffi_idl::{Base, Operation};
use metaffi_stubs::{Candidate, Shape};

use crate::spelling::Spelling;
use crate::types::{Types, primitive};

/// The maximum numbers of arguments that are passed as bits, and with objects: see `TypedCaller`.
const MAX_BITS: usize = 4;
const MAX_OBJECTS: usize = 3;

/// A method to emit.
pub(crate) struct Call<'c, 'a> {
    pub(crate) candidate: &'c Candidate<'a>,
    pub(crate) names: &'c [String],
    /// The field that holds the entity.
    pub(crate) entity: &'c str,
    /// Whether the object is passed as a handle.
    pub(crate) has_handle: bool,
}

/// How an argument or a result can be passed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Route {
    Bits,
    Text,
    Other,
}

fn route(shape: &Shape, declared: &metaffi_idl::Parameter) -> Route {
    let base = declared.ty.base().filter(|_| !declared.ty.is_array());
    match shape {
        Shape::Scalar(own) if base == Some(*own) && *own != Base::Char8 => Route::Bits,
        Shape::Text if base == Some(Base::String8) => Route::Text,
        _ => Route::Other,
    }
}

/// The bits of an argument.
fn bits(base: Base, name: &str, spelling: &Spelling<'_>) -> String {
    match base {
        Base::Bool => format!("{name} ? 1 : 0"),
        Base::Float64 => format!("{}.doubleToRawLongBits({name})", spelling.lang("Double")),
        Base::Float32 => {
            format!("{}.floatToRawIntBits({name}) & 0xFFFFFFFFL", spelling.lang("Float"))
        }
        Base::Uint8 => format!("{name} & 0xFF"),
        Base::Uint16 => format!("{name} & 0xFFFF"),
        Base::Uint32 => format!("{name} & 0xFFFFFFFFL"),
        _ => name.to_owned(),
    }
}

/// Converts a result from its bits.
fn of_bits(shape: &Shape, call: &str, spelling: &Spelling<'_>) -> String {
    match primitive(shape) {
        Some("boolean") => format!("{call} != 0"),
        Some("double") => format!("{}.longBitsToDouble({call})", spelling.lang("Double")),
        Some("float") => format!("{}.intBitsToFloat((int) {call})", spelling.lang("Float")),
        Some("long") | None => call.to_owned(),
        Some(narrow) => format!("({narrow}) {call}"),
    }
}

impl Call<'_, '_> {
    /// The statements that make the call and return its result.
    pub(crate) fn statements(
        &self,
        types: &Types<'_, '_>,
        operation: Option<Operation>,
    ) -> Vec<String> {
        if let Some(operation) = operation {
            return self.of_operation(operation, types);
        }
        if let Some(statement) = self.typed(types) {
            return statement;
        }
        let call = self.with_objects(types);
        match &self.candidate.results[..] {
            [] => vec![format!("{call};")],
            [one] if one.shape == Shape::Null => vec![format!("{call};")],
            [one] => vec![format!("return {};", types.lifted(&one.shape, &call, 0))],
            several => {
                let object = types.spelling.lang("Object");
                let lifted = several.iter().enumerate().map(|(at, one)| {
                    let value = format!("result[{at}]");
                    match one.shape {
                        Shape::Null => value,
                        _ => types.lifted(&one.shape, &value, 0),
                    }
                });
                let lifted: Vec<String> = lifted.collect();
                vec![
                    format!("{object}[] result = ({object}[]) {call};"),
                    format!("return new {object}[] {{{}}};", lifted.join(", ")),
                ]
            }
        }
    }

    fn of_operation(&self, operation: Operation, types: &Types<'_, '_>) -> Vec<String> {
        let lift = types.spelling.stubs("Lift");
        if operation != Operation::Equal {
            let call = self.with_objects(types);
            return vec![match operation {
                Operation::Hash => {
                    let long = types.spelling.lang("Long");
                    format!("return {long}.hashCode({lift}.toLong({call}));")
                }
                _ => format!("return {lift}.toText({call});"),
            }];
        }
        let (guest, object) = (types.spelling.stubs("Guest"), types.spelling.lang("Object"));
        let other = &self.names[0];
        let arguments = format!("metaffiTarget(), (({guest}) {other}).metaffiTarget()");
        let call = format!("{}.callWith(new {object}[] {{{arguments}}})", self.entity);
        vec![
            format!("if (this == {other} || !({other} instanceof {guest})) {{"),
            format!("  return this == {other};"),
            "}".to_owned(),
            format!("return {}.TRUE.equals({call});", types.spelling.lang("Boolean")),
        ]
    }

    /// The call with objects.
    pub(crate) fn with_objects(&self, types: &Types<'_, '_>) -> String {
        let object = types.spelling.lang("Object");
        let receiver = self.candidate.receiver.map(|_| "metaffiTarget()".to_owned());
        let lowered = self.candidate.parameters.iter().zip(self.names).map(|(argument, name)| {
            if argument.is_rest { name.clone() } else { types.lowered(&argument.shape, name, 0) }
        });
        let all: Vec<String> = receiver.into_iter().chain(lowered).collect();
        if all.is_empty() {
            return format!("{}.callWith(new {object}[0])", self.entity);
        }
        format!("{}.callWith(new {object}[] {{{}}})", self.entity, all.join(", "))
    }

    /// The call without boxes and arrays, if the types of all arguments and results allow it.
    fn typed(&self, types: &Types<'_, '_>) -> Option<Vec<String>> {
        let parameters = &self.candidate.parameters;
        let routes: Vec<Route> =
            parameters.iter().map(|one| route(&one.shape, one.declared)).collect();
        if routes.contains(&Route::Other) || parameters.iter().any(|one| one.is_rest) {
            return None;
        }
        let result = match &self.candidate.results[..] {
            [] => None,
            [one] => Some((&one.shape, route(&one.shape, one.declared))),
            _ => return None,
        };
        let has_receiver = self.candidate.receiver.is_some();
        if result.is_some_and(|(_, route)| route == Route::Other)
            || has_receiver && !self.has_handle
        {
            return None;
        }
        let returns_bits = result.is_none_or(|(_, route)| route == Route::Bits);
        let only_bits =
            !has_receiver && returns_bits && routes.iter().all(|one| *one == Route::Bits);
        let count = parameters.len() + usize::from(has_receiver);
        let max = if only_bits { MAX_BITS } else { MAX_OBJECTS };
        if count > max {
            return None;
        }
        let call = if only_bits {
            self.only_as_bits(types)
        } else if has_receiver && routes.iter().all(|one| *one == Route::Bits) {
            self.on_object(returns_bits, types)
        } else {
            self.with_three(&routes, returns_bits, types)
        };
        let mut statements = Vec::new();
        if has_receiver {
            statements.push(format!("{} self = metaffiTarget();", types.spelling.lang("Object")));
        }
        statements.push(match result {
            None => format!("{call};"),
            Some((shape, Route::Bits)) => {
                format!("return {};", of_bits(shape, &call, types.spelling))
            }
            Some(_) => format!("return ({}) {call};", types.spelling.lang("String")),
        });
        Some(statements)
    }

    fn argument_bits(&self, at: usize, types: &Types<'_, '_>) -> String {
        match &self.candidate.parameters[at].shape {
            Shape::Scalar(base) => bits(*base, &self.names[at], types.spelling),
            _ => self.names[at].clone(),
        }
    }

    fn only_as_bits(&self, types: &Types<'_, '_>) -> String {
        let all = (0..self.names.len()).map(|at| self.argument_bits(at, types));
        let all: Vec<String> = all.collect();
        format!("{}.bits({})", self.entity, all.join(", "))
    }

    /// The call with the receiver and numbers after it.
    fn on_object(&self, returns_bits: bool, types: &Types<'_, '_>) -> String {
        let numbers = self.candidate.parameters.iter().enumerate().map(|(at, argument)| {
            let bit = if let Shape::Scalar(base) = argument.shape { type_bit(base) } else { 0 };
            format!(", {bit}, {}", self.argument_bits(at, types))
        });
        let method = if returns_bits { "bitsOn" } else { "objectOn" };
        format!("{}.{method}(self{})", self.entity, numbers.collect::<String>())
    }

    fn with_three(&self, routes: &[Route], returns_bits: bool, types: &Types<'_, '_>) -> String {
        let typed = types.spelling.of("metaffi.TypedCaller");
        let mut all: Vec<String> = Vec::new();
        if self.candidate.receiver.is_some() {
            all.push(format!("{typed}.handle(self), 0, self"));
        }
        for (at, route) in routes.iter().enumerate() {
            let name = &self.names[at];
            all.push(match (route, &self.candidate.parameters[at].shape) {
                (Route::Bits, Shape::Scalar(base)) => {
                    format!("{}, {}, null", type_bit(*base), self.argument_bits(at, types))
                }
                _ => format!("{typed}.text({name}), 0, {name}"),
            });
        }
        let method = if returns_bits { "bitsOf" } else { "objectOf" };
        format!("{}.{method}({})", self.entity, all.join(", "))
    }
}

/// The bit of a scalar type in `metaffi.h`.
fn type_bit(base: Base) -> u32 {
    let bit = match base {
        Base::Float64 => 0,
        Base::Float32 => 1,
        Base::Int8 => 2,
        Base::Int16 => 3,
        Base::Int32 => 4,
        Base::Int64 => 5,
        Base::Uint8 => 6,
        Base::Uint16 => 7,
        Base::Uint32 => 8,
        Base::Uint64 => 9,
        Base::Bool => 10,
        Base::Char8 => 11,
        Base::Size => 17,
        Base::Char16 => 21,
        _ => 22,
    };
    1 << bit
}
