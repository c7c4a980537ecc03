//! Reading and printing: the same bytes back, defaults, navigation.

use metaffi_idl::{Idl, Kind};

const FULL: &str = include_str!("samples/full.json");

fn full() -> Idl {
    Idl::from_json(FULL).unwrap_or_else(|faults| panic!("{faults:?}"))
}

#[test]
fn what_was_read_prints_to_the_same_bytes() {
    assert_eq!(full().to_json(), FULL);
}

#[test]
fn what_is_left_out_has_its_default() {
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
        Function find(code: string8, limit: int32 = 10) -> handle_array<shop.Article>, array | class=shop.Finder,callable=find
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
