//! Reading and printing: identical bytes, defaults, traversal.

use metaffi_idl::{
    Base, Class, ClassKind, DefaultValue, Idl, Kind, Literal, Module, Passing, TypeTree,
};

const FULL: &str = include_str!("samples/full.json");

fn full() -> Idl {
    Idl::from_json(FULL).unwrap_or_else(|diagnostics| panic!("{diagnostics:?}"))
}

#[test]
fn reading_and_printing_gives_the_same_bytes() {
    assert_eq!(full().to_json(), FULL);
    let as_windows_has_it = FULL.replace('\n', "\r\n");
    assert_eq!(Idl::from_json(&as_windows_has_it).unwrap().to_json(), FULL);
}

/// The tags of version 1 are fields now; their content is preserved.
#[test]
fn version_1_is_read_as_version_2() {
    let text = r#"{"idl_source": "x", "target_language": "openjdk", "modules": [{"name": "x", "classes": [
        {"name": "B", "entity_path": {"class": "x.B"}},
        {"name": "A", "entity_path": {"class": "x.A"}, "fields": [
            {"name": "MAX", "type": "int32", "tags": {"constant": "7"}}],
         "tags": {"superclass": "x.B", "interfaces": "java.util.List, x.C", "outer": "x.B",
                  "kind": "interface", "abstract": "", "deprecated": "old"},
         "methods": [{"name": "f", "entity_path": {"class": "x.A", "callable": "f"},
                      "tags": {"throws": "java.io.IOException"},
                      "parameters": [
                        {"type": "handle", "tags": {"class": "x.B"}},
                        {"type": "any", "type_alias": "java.lang.Number", "is_optional": true,
                         "tags": {"accepts": "float64,int64", "default": "12"}},
                        {"type": "string8_array", "is_optional": true,
                         "tags": {"varargs": "", "default": "[]"}}]}]}]}]}"#;
    let idl = Idl::from_json(text).unwrap();
    let class = &idl.modules[0].classes[1];
    let bases: Vec<String> = class.bases.iter().map(|base| format!("{base:?}")).collect();
    insta::assert_snapshot!(bases.join("\n"), @r#"
        Class { id: "x.B", arguments: [] }
        Foreign { name: "java.util.List", arguments: [] }
        Foreign { name: "x.C", arguments: [] }
    "#);
    assert_eq!((class.kind, class.is_abstract), (ClassKind::Interface, true));
    assert_eq!(class.outer.as_deref(), Some("x.B"));
    assert_eq!(class.deprecated.as_deref(), Some("old"));
    assert!(class.tags.is_empty());
    assert_eq!(class.fields[0].constant, Some(Literal::integer(7)));
    let function = &class.methods[0].function;
    assert_eq!(function.raises, [TypeTree::foreign("java.io.IOException")]);
    assert_eq!(function.overload_id, "f(handle,any<java.lang.Number>,string8_array)");
    let [object, number, rest] = &function.parameters[..] else { panic!() };
    assert_eq!(object.tree, TypeTree::Class { id: "x.B".into(), arguments: vec![] });
    assert_eq!(number.accepts, [Base::Float64.into(), Base::Int64.into()]);
    assert_eq!(number.default_value, Some(DefaultValue::Value(Literal::integer(12))));
    assert_eq!(rest.passing, Passing::Variadic);
    assert_eq!(rest.default_value, Some(DefaultValue::Source("[]".into())));
    assert_eq!(Idl::from_json(&idl.to_json()).unwrap(), idl);
}

#[test]
fn a_class_that_is_not_described_is_reported() {
    let text = r#"{"version": 2, "idl_source": "x", "target_language": "go", "modules": [
        {"name": "x", "aliases": [{"name": "A", "tree": {"kind": "list", "of": {"kind": "class", "id": "x.B"}}}]}]}"#;
    let diagnostics = Idl::from_json(text).unwrap_err();
    insta::assert_snapshot!(diagnostics[0], @"$.modules[0].aliases[0].tree: no class here has the id 'x.B': describe it, or make it a foreign type");
}

#[test]
fn completing_resolves_references_both_ways() {
    let class = Class {
        name: "A".into(),
        bases: vec![TypeTree::foreign("A"), TypeTree::Class { id: "B".into(), arguments: vec![] }],
        ..Class::default()
    };
    let mut idl = Idl {
        idl_source: "x".into(),
        target_language: "go".into(),
        modules: vec![Module { name: "x".into(), classes: vec![class], ..Module::default() }],
        ..Idl::default()
    };
    idl.complete();
    let described = TypeTree::Class { id: "A".into(), arguments: vec![] };
    assert_eq!(idl.modules[0].classes[0].bases, [described, TypeTree::foreign("B")]);
    assert_eq!(Idl::from_json(&idl.to_json()).unwrap(), idl);
}

#[test]
fn types_have_a_readable_form() {
    let idl = full();
    let function = &idl.modules[0].functions[0];
    let values = function.parameters.iter().chain(&function.return_values);
    let lines: Vec<String> = values.map(|value| value.tree.to_string()).collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
        optional<text>
        int32
        "up" | "down" | null | 1 | 2.5 | true | 0x00ff | NaN | 18446744073709551616 | none
        function(shop.Article) -> bool
        array<any>
        map<text, any>
        shop.Article[]
        (list<text>, set<int32>, iterator<bytes>, iterable<T>, awaitable<none>, function(…) -> any, java.util.Optional<text>, uint8[][])
    "#);
}

#[test]
fn omitted_fields_have_their_defaults() {
    let idl = Idl::from_json(
        r#"{"idl_source": "x", "target_language": "go", "modules": [{"name": "x", "functions": [
            {"name": "f", "entity_path": {"callable": "f"}, "parameters": [
                {"type": "int8"}, {"type": "int8_array"}, {"type": "array"}]}]}]}"#,
    )
    .unwrap();
    let function = &idl.modules[0].functions[0];
    let dimensions: Vec<i32> = function.parameters.iter().map(|p| p.dimensions).collect();
    assert_eq!(dimensions, [0, 1, -1]);
    assert_eq!((function.overload_index, function.return_values.len()), (0, 0));
    assert_eq!(idl.modules[0].classes.len(), 0);
}

#[test]
fn every_callable_is_listed_once_in_order() {
    let idl = full();
    let lines: Vec<String> = idl
        .callables()
        .map(|c| format!("{:?} {} | {}", c.kind, c.signature(), c.entity_path()))
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
        Function find(code: string8, limit: int32 = 10, order: any<shop.Order>, by: callable, rest: array, named: any) -> handle_array<shop.Article>, array | class=shop.Finder,callable=find
        Getter Currency() | global=Currency,getter
        Setter Currency() | global=Currency,setter
        Constructor <init>() -> handle<shop.Article> | class=shop.Article,callable=<init>
        Method scale(this: handle, matrix: float64_array[2]) -> uint8_packed_array | class=shop.Article,callable=scale,instance_required
        Getter price(this: handle) -> int64 | class=shop.Article,field=price,getter,instance_required
        Release close(this: handle) | class=shop.Article,callable=close,instance_required
    "#);
    let in_class = idl.callables().filter(|c| c.class.is_some()).count();
    assert_eq!(in_class, 4);
    let release = idl.callables().find(|c| c.kind == Kind::Release).unwrap();
    assert!(release.instance_required);
}
