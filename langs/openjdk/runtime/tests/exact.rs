//! Large integers, decimals, dates and times: values that cross as objects.

mod fixtures;

use core::ffi::c_void;

use fixtures::{call, callable, entity, handle, rust};
use metaffi::{Error, ErrorKind, ExactKind, Handle, ObjectData, Value, new_exact, new_object};

/// A value of a language that the tests define.
struct Number;

impl ObjectData for Number {
    fn data(&self) -> *mut c_void {
        core::ptr::null_mut()
    }
}

fn exact(kind: ExactKind, text: &str) -> Value {
    new_exact(rust(), new_object(rust(), Number), kind, text.into()).into()
}

fn passed(name: &str, value: impl Into<Value>) -> Result<Value, Error> {
    call(&entity(&format!("Values.{name}"), &["any"], &["string8"]).unwrap(), value)
}

fn arrives(name: &str, kind: ExactKind, text: &str, expected: &str) {
    assert_eq!(passed(name, exact(kind, text)).unwrap(), expected.into(), "{name} {text}");
}

fn error_of(name: &str, kind: ExactKind, text: &str) -> String {
    let error = passed(name, exact(kind, text)).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Argument, "{error}");
    error.into_parts().message
}

fn returned(name: &str) -> Handle {
    let entity = entity(&format!("Values.{name}"), &[], &["any"]).unwrap();
    handle(entity.call(&[]).unwrap().remove(0))
}

#[test]
fn values_become_javas_own_classes() {
    let two_to_64 = "18446744073709551616";
    arrives(
        "ofObject",
        ExactKind::Integer,
        "10000000000000000",
        &format!("BigInteger {two_to_64}"),
    );
    arrives("ofInteger", ExactKind::Integer, "-10000000000000000", &format!("-{two_to_64}"));
    arrives("ofObject", ExactKind::Decimal, "1E+3", "BigDecimal 1E+3");
    arrives("ofDecimal", ExactKind::Decimal, "0.10", "0.10");
    arrives("ofDate", ExactKind::Date, "2024-02-29", "2024-02-29");
    arrives("ofObject", ExactKind::Time, "12:00:00.5", "LocalTime 12:00:00.500");
    arrives("ofObject", ExactKind::DateTime, "2024-02-29T12:00", "LocalDateTime 2024-02-29T12:00");
    arrives("ofObject", ExactKind::Duration, "PT-1.5S", "Duration PT-1.5S");
    let uuid = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6";
    arrives("ofObject", ExactKind::Uuid, uuid, &format!("UUID {uuid}"));
}

#[test]
fn instants_are_of_the_declared_class() {
    let (utc, offset) = ("2024-02-29T12:00:00Z", "2024-02-29T13:00:00+01:00");
    let zoned = "2024-10-27T02:30:00+01:00[Europe/Paris]";
    arrives("ofObject", ExactKind::Instant, utc, "Instant 2024-02-29T12:00:00Z");
    arrives("ofObject", ExactKind::Instant, offset, "OffsetDateTime 2024-02-29T13:00+01:00");
    // The later of the two hours, which only the offset distinguishes.
    arrives(
        "ofObject",
        ExactKind::Instant,
        zoned,
        "ZonedDateTime 2024-10-27T02:30+01:00[Europe/Paris]",
    );
    arrives("ofInstant", ExactKind::Instant, offset, "2024-02-29T12:00:00Z");
    arrives("ofInstant", ExactKind::Instant, zoned, "2024-10-27T01:30:00Z");
    arrives("ofOffset", ExactKind::Instant, utc, "2024-02-29T12:00Z");
    arrives("ofZoned", ExactKind::Instant, offset, "2024-02-29T13:00+01:00");
}

