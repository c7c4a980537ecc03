//! The meaning of entity paths: look-up, tags, blanks, expansion, building.

use metaffi_entity_path::{EntityPath, ParseErrorKind};

fn items(text: &str) -> Vec<(String, String)> {
    let path = EntityPath::parse_literal(text).unwrap_or_else(|error| panic!("{error}"));
    path.iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn items_keep_their_order() {
    assert_eq!(
        items("callable=greet,instance_required,class=com.example.MyClass"),
        pairs(&[
            ("callable", "greet"),
            ("instance_required", "true"),
            ("class", "com.example.MyClass")
        ])
    );
}

#[test]
fn blanks_and_empty_items_are_ignored() {
    assert_eq!(items(" callable = f ,, getter ,"), pairs(&[("callable", "f"), ("getter", "true")]));
    assert_eq!(items(" , ,"), pairs(&[]));
    assert!(EntityPath::parse("").unwrap().is_empty());
}

#[test]
fn unknown_keys_are_kept_and_harmless() {
    let path = EntityPath::parse_literal("callable=f,colour=red,shiny").unwrap();
    assert_eq!(path.get("colour"), Some("red"));
    assert!(path.has_tag("shiny"));
    assert_eq!(path.to_string(), "callable=f,colour=red,shiny");
}

#[test]
fn a_false_tag_counts_as_absent() {
    let path = EntityPath::parse_literal("field=x,getter=true,setter=false").unwrap();
    assert!(path.has_tag("getter"));
    assert!(!path.has_tag("setter"));
    assert!(!path.has_tag("varargs"));
    assert_eq!(path.to_string(), "field=x,getter,setter=false");
}

#[test]
fn names_of_jvm_and_python_pass_unchanged() {
    for text in
        ["class=a.Outer$Inner,callable=<init>", "callable=Class.__add__", "callable=Σύνολο.größe"]
    {
        assert_eq!(EntityPath::parse_literal(text).unwrap().to_string(), text);
    }
}

#[test]
fn set_variables_are_expanded_in_values() {
    let path = EntityPath::parse_with("class=${PKG}.Outer$Inner,callable=$NAME", |name| {
        (name == "PKG").then(|| "com.example".to_owned())
    })
    .unwrap();
    assert_eq!(path.to_string(), "class=com.example.Outer$Inner,callable=$NAME");
}

#[test]
fn the_process_environment_is_the_default() {
    let home = std::env::var("PATH").unwrap();
    let expected = EntityPath::parse_with("callable=$PATH", |_| Some(home.clone()));
    assert_eq!(EntityPath::parse("callable=$PATH"), expected);
    assert_eq!("callable=$PATH".parse(), expected);
}

#[test]
fn a_variable_cannot_add_items() {
    let error = EntityPath::parse_with("callable=$X", |_| Some("f,setter".to_owned())).unwrap_err();
    assert_eq!(
        error.kind(),
        &ParseErrorKind::Unprintable { text: "f,setter".to_owned(), what: "a ','" }
    );
    assert_eq!((error.offset(), error.length()), (9, 2));
}

#[test]
fn a_missing_key_is_named_with_the_path() {
    let path = EntityPath::parse_literal("callable=f").unwrap();
    assert_eq!(path.require("callable"), Ok("f"));
    assert_eq!(
        path.require("class").unwrap_err().to_string(),
        "entity path 'callable=f' has no 'class': add class=…"
    );
}

#[test]
fn built_paths_print_like_parsed_ones() {
    let built =
        EntityPath::new().with("class", "a.B").with("callable", "f").tag("instance_required");
    assert_eq!(built.to_string(), "class=a.B,callable=f,instance_required");
    assert_eq!(EntityPath::parse_literal(&built.to_string()), Ok(built));
    let named_true = EntityPath::new().with("callable", "true");
    assert_eq!(named_true.to_string(), "callable=true");
}

#[test]
fn builders_refuse_items_that_could_not_be_parsed_again() {
    let path = EntityPath::new().with("callable", "f").tag("getter");
    for (key, value) in [
        ("field", "a,b"),
        ("field", "a=b"),
        ("field", " a"),
        ("field", ""),
        ("", "x"),
        ("a,b", "x"),
        ("callable", "g"),
        ("setter", "true"),
        ("varargs", "maybe"),
    ] {
        assert!(path.clone().try_with(key, value).is_err(), "{key}={value}");
    }
}

#[test]
#[should_panic(expected = "'callable' is given twice")]
fn with_panics_where_try_with_fails() {
    let _ = EntityPath::new().with("callable", "f").with("callable", "g");
}
