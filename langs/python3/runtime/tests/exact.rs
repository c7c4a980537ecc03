//! Large integers, decimals, dates and times: values that are passed as objects.

mod fixtures;

use core::ffi::c_void;

use fixtures::{hub, load, python, types};
use metaffi::{Entity, ExactKind, Handle, ObjectData, Owner, Value, new_exact, new_object};

/// A value of the tests' own language.
struct Number;

impl ObjectData for Number {
    fn data(&self) -> *mut c_void {
        core::ptr::null_mut()
    }
}

fn rust() -> Owner {
    hub().owner("rust")
}

fn exact(kind: ExactKind, text: &str) -> Value {
    new_exact(rust(), new_object(rust(), Number), kind, text.into()).into()
}

fn entity(name: &str, params: &[&str], rets: &[&str]) -> Entity {
    let path = format!("callable={name}");
    let module = load(&python("exact.py")).unwrap_or_else(|error| panic!("{error:?}"));
    module.entity(&path, &types(params), &types(rets)).unwrap()
}

fn call(entity: &Entity, arg: impl Into<Value>) -> Value {
    entity.call(&[arg.into()]).unwrap_or_else(|error| panic!("{error:?}")).remove(0)
}

fn given(name: &str, declared: &str) -> Handle {
    match call(&entity("value", &["string8"], &[declared]), name) {
        Value::Handle(handle) => handle,
        other => panic!("{name} is {other:?}"),
    }
}

#[test]
fn python_objects_have_their_exact_value() {
    let said = |name, kind, text: &str| {
        let handle = given(name, "any");
        let exact = handle.exact().unwrap_or_else(|| panic!("{name} says nothing"));
        assert_eq!((exact.kind, exact.text), (kind, text), "{name}");
    };
    said("integer", ExactKind::Integer, "10000000000000000");
    said("negative", ExactKind::Integer, "-10000000000000000");
    said("huge", ExactKind::Integer, &format!("1{}", "0".repeat(5000)));
    said("decimal", ExactKind::Decimal, "1E+3");
    said("date", ExactKind::Date, "2024-02-29");
    said("time", ExactKind::Time, "12:30:00");
    said("datetime", ExactKind::DateTime, "2024-02-29T12:30:00");
    said("utc", ExactKind::Instant, "2024-02-29T12:30:00Z");
    said("offset", ExactKind::Instant, "2024-02-29T12:30:00+01:00");
    said("zone", ExactKind::Instant, "2024-10-27T02:30:00+00:00[UTC]");
    said("duration", ExactKind::Duration, "PT-86399.999999S");
    said("uuid", ExactKind::Uuid, "f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
}

#[test]
fn objects_that_are_more_than_a_value() {
    for name in ["price", "impostor", "time_of_zone"] {
        assert_eq!(given(name, "any").exact(), None, "{name}");
    }
    assert_eq!(given("decimal", "handle").exact(), None, "where a handle is declared");
}

#[test]
fn exact_values_become_python_values() {
    let show = entity("show", &["any"], &["string8"]);
    let arrives = |kind, text: &str, expected: &str| {
        assert_eq!(call(&show, exact(kind, text)), expected.into());
    };
    arrives(ExactKind::Integer, "-10000000000000000", "-0x10000000000000000");
    let huge = "f".repeat(5000);
    arrives(ExactKind::Integer, &huge, &format!("0x{huge}"));
    arrives(ExactKind::Decimal, "0.10", "Decimal('0.10')");
    arrives(ExactKind::Decimal, "-Infinity", "Decimal('-Infinity')");
    arrives(ExactKind::Date, "2024-02-29", "datetime.date(2024, 2, 29)");
    arrives(ExactKind::Time, "12:30", "datetime.time(12, 30)");
    arrives(ExactKind::Time, "12:30:00.000001000", "datetime.time(12, 30, 0, 1)");
    arrives(ExactKind::DateTime, "2024-02-29T12:30", "datetime.datetime(2024, 2, 29, 12, 30)");
    let utc = "datetime.datetime(2024, 2, 29, 12, 30, tzinfo=datetime.timezone.utc)";
    arrives(ExactKind::Instant, "2024-02-29T12:30:00Z", utc);
    arrives(
        ExactKind::Duration,
        "PT-0.5S",
        "datetime.timedelta(days=-1, seconds=86399, microseconds=500000)",
    );
    let uuid = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6";
    arrives(ExactKind::Uuid, uuid, &format!("UUID('{uuid}')"));
    let list = vec![exact(ExactKind::Decimal, "1"), Value::Int64(2)];
    let all = entity("show_all", &["any_array"], &["string8"]);
    assert_eq!(call(&all, list), "[Decimal('1'), 2]".into());
}

#[test]
fn values_that_python_cannot_represent_stay_handles() {
    let echo = entity("echo", &["any"], &["any"]);
    for (kind, text) in [
        (ExactKind::Time, "12:30:00.000000001"),
        (ExactKind::Instant, "1970-01-01T00:00:01.999999999Z"),
        (ExactKind::Duration, "PT0.000000001S"),
        (ExactKind::Duration, "PT9223372036854775807S"),
        (ExactKind::Date, "+10000-01-01"),
        (ExactKind::Date, "-0044-03-15"),
        (ExactKind::Instant, "2024-02-29T12:30:00+05:00[UTC]"),
        (ExactKind::Instant, "2024-02-29T12:30:00+01:00[Nowhere/Atlantis]"),
    ] {
        let value = exact(kind, text);
        assert_eq!(call(&echo, value.clone()), value, "{text}");
    }
}

#[test]
fn values_that_come_back_are_the_original() {
    let (echo, decimal) = (entity("echo", &["any"], &["any"]), given("decimal", "any"));
    assert_eq!(call(&echo, decimal.clone()), Value::Handle(decimal), "the very object");
}
