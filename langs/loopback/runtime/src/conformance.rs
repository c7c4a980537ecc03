//! The module `conformance`: loopback's entities for the conformance matrix, like the
//! topics of other languages' guests.

use metaffi_plugin::value::{
    Array, Callable, Error, ErrorKind, Handle, ObjectData, Owner, Type, Value, new_object,
    object_payload,
};

use crate::bodies::{self, Values, wrong};
use crate::counter;
use crate::table::{
    ANY, BASE, Body, COUNTER, ECHO, Entry, INSTANCE, INT, TEXT, array, entries, scalar,
};

/// Every entity of the module, in groups. Names that start with `echo_` stand for `echo`.
pub(crate) const CONFORMANCE: &[&[Entry]] =
    &[&[ECHO], COUNTER, VALUES, OBJECTS, METHODS, FUNCTIONS];

const BOOL: crate::Ty = scalar(Type::BOOL);
const FLOAT: crate::Ty = scalar(Type::FLOAT64);
const HANDLE: crate::Ty = scalar(Type::HANDLE);
const CALLABLE: crate::Ty = scalar(Type::CALLABLE);

const VALUES: &[Entry] = entries! {
    "" "nothing" () -> () Raw bodies::void;
    "" "collect" () -> () Raw bodies::void;
    "" "add_int64" (a: INT, b: INT) -> (INT) Raw bodies::add;
    "" "negate" (value: BOOL) -> (BOOL) Values negate;
    "" "half" (value: FLOAT) -> (FLOAT) Values half;
    "" "concat" (left: TEXT, right: TEXT) -> (TEXT) Values bodies::concat;
    "" "code_points" (text: TEXT) -> (INT) Values code_points;
    "" "repeat" (text: TEXT, times: INT) -> (TEXT) Values repeat;
    "" "next" (character: scalar(Type::CHAR32)) -> (scalar(Type::CHAR32)) Values next;
    "" "lengths" (table: array(Type::INT64, 2)) -> (array(Type::INT64, 1)) Values lengths;
    "" "ragged" () -> (array(Type::INT64, 2)) Values ragged;
    "" "total" (cube: array(Type::FLOAT64, 3)) -> (FLOAT) Values total;
    "" "sum" (values: array(Type::FLOAT64, 1)) -> (FLOAT) Values bodies::sum;
    "" "last" (values: array(Type::INT64, 1)) -> (INT) Values last;
    "" "range" (count: INT) -> (array(Type::INT64, 1)) Raw bodies::range;
    "" "join" (words: array(Type::STRING8, 1), separator: TEXT) -> (TEXT) Values join;
    "" "join_all" (separator: TEXT, words: array(Type::STRING8, 1)) -> (TEXT) Values join_all;
    "" "total_of" (values: array(Type::INT64, 1)) -> (INT) Values total_of;
    "" "count" (items: array(Type::ANY, 1)) -> (INT) Values count;
    "" "kind" (value: ANY) -> (TEXT) Values kind;
    "" "mixed" () -> (array(Type::ANY, 1)) Values mixed;
    "" "number" () -> (ANY) Values number;
    "" "text" () -> (ANY) Values text;
    "" "flag" () -> (ANY) Values flag;
    "" "numbers" () -> (ANY) Values numbers;
    "" "none" () -> (ANY) Values none;
    "" "divide" (a: INT, b: INT) -> (INT, INT) Values bodies::divide;
    "" "three" (text: TEXT) -> (TEXT, FLOAT, BOOL) Values three;
    "" "checked" (number: INT) -> (INT) Values checked;
    "" "is_null" (value: HANDLE) -> (BOOL) Values is_null;
    "" "is_no_function" (function: CALLABLE) -> (BOOL) Values is_null;
    "" "no_function" () -> (CALLABLE) Values none;
};

