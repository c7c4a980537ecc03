from metaffi import MetaFFIRuntime, MetaFFITypes, metaffi_type_info

anything = metaffi_type_info(MetaFFITypes.metaffi_any_type)
boolean = metaffi_type_info(MetaFFITypes.metaffi_bool_type)
callback = metaffi_type_info(MetaFFITypes.metaffi_callable_type)
handle = metaffi_type_info(MetaFFITypes.metaffi_handle_type)
int32 = metaffi_type_info(MetaFFITypes.metaffi_int32_type)
string8 = metaffi_type_info(MetaFFITypes.metaffi_string8_type)

java = MetaFFIRuntime("openjdk").load_module("")  # the JDK's own classes

# A list of any Python objects.
new_list = java.load_entity("class=java.util.ArrayList,callable=<init>", None, [handle])
add = java.load_entity(
    "class=java.util.List,callable=add,instance_required", [handle, anything], [boolean]
)
get = java.load_entity(
    "class=java.util.List,callable=get,instance_required", [handle, int32], [anything]
)


class Friend:
    """A class that Java does not know."""


friend = Friend()
mixed = new_list()
for item in [42, "forty-two", 4.2, None, friend]:
    add(mixed, item)
print([get(mixed, i) for i in range(4)], get(mixed, 4) is friend)

# A Python function where Java expects a Predicate.
remove_if = java.load_entity(
    "class=java.util.List,callable=removeIf,instance_required", [handle, callback], [boolean]
)
remove_if(mixed, lambda item: not isinstance(item, Friend))
print(get(mixed, 0) is friend)

# Sorted keys: a TreeMap.
new_map = java.load_entity("class=java.util.TreeMap,callable=<init>", None, [handle])
put = java.load_entity(
    "class=java.util.Map,callable=put,instance_required", [handle, anything, anything], [anything]
)
to_string = java.load_entity(
    "class=java.lang.Object,callable=toString,instance_required", [handle], [string8]
)

ages = new_map()
for name, age in {"Grace": 45, "Ada": 36, "Barbara": 67}.items():
    put(ages, name, age)
print(to_string(ages))

# Takes bytes, and returns a UUID.
name_uuid = java.load_entity(
    "class=java.util.UUID,callable=nameUUIDFromBytes",
    [metaffi_type_info(MetaFFITypes.metaffi_uint8_array_type, dims=1)],
    [handle],
)
print(to_string(name_uuid(b"MetaFFI")))
