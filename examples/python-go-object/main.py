from metaffi import MetaFFIRuntime, MetaFFITypes, metaffi_type_info

handle = metaffi_type_info(MetaFFITypes.metaffi_handle_type)
string8 = metaffi_type_info(MetaFFITypes.metaffi_string8_type)
boolean = metaffi_type_info(MetaFFITypes.metaffi_bool_type)
anything = metaffi_type_info(MetaFFITypes.metaffi_any_type)

module = MetaFFIRuntime("go").load_module("TestMap_MetaFFIGuest")
new_test_map = module.load_entity("callable=NewTestMap", None, [handle])
set_value = module.load_entity(
    "callable=TestMap.Set,instance_required", [handle, string8, anything], None
)
get_value = module.load_entity(
    "callable=TestMap.Get,instance_required", [handle, string8], [anything]
)
contains = module.load_entity(
    "callable=TestMap.Contains,instance_required", [handle, string8], [boolean]
)
get_name = module.load_entity("field=TestMap.Name,instance_required,getter", [handle], [string8])
set_name = module.load_entity(
    "field=TestMap.Name,instance_required,setter", [handle, string8], None
)


class Treasure:
    """A class that Go does not know."""


go_map = new_test_map()
treasure = Treasure()
values = {
    "none": None,
    "bool": True,
    "int": -(2**63),
    "big": 2**64 - 1,
    "float": 0.1,
    "text": "naïve 🦀 \0 text",
    "bytes": b"\x00\xff",
    "list": [1, 2, 3],
    "mixed": [1, "two", 3.0, None, [True]],
    "treasure": treasure,
}
for key, value in values.items():
    set_value(go_map, key, value)
for key, value in values.items():
    back = get_value(go_map, key)
    assert back == value and type(back) is type(value), (key, back)
    print(
        f"{key}: {back!r}"
        if key != "treasure"
        else f"treasure: the same object: {back is treasure}"
    )

print(
    "contains treasure:",
    contains(go_map, "treasure"),
    "- contains dragons:",
    contains(go_map, "dragons"),
)
print("name:", get_name(go_map))
set_name(go_map, "chest")
print("name:", get_name(go_map))