const OBJECTS: &[Entry] = entries! {
    "" "same" (value: ANY) -> (ANY) Values bodies::echo;
    "" "same_any" (value: ANY) -> (ANY) Values bodies::echo;
    "" "keep" (value: ANY) -> () Values bodies::keep;
    "" "kept" () -> (ANY) Values bodies::kept;
    "" "is_counter" (value: HANDLE) -> (BOOL) Values is_counter;
    "" "no_object" () -> (HANDLE) Values none;
    "" "is_nothing" (value: HANDLE) -> (BOOL) Values is_null;
    "" "Box.new" (content: ANY) -> (HANDLE) Values new_box;
    "" "Thing.new" (number: INT) -> (HANDLE) Values counter::new;
    "" "Thing.plain" () -> (HANDLE) Values plain;
    "" "things" (count: INT) -> (array(Type::HANDLE, 1)) Values counters;
    "" "counters" (count: INT) -> (array(Type::HANDLE, 1)) Values counters;
    "" "sum_of" (counters: array(Type::HANDLE, 1)) -> (INT) Values sum_of;
};

const METHODS: &[Entry] = &[
    Entry {
        name: "Counter.add",
        tags: &["instance_required"],
        params: &[INSTANCE, ("amount", INT)],
        rets: &[INT],
        body: Body::Values(counter::add),
        ..BASE
    },
    Entry {
        name: "Box.open",
        tags: &["instance_required"],
        params: &[INSTANCE],
        rets: &[ANY],
        body: Body::Values(open),
        ..BASE
    },
    Entry {
        name: "Thing.number",
        tags: &["instance_required"],
        params: &[INSTANCE],
        rets: &[INT],
        body: Body::Values(counter::get),
        ..BASE
    },
];

const FUNCTIONS: &[Entry] = entries! {
    "" "apply" (function: CALLABLE, a: INT, b: INT) -> (INT) Values apply;
    "" "apply_any" (function: ANY, a: INT, b: INT) -> (INT) Values apply;
    "" "apply_all" (functions: array(Type::CALLABLE, 1), start: INT) -> (INT) Values apply_all;
    "" "apply_both" (first: CALLABLE, second: CALLABLE, a: INT, b: INT) -> (TEXT) Values apply_both;
    "" "join_by" (function: CALLABLE, a: TEXT, b: TEXT) -> (TEXT) Values apply;
    "" "pass" (function: CALLABLE, value: ANY) -> (ANY) Values apply;
    "" "pass_object" (function: CALLABLE, value: HANDLE) -> (HANDLE) Values apply;
    "" "pass_own" (function: CALLABLE) -> (BOOL) Values pass_own;
    "" "ask" (function: CALLABLE) -> (BOOL) Values apply;
    "" "add_up" (function: CALLABLE, count: INT) -> (INT) Values add_up;
    "" "has_function" (function: CALLABLE) -> (BOOL) Values has_function;
};

fn negate(_: Owner, args: Vec<Value>) -> Values {
    let [Value::Bool(value)] = args[..] else { return Err(wrong("bool", &args)) };
    Ok(vec![(!value).into()])
}

fn half(_: Owner, args: Vec<Value>) -> Values {
    let [Value::Float64(value)] = args[..] else { return Err(wrong("float64", &args)) };
    Ok(vec![(value / 2.0).into()])
}

fn code_points(_: Owner, args: Vec<Value>) -> Values {
    let [Value::String8(text)] = &args[..] else { return Err(wrong("string8", &args)) };
    Ok(vec![length(text.chars().count())])
}

fn length(count: usize) -> Value {
    i64::try_from(count).unwrap_or(i64::MAX).into()
}

fn repeat(_: Owner, args: Vec<Value>) -> Values {
    match &args[..] {
        [Value::String8(text), Value::Int64(times)] => {
            Ok(vec![text.repeat(usize::try_from(*times).unwrap_or(0)).into()])
        }
        _ => Err(wrong("string8, int64", &args)),
    }
}

fn next(_: Owner, args: Vec<Value>) -> Values {
    let [Value::Char32(character)] = args[..] else { return Err(wrong("char32", &args)) };
    let next = char::from_u32(u32::from(character) + 1);
    next.map(|next| vec![next.into()]).ok_or_else(|| wrong("char32", &args))
}

