from metaffi import MetaFFIError, MetaFFIRuntime, MetaFFITypes, metaffi_type_info

string8 = metaffi_type_info(MetaFFITypes.metaffi_string8_type)
int32 = metaffi_type_info(MetaFFITypes.metaffi_int32_type)
handle = metaffi_type_info(MetaFFITypes.metaffi_handle_type)

module = MetaFFIRuntime("openjdk").load_module("commons-lang3-3.17.0.jar")

# Static methods.
strings = "class=org.apache.commons.lang3.StringUtils"
capitalize = module.load_entity(f"{strings},callable=capitalize", [string8], [string8])
abbreviate = module.load_entity(f"{strings},callable=abbreviate", [string8, int32], [string8])
distance = module.load_entity(
    f"{strings},callable=getLevenshteinDistance", [string8, string8], [int32]
)

print(capitalize("crème brûlée"))
print(abbreviate("The quick brown fox jumps over the lazy dog", 22))
print(distance("kitten", "sitting"))

# Objects: a factory, and methods of the objects that it creates.
fraction = "class=org.apache.commons.lang3.math.Fraction"
new_fraction = module.load_entity(f"{fraction},callable=getFraction", [string8], [handle])
add = module.load_entity(f"{fraction},callable=add,instance_required", [handle, handle], [handle])
to_string = module.load_entity(
    f"{fraction},callable=toString,instance_required", [handle], [string8]
)

print("1/2 + 1/3 =", to_string(add(new_fraction("1/2"), new_fraction("1/3"))))

try:
    new_fraction("1/0")
except MetaFFIError as error:
    print(f"{error.type_name}: {error.message}")
