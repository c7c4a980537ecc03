//! Chooses the Go expression that lifts an argument of a type.

use crate::answer::{GoType, Kind, Memory};

use super::view::Shared;

/// The expression of type T that lifts argument `index`.
pub(crate) fn argument(of: &GoType, index: usize, shared: &mut Shared) -> String {
    let (x, f) = (shared.xcall.clone(), shared.frame.clone());
    if of.either {
        return or_object(of, index, shared);
    }
    if of.kind == Kind::Any {
        return format!("{f}.Any({index})"); // also for a named type, whose import is not needed
    }
    let go = shared.names.resolve(&of.go);
    let direct = match of.kind {
        Kind::Int64 => format!("{f}.Int64({index})"),
        Kind::Float64 => format!("{f}.Float64({index})"),
        Kind::Float32 => format!("{f}.Float32({index})"),
        Kind::Bool => format!("{f}.Bool({index})"),
        Kind::String if of.memory == Memory::Lent => format!("{f}.LentString({index})"),
        Kind::String => format!("{f}.String({index})"),
        _ => match of.kind.number() {
            Some(tag) => return format!("{x}.Integer[{go}]({f}, {index}, {x}.{tag})"),
            None => return format!("{x}.Arg({f}, {index}, {})", lifter(of, shared)),
        },
    };
    if of.named { format!("{go}({direct})") } else { direct }
}

/// Whether it is a `context.Context`, for which null is the background context.
pub(crate) fn is_context(of: &GoType) -> bool {
    of.go == "{context}.Context"
}

/// As [`argument`], for a call, where a context may end with the call.
pub(crate) fn argument_of_call(of: &GoType, index: usize, shared: &mut Shared) -> String {
    if is_context(of) {
        return format!("{}.Context({}, {index})", shared.xcall, shared.frame);
    }
    argument(of, index, shared)
}

/// The expression that lifts the object of a method.
pub(crate) fn receiver(of: &GoType, shared: &mut Shared) -> String {
    let (x, f) = (shared.xcall.clone(), shared.frame.clone());
    let go = shared.names.resolve(&of.go);
    match of.kind {
        Kind::Object | Kind::Any | Kind::Error => format!("{x}.Receiver[{go}]({f})"),
        Kind::Struct => format!("{x}.Arg({f}, 0, {x}.Struct[{go}])"),
        _ => or_object(of, 0, shared),
    }
}

/// The expression that lifts a value, or the object that holds one.
fn or_object(of: &GoType, index: usize, shared: &mut Shared) -> String {
    let inner = lifter(of, shared);
    let either = shared.hoist("Lift", format!("{}.OrObject({inner})", shared.xcall));
    format!("{}.Arg({}, {index}, {either})", shared.xcall, shared.frame)
}

/// A function expression from a slot to T.
fn lifter(of: &GoType, shared: &mut Shared) -> String {
    let x = shared.xcall.clone();
    let go = shared.names.resolve(&of.go);
    match of.kind {
        Kind::Any if of.named => format!("{x}.AnyAs[{go}]"),
        Kind::Any => format!("{x}.Any"),
        Kind::Bool => format!("{x}.Bool[{go}]"),
        Kind::String => format!("{x}.String[{go}]"),
        Kind::Object | Kind::Error => format!("{x}.Pointer[{go}]"),
        Kind::Struct => format!("{x}.Struct[{go}]"),
        Kind::Func => format!("{}.Lift", shared.func(of)),
        Kind::Slice => slice(of, &go, shared),
        Kind::Array => array(of, &go, shared),
        _ => format!("{x}.Number[{go}]"),
    }
}

fn slice(of: &GoType, go: &str, shared: &mut Shared) -> String {
    let x = shared.xcall.clone();
    let plain = elements(of, shared);
    if go.starts_with("[]") {
        return plain;
    }
    shared.hoist("Lift", format!("{x}.Slice[{go}]({plain})"))
}

/// A function expression from a slot to a slice of a type's elements.
fn elements(of: &GoType, shared: &mut Shared) -> String {
    let x = shared.xcall.clone();
    let Some(element) = of.elem.as_deref() else { return String::new() };
    let go = shared.names.resolve(&element.go);
    let Some(tag) = element.kind.number() else {
        let each = format!("{x}.Each({})", self::lifter(element, shared));
        return shared.hoist("Lift", each);
    };
    let how = match of.memory {
        Memory::Lent => "Lent",
        Memory::Filled => "Filled",
        Memory::Copied | Memory::CopiedBack if element.kind == Kind::Uint8 => {
            return format!("{x}.Bytes[{go}]");
        }
        Memory::Copied | Memory::CopiedBack => "Numbers",
    };
    shared.hoist("Lift", format!("{x}.{how}[{go}]({x}.{tag})"))
}

/// The statement that copies back what a function left in its copy of an array, if the array may
/// have been written to.
pub(crate) fn copy_back(
    of: &GoType,
    index: usize,
    name: &str,
    shared: &mut Shared,
) -> Option<String> {
    let tag = of.elem.as_deref()?.kind.number()?;
    let may_be_written = matches!(of.memory, Memory::Filled | Memory::CopiedBack);
    let (x, f) = (&shared.xcall, &shared.frame);
    may_be_written.then(|| format!("{x}.CopyBack({f}, {index}, {x}.{tag}, {name})"))
}

fn array(of: &GoType, go: &str, shared: &mut Shared) -> String {
    let x = shared.xcall.clone();
    let plain = elements(of, shared);
    let exact = shared.hoist("Lift", format!("{x}.Exactly({}, {plain})", of.len));
    shared.array(go, &exact)
}

impl Kind {
    /// The name of the constant for a number's type in xcall.
    pub(crate) fn number(self) -> Option<&'static str> {
        Some(match self {
            Kind::Int | Kind::Int64 => "TypeInt64",
            Kind::Int8 => "TypeInt8",
            Kind::Int16 => "TypeInt16",
            Kind::Int32 => "TypeInt32",
            Kind::Uint | Kind::Uint64 => "TypeUint64",
            Kind::Uint8 => "TypeUint8",
            Kind::Uint16 => "TypeUint16",
            Kind::Uint32 => "TypeUint32",
            Kind::Uintptr => "TypeSize",
            Kind::Float32 => "TypeFloat32",
            Kind::Float64 => "TypeFloat64",
            _ => return None,
        })
    }
}