#[test]
fn values_that_java_cannot_represent_remain_handles_or_fail() {
    for (kind, text) in [
        (ExactKind::Decimal, "NaN"),
        (ExactKind::Instant, "2024-02-29T13:00:00+05:00[Europe/Paris]"),
        (ExactKind::Instant, "2024-02-29T13:00:00+01:00[Nowhere/Atlantis]"),
        (ExactKind::Instant, "2024-02-29T13:00:00+01:00:00.000001"),
    ] {
        let Value::String8(seen) = passed("ofObject", exact(kind, text)).unwrap() else { panic!() };
        assert!(seen.starts_with("MetaFFIHandle"), "{text}: {seen}");
    }
    let message = error_of("ofDecimal", ExactKind::Decimal, "NaN");
    assert!(message.contains("expected java.math.BigDecimal, got the decimal NaN"), "{message}");
    let message = error_of("ofDate", ExactKind::Time, "12:00");
    assert!(message.contains("expected java.time.LocalDate, got the time 12:00"), "{message}");
}

#[test]
fn primitives_accept_values_in_range() {
    let message = error_of("ofLong", ExactKind::Integer, "-10000000000000000");
    assert!(message.contains("-18446744073709551616 is out of range for int64"), "{message}");
    let message = error_of("ofLong", ExactKind::Decimal, "1");
    assert!(message.contains("expected int64, got the decimal 1"), "{message}");
    arrives("ofDouble", ExactKind::Integer, "10000000000000000", "1.8446744073709552E19");
    arrives("ofDouble", ExactKind::Decimal, "0.10", "0.1");
    arrives("ofDouble", ExactKind::Decimal, "NaN", "NaN");
    arrives("ofBoxed", ExactKind::Decimal, "0.10", "0.1");
    assert!(error_of("ofDouble", ExactKind::Decimal, "1E+400").contains("1E+400 is out of range"));
    assert!(error_of("ofBoxed", ExactKind::Decimal, "1E+400").contains("got the decimal 1E+400"));
}

#[test]
fn in_lists_and_functions() {
    let integers = vec![exact(ExactKind::Integer, "10000000000000000"), Value::Int64(1)];
    assert_eq!(passed("ofArray", integers).unwrap(), "[18446744073709551616, 1]".into());
    let decimals = vec![exact(ExactKind::Decimal, "0.10"), exact(ExactKind::Decimal, "0.2")];
    assert_eq!(passed("ofList", decimals).unwrap(), "0.30".into());
    let price = callable(&["any", "any"], &["any"], |mut args| {
        let number = handle(args.remove(1));
        let day = handle(args.remove(0));
        assert_eq!(day.exact().unwrap().text, "2024-02-29");
        assert_eq!(number.exact().unwrap().text, format!("1{}", "0".repeat(25)));
        Ok(vec![exact(ExactKind::Decimal, "9.90")])
    });
    let entity = entity("Values.ofFunction", &["callable"], &["string8"]).unwrap();
    assert_eq!(call(&entity, price).unwrap(), "9.90".into());
}

#[test]
fn java_objects_describe_their_exact_value() {
    let exact_of = |name: &str| {
        let handle = returned(name);
        handle.exact().map(|exact| (exact.kind, exact.text.to_owned()))
    };
    let zoned = "2024-10-27T02:30+01:00[Europe/Paris]";
    assert_eq!(exact_of("zoned"), Some((ExactKind::Instant, zoned.into())));
    // With its offset, since only an instant ends with Z.
    let utc = "2024-02-29T12:30:00.500+00:00";
    assert_eq!(exact_of("utc"), Some((ExactKind::Instant, utc.into())));
    assert_eq!(exact_of("decimal"), Some((ExactKind::Decimal, "1E+3".into())));
    assert_eq!(exact_of("price"), None, "an object of a subclass is more than its value");
}

#[test]
fn values_return_as_the_original() {
    let decimal = returned("decimal");
    let plain = entity("Values.decimal", &[], &["handle"]).unwrap().call(&[]).unwrap().remove(0);
    assert_eq!(handle(plain).exact(), None, "an object where a handle is declared");
    let echo =
        fixtures::load("class=java.util.Objects,callable=requireNonNull", &["any"], &["any"]);
    let back = handle(call(&echo.unwrap(), decimal.clone()).unwrap());
    assert_eq!(back, decimal, "the very object");
}
