//! Chooses the Go statement that lowers a result of a type.

use crate::answer::{GoType, Kind};

use super::view::Shared;

/// The statement that lowers `value` as result `index`.
pub(crate) fn result(of: &GoType, index: usize, value: &str, shared: &mut Shared) -> String {
    let (x, f) = (shared.xcall.clone(), shared.frame.clone());
    match of.kind {
        Kind::Int | Kind::Int64 => {
            put(&f, "PutInt64", index, converted(of, value, "int64", shared))
        }
        Kind::Float64 => put(&f, "PutFloat64", index, converted(of, value, "float64", shared)),
        Kind::Float32 => put(&f, "PutFloat32", index, converted(of, value, "float32", shared)),
        Kind::Bool => put(&f, "PutBool", index, converted(of, value, "bool", shared)),
        Kind::String => put(&f, "PutString", index, converted(of, value, "string", shared)),
        Kind::Any => put(&f, "PutAny", index, value.to_owned()),
        Kind::Object | Kind::Error => format!("{x}.PutObject({f}, {index}, {value})"),
        Kind::Struct => format!("{x}.PutStruct({f}, {index}, {value})"),
        Kind::Func if of.go.is_empty() => format!("{x}.PutFunc({f}, {index}, {value})"),
        Kind::Func => format!("{}.Put({f}, {index}, {value})", shared.func(of)),
        Kind::Slice | Kind::Array => sequence(of, index, value, shared),
        _ => integer(of, index, value, shared),
    }
}

/// The statement for a struct that is part of another value: a handle to its place, as Go itself
/// takes its address.
pub(crate) fn in_place(of: &GoType, index: usize, place: &str, shared: &mut Shared) -> String {
    if of.kind == Kind::Struct {
        return format!("{}.PutField({}, {index}, &{place})", shared.xcall, shared.frame);
    }
    result(of, index, place, shared)
}

fn put(frame: &str, method: &str, index: usize, value: String) -> String {
    format!("{frame}.{method}({index}, {value})")
}

/// The value as the basic type `basic`.
fn converted(of: &GoType, value: &str, basic: &str, shared: &Shared) -> String {
    let basic = shared.names.predeclared(basic);
    if of.named || of.go != basic { format!("{basic}({value})") } else { value.to_owned() }
}

fn integer(of: &GoType, index: usize, value: &str, shared: &Shared) -> String {
    let (x, f) = (&shared.xcall, &shared.frame);
    let (sign, basic) = match of.kind {
        Kind::Int8 => ("Signed", "int8"),
        Kind::Int16 => ("Signed", "int16"),
        Kind::Int32 => ("Signed", "int32"),
        Kind::Uint8 => ("Unsigned", "uint8"),
        Kind::Uint16 => ("Unsigned", "uint16"),
        Kind::Uint32 => ("Unsigned", "uint32"),
        Kind::Uintptr => ("Unsigned", "uintptr"),
        _ => ("Unsigned", "uint64"),
    };
    let tag = of.kind.number().unwrap_or_default();
    let value = if of.named || of.kind == Kind::Uint {
        format!("{}({value})", shared.names.predeclared(basic))
    } else {
        value.to_owned()
    };
    format!("{x}.Put{sign}({f}, {index}, {x}.{tag}, {value})")
}

fn sequence(of: &GoType, index: usize, value: &str, shared: &mut Shared) -> String {
    let (x, f) = (shared.xcall.clone(), shared.frame.clone());
    let Some(lower) = slice_lowerer(of, shared) else {
        return put(&f, "PutAny", index, value.to_owned());
    };
    let value = match of.kind {
        Kind::Array => format!("{value}[:]"),
        _ if of.go.starts_with("[]") => value.to_owned(),
        _ => format!("[]{}({value})", shared.element_name(of)),
    };
    format!("{x}.Put({f}, {index}, {lower}, {value})")
}

/// A lowerer of the slice, by the type of its elements. If a type cannot be written, or has a name
/// between two levels, reflection is used.
fn slice_lowerer(of: &GoType, shared: &mut Shared) -> Option<String> {
    let element = of.elem.as_deref()?;
    let is_named_any = element.kind == Kind::Any && element.named;
    if of.go.is_empty() || element.go.is_empty() || is_named_any {
        return None;
    }
    let x = shared.xcall.clone();
    let go = shared.names.resolve(&element.go);
    let lowerer = match element.kind {
        Kind::String => return Some(format!("{x}.LowerStrings[{go}]")),
        Kind::Any => return Some(format!("{x}.LowerAnys")),
        Kind::Func => return Some(format!("{}.Lower", shared.func(element))),
        Kind::Bool => format!("{x}.LowerNumbers[{go}]({x}.TypeBool)"),
        Kind::Object | Kind::Error => format!("{x}.LowerObjects({x}.ObjectOf[{go}])"),
        Kind::Struct => format!("{x}.LowerObjects({x}.StructOf[{go}])"),
        Kind::Slice if element.go.starts_with("[]") => {
            let inner = slice_lowerer(element, shared)?;
            let (innermost, rank) = innermost(of);
            format!("{x}.LowerRows[{go}]({x}.{}, {rank}, {inner})", tag(innermost))
        }
        _ => format!("{x}.LowerNumbers[{go}]({x}.{})", element.kind.number()?),
    };
    Some(shared.hoist("Lower", lowerer))
}

fn innermost(of: &GoType) -> (&GoType, usize) {
    match of.elem.as_deref() {
        Some(element) if matches!(of.kind, Kind::Slice | Kind::Array) => {
            let (innermost, rank) = innermost(element);
            (innermost, rank + 1)
        }
        _ => (of, 0),
    }
}

/// The name of the constant for an element's type in xcall.
fn tag(of: &GoType) -> &'static str {
    match of.kind {
        Kind::Bool => "TypeBool",
        Kind::String => "TypeString8",
        Kind::Any => "TypeAny",
        Kind::Func => "TypeCallable",
        kind => kind.number().unwrap_or("TypeHandle"),
    }
}