fn lengths(_: Owner, args: Vec<Value>) -> Values {
    match &args[..] {
        [Value::Array(Array::Nested { rows, .. })] => {
            let lengths = rows.iter().map(|row| i64::try_from(row.len()).unwrap_or(i64::MAX));
            Ok(vec![lengths.collect::<Vec<_>>().into()])
        }
        _ => Err(wrong("int64_array[2]", &args)),
    }
}

fn ragged(_: Owner, _: Vec<Value>) -> Values {
    let rows = [vec![1, 2, 3], vec![], vec![4]].map(Array::Int64).to_vec();
    Ok(vec![Array::Nested { element: Type::INT64, dims: 2, rows }.into()])
}

fn total(_: Owner, args: Vec<Value>) -> Values {
    fn sum(array: &Array) -> f64 {
        match array {
            Array::Float64(items) => items.iter().sum(),
            Array::Nested { rows, .. } => rows.iter().map(sum).sum(),
            _ => f64::NAN,
        }
    }
    let [Value::Array(cube)] = &args[..] else { return Err(wrong("float64_array[3]", &args)) };
    Ok(vec![sum(cube).into()])
}

fn last(_: Owner, args: Vec<Value>) -> Values {
    match &args[..] {
        [Value::Array(Array::Int64(items))] if !items.is_empty() => {
            Ok(vec![items[items.len() - 1].into()])
        }
        _ => Err(wrong("int64_array", &args)),
    }
}

fn join(_: Owner, args: Vec<Value>) -> Values {
    match &args[..] {
        [Value::Array(Array::String8(words)), Value::String8(separator)] => {
            Ok(vec![words.join(separator).into()])
        }
        _ => Err(wrong("string8_array, string8", &args)),
    }
}

fn join_all(owner: Owner, mut args: Vec<Value>) -> Values {
    args.reverse();
    join(owner, args)
}

fn total_of(_: Owner, args: Vec<Value>) -> Values {
    match &args[..] {
        [Value::Array(Array::Int64(items))] => Ok(vec![items.iter().sum::<i64>().into()]),
        _ => Err(wrong("int64_array", &args)),
    }
}

fn count(_: Owner, args: Vec<Value>) -> Values {
    let [Value::Array(items)] = &args[..] else { return Err(wrong("any_array", &args)) };
    Ok(vec![length(items.len())])
}

fn kind(_: Owner, args: Vec<Value>) -> Values {
    Ok(vec![args.first().map_or(Type::NULL, Value::ty).to_string().into()])
}

fn mixed(_: Owner, _: Vec<Value>) -> Values {
    let items: [Value; 6] =
        [Value::Null, true.into(), 42_i64.into(), 0.5.into(), "text".into(), vec![1_i64, 2].into()];
    Ok(vec![items.to_vec().into()])
}

fn number(_: Owner, _: Vec<Value>) -> Values {
    Ok(vec![42_i64.into()])
}

fn text(_: Owner, _: Vec<Value>) -> Values {
    Ok(vec!["text".into()])
}

fn flag(_: Owner, _: Vec<Value>) -> Values {
    Ok(vec![true.into()])
}

fn numbers(_: Owner, _: Vec<Value>) -> Values {
    Ok(vec![vec![1_i64, 2, 3].into()])
}

fn none(_: Owner, _: Vec<Value>) -> Values {
    Ok(vec![Value::Null])
}

fn three(_: Owner, mut args: Vec<Value>) -> Values {
    args.extend([0.5.into(), true.into()]);
    Ok(args)
}

fn checked(_: Owner, args: Vec<Value>) -> Values {
    match args[..] {
        [Value::Int64(number)] if number < 0 => {
            Err(Error::new(ErrorKind::Guest, "a negative number").in_language("loopback"))
        }
        [Value::Int64(_)] => Ok(args),
        _ => Err(wrong("int64", &args)),
    }
}

fn is_null(_: Owner, args: Vec<Value>) -> Values {
    Ok(vec![matches!(args[..], [Value::Null]).into()])
}

