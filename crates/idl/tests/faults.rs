//! An invalid IDL is refused with the location of every problem.

use metaffi_idl::Idl;

fn diagnostics(text: &str) -> String {
    let diagnostics = Idl::from_json(text).expect_err("the IDL is broken");
    diagnostics.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn text_that_is_not_json() {
    assert_eq!(
        diagnostics("{"),
        "$: this is not JSON: EOF while parsing an object at line 1 column 1"
    );
    assert_eq!(diagnostics("[]"), "$: must be an object, but is an array");
}

#[test]
fn an_empty_object_lacks_what_is_required() {
    insta::assert_snapshot!(diagnostics("{}"), @r#"
        $: 'idl_source' is missing
        $: 'target_language' is missing
        $: 'modules' is missing
    "#);
}

#[test]
fn all_problems_are_reported() {
    let text = r#"{
        "idl_source": "../secret",
        "target_language": "",
        "modul": [],
        "modules": [
            { "name": "a", "comment": 3, "functions": [
                { "name": "f", "entity_path": {} },
                { "entity_path": { "callable": "g=h", "getter": "perhaps", "class": 4 } },
                { "name": "h", "entity_path": { "getter": "true", "setter": "true" }, "parameters": [
                    { "name": "p", "type": "int65" },
                    { "name": "q", "type": "int64", "dimensions": 1 },
                    { "name": "r", "type": "int64_array", "dimensions": 0 },
                    { "name": "s", "type": "null_array", "dimensions": 256, "is_optional": "no" },
                    7
                ], "overload_index": -1 }
            ] },
            { "name": "b", "tags": { "key with blank": [] }, "classes": [
                { "name": "C", "release": 5, "methods": [ { "name": "m", "entity_path": { "callable": "m" },
                  "instance_required": 1 } ],
                  "fields": [ { "type": "any", "getter": null, "setter": {} } ] }
            ], "globals": {}, "external_resources": [1] }
        ]
    }"#;
    insta::assert_snapshot!(diagnostics(text), @r#"
        $.modul: unknown field: an element of this kind has version, idl_source, idl_extension, idl_filename_with_extension, idl_full_path, metaffi_guest_lib, target_language, has_null_elements, class_of, supertypes_of, object_operations, modules
        $.target_language: must not be empty
        $.modules[0].comment: must be a string, but is a number
        $.modules[0].functions[0].entity_path: must not be empty: it is what a host loads
        $.modules[0].functions[1]: 'name' is missing
        $.modules[0].functions[1].entity_path.class: must be a string, but is a number
        $.modules[0].functions[1].entity_path.callable: 'g=h' is not allowed in an entity path: it contains an '='
        $.modules[0].functions[1].entity_path.getter: 'getter' is a tag, but 'perhaps' is neither true nor false: write getter
        $.modules[0].functions[2].entity_path.setter: 'setter' contradicts 'getter': keep one of them
        $.modules[0].functions[2].parameters[0].type: unknown type 'int65': use a name like int64, string8, handle, any, int64_array or array
        $.modules[0].functions[2].parameters[1].dimensions: must be 0 for type int64, but is 1
        $.modules[0].functions[2].parameters[2].dimensions: must be 1 or more (-1 for unknown) for type int64_array, but is 0
        $.modules[0].functions[2].parameters[3].type: unknown type 'null_array': use a name like int64, string8, handle, any, int64_array or array
        $.modules[0].functions[2].parameters[3].dimensions: must be an integer from -1 to 255, but is 256
        $.modules[0].functions[2].parameters[3].is_optional: must be true or false, but is a string
        $.modules[0].functions[2].parameters[4]: must be an object, but is a number
        $.modules[0].functions[2].overload_index: must be an integer from 0 to 4294967295, but is -1
        $.modules[1].tags["key with blank"]: must be a string, but is an array
        $.modules[1].classes[0].release: must be an object, but is a number
        $.modules[1].classes[0].methods[0].instance_required: must be true or false, but is a number
        $.modules[1].classes[0].fields[0]: 'name' is missing
        $.modules[1].classes[0].fields[0].setter: 'name' is missing
        $.modules[1].classes[0].fields[0].setter: 'entity_path' is missing
        $.modules[1].globals: must be an array, but is an object
        $.modules[1].external_resources[0]: must be a string, but is a number
        $.idl_source: must be an identifier, but is '../secret'
    "#);
}
