//! Type names: each can be parsed again, and nothing else is a type.

use metaffi_idl::{Base, Type};

#[test]
fn every_type_reads_back() {
    for ty in Type::all() {
        assert_eq!(ty.to_string().parse(), Ok(ty));
    }
    assert_eq!(Type::all().count(), 22 + 21 + 15 + 1);
}

#[test]
fn packed_arrays_exist_for_types_that_fit_in_one_buffer() {
    for (base, packed) in [
        (Base::Float32, true),
        (Base::Size, true),
        (Base::Bool, true),
        (Base::String8, true),
        (Base::Handle, true),
        (Base::Callable, true),
        (Base::Char8, false),
        (Base::String16, false),
        (Base::Any, false),
        (Base::Null, false),
    ] {
        assert_eq!(Type::packed(base).is_some(), packed, "{}", base.name());
    }
}

#[test]
fn errors_name_the_invalid_type() {
    for name in
        ["", "int", "INT64", "int64_", "null_array", "array_array", "char8_packed_array", "_array"]
    {
        let error = name.parse::<Type>().unwrap_err();
        assert!(error.to_string().starts_with(&format!("unknown type '{name}': use a name like")));
    }
}