fn has_function(_: Owner, args: Vec<Value>) -> Values {
    Ok(vec![matches!(args[..], [Value::Callable(_)]).into()])
}

fn is_counter(_: Owner, args: Vec<Value>) -> Values {
    Ok(vec![args.first().is_some_and(counter::is_one).into()])
}

fn plain(owner: Owner, _: Vec<Value>) -> Values {
    counter::new(owner, vec![0_i64.into()])
}

fn counters(owner: Owner, args: Vec<Value>) -> Values {
    let [Value::Int64(count)] = args[..] else { return Err(wrong("int64", &args)) };
    let made = (0..count).map(|start| Some(counter::starting_at(owner, start)));
    Ok(vec![Array::Handle(made.collect()).into()])
}

fn sum_of(owner: Owner, args: Vec<Value>) -> Values {
    let [Value::Array(Array::Handle(counters))] = &args[..] else {
        return Err(wrong("handle_array", &args));
    };
    let mut sum = 0;
    for counter in counters.iter().flatten() {
        match counter::get(owner, vec![counter.clone().into()])?[..] {
            [Value::Int64(value)] => sum += value,
            _ => return Err(wrong("handle_array", &args)),
        }
    }
    Ok(vec![sum.into()])
}

/// Holds any value.
struct Content(Value);

impl ObjectData for Content {
    fn data(&self) -> *mut core::ffi::c_void {
        core::ptr::null_mut() // found through `object_payload`, not through `data`
    }
}

fn new_box(owner: Owner, mut args: Vec<Value>) -> Values {
    let handle: Handle = new_object(owner, Content(args.pop().unwrap_or(Value::Null)));
    Ok(vec![handle.into()])
}

fn open(_: Owner, args: Vec<Value>) -> Values {
    let content = match &args[..] {
        [Value::Handle(handle)] => object_payload::<Content>(handle),
        _ => None,
    };
    content.map(|content| vec![content.0.clone()]).ok_or_else(|| wrong("Box", &args))
}

/// Calls the first argument with the others.
fn apply(_: Owner, args: Vec<Value>) -> Values {
    match &args[..] {
        [Value::Callable(function), others @ ..] => function.call(others),
        _ => Err(wrong("callable, …", &args)),
    }
}

fn apply_to(function: &Callable, args: &[Value]) -> Result<Value, Error> {
    Ok(function.call(args)?.pop().unwrap_or(Value::Null))
}

fn apply_all(_: Owner, args: Vec<Value>) -> Values {
    let [Value::Array(Array::Callable(functions)), start] = &args[..] else {
        return Err(wrong("callable_array, int64", &args));
    };
    let total = functions
        .iter()
        .flatten()
        .try_fold(0_i64.into(), |total, function| apply_to(function, &[total, start.clone()]));
    Ok(vec![total?])
}

fn apply_both(_: Owner, args: Vec<Value>) -> Values {
    let [Value::Callable(first), Value::Callable(second), numbers @ ..] = &args[..] else {
        return Err(wrong("callable, callable, int64, int64", &args));
    };
    match apply_to(first, numbers)? {
        Value::Int64(sum) => second.call(&["sum: ".into(), sum.to_string().into()]),
        other => Err(wrong("int64", &[other])),
    }
}

fn pass_own(owner: Owner, args: Vec<Value>) -> Values {
    let [Value::Callable(function)] = &args[..] else { return Err(wrong("callable", &args)) };
    let own: Value = counter::starting_at(owner, 0).into();
    Ok(vec![(apply_to(function, std::slice::from_ref(&own))? == own).into()])
}

fn add_up(_: Owner, args: Vec<Value>) -> Values {
    let [Value::Callable(function), Value::Int64(count)] = &args[..] else {
        return Err(wrong("callable, int64", &args));
    };
    let total = (0..*count)
        .try_fold(Value::from(0_i64), |total, number| apply_to(function, &[total, number.into()]));
    Ok(vec![total?])
}
