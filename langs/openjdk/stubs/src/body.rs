//! What methods do: the call of an entity, on the shortest way there is.
//!
//! Numbers alone cross as bits; with strings and the object of a method up to
//! three arguments cross without an array; all else as objects.

use metaffi_idl::{Base, Operation};
use metaffi_stubs::{Candidate, Shape};

use crate::spelling::Spelling;
use crate::types::{Types, primitive};

/// The most arguments that cross as bits, and with objects: see `TypedCaller`.
const MOST_BITS: usize = 4;
const MOST_OBJECTS: usize = 3;

/// A method to be written.
pub(crate) struct Call<'c, 'a> {
    pub(crate) candidate: &'c Candidate<'a>,
    pub(crate) names: &'c [String],
    /// The field of the entity.
    pub(crate) entity: &'c str,
    /// Whether the object is passed as a handle.
    pub(crate) has_handle: bool,
}

/// How an argument or a result can cross.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Bits,
    Text,
    Other,
}

fn way(shape: &Shape, declared: &metaffi_idl::Parameter) -> Way {
    let base = declared.ty.base().filter(|_| !declared.ty.is_array());
    match shape {
        Shape::Scalar(own) if base == Some(*own) && *own != Base::Char8 => Way::Bits,
        Shape::Text if base == Some(Base::String8) => Way::Text,
        _ => Way::Other,
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

/// A result out of its bits.
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
    /// The statements that call it and return its result.
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

    /// The call without boxes and arrays, where all that crosses allows it.
    fn typed(&self, types: &Types<'_, '_>) -> Option<Vec<String>> {
        let parameters = &self.candidate.parameters;
        let ways: Vec<Way> = parameters.iter().map(|one| way(&one.shape, one.declared)).collect();
        if ways.contains(&Way::Other) || parameters.iter().any(|one| one.is_rest) {
            return None;
        }
        let result = match &self.candidate.results[..] {
            [] => None,
            [one] => Some((&one.shape, way(&one.shape, one.declared))),
            _ => return None,
        };
        let has_receiver = self.candidate.receiver.is_some();
        if result.is_some_and(|(_, way)| way == Way::Other) || has_receiver && !self.has_handle {
            return None;
        }
        let returns_bits = result.is_none_or(|(_, way)| way == Way::Bits);
        let only_bits = !has_receiver && returns_bits && ways.iter().all(|one| *one == Way::Bits);
        let count = parameters.len() + usize::from(has_receiver);
        let most = if only_bits { MOST_BITS } else { MOST_OBJECTS };
        if count > most {
            return None;
        }
        let call = if only_bits {
            self.bits_alone(types)
        } else if has_receiver && ways.iter().all(|one| *one == Way::Bits) {
            self.on_object(returns_bits, types)
        } else {
            self.in_threes(&ways, returns_bits, types)
        };
        let mut statements = Vec::new();
        if has_receiver {
            statements.push(format!("{} self = metaffiTarget();", types.spelling.lang("Object")));
        }
        statements.push(match result {
            None => format!("{call};"),
            Some((shape, Way::Bits)) => {
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

    fn bits_alone(&self, types: &Types<'_, '_>) -> String {
        let all = (0..self.names.len()).map(|at| self.argument_bits(at, types));
        let all: Vec<String> = all.collect();
        format!("{}.bits({})", self.entity, all.join(", "))
    }

    /// The object, and numbers after it.
    fn on_object(&self, returns_bits: bool, types: &Types<'_, '_>) -> String {
        let numbers = self.candidate.parameters.iter().enumerate().map(|(at, argument)| {
            let tag = if let Shape::Scalar(base) = argument.shape { tag(base) } else { 0 };
            format!(", {tag}, {}", self.argument_bits(at, types))
        });
        let method = if returns_bits { "bitsOn" } else { "objectOn" };
        format!("{}.{method}(self{})", self.entity, numbers.collect::<String>())
    }

    fn in_threes(&self, ways: &[Way], returns_bits: bool, types: &Types<'_, '_>) -> String {
        let typed = types.spelling.of("metaffi.TypedCaller");
        let mut all: Vec<String> = Vec::new();
        if self.candidate.receiver.is_some() {
            all.push(format!("{typed}.handle(self), 0, self"));
        }
        for (at, way) in ways.iter().enumerate() {
            let name = &self.names[at];
            all.push(match (way, &self.candidate.parameters[at].shape) {
                (Way::Bits, Shape::Scalar(base)) => {
                    format!("{}, {}, null", tag(*base), self.argument_bits(at, types))
                }
                _ => format!("{typed}.text({name}), 0, {name}"),
            });
        }
        let method = if returns_bits { "bitsOf" } else { "objectOf" };
        format!("{}.{method}({})", self.entity, all.join(", "))
    }
}

/// The bit of a scalar type in `metaffi.h`.
fn tag(base: Base) -> u32 {
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
