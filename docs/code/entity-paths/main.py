from metaffi import MetaFFIRuntime, MetaFFITypes, metaffi_type_info

int64 = metaffi_type_info(MetaFFITypes.metaffi_int64_type)
string8 = metaffi_type_info(MetaFFITypes.metaffi_string8_type)
handle = metaffi_type_info(MetaFFITypes.metaffi_handle_type)
int64s = metaffi_type_info(MetaFFITypes.metaffi_int64_array_type, dims=1)

jdk = MetaFFIRuntime("openjdk").load_module("")

# A static method: of `max`'s overloads the one for two longs.
largest = jdk.load_entity("class=java.lang.Math,callable=max", [int64, int64], [int64])
print(largest(3, 5))

# A constructor, a method, a static field.
builder = jdk.load_entity("class=java.lang.StringBuilder,callable=<init>", [string8], [handle])
reverse = jdk.load_entity(
    "class=java.lang.StringBuilder,callable=reverse,instance_required", [handle], [handle]
)
text = jdk.load_entity(
    "class=java.lang.Object,callable=toString,instance_required", [handle], [string8]
)
print(text(reverse(builder("abc"))))
print(jdk.load_entity("class=java.lang.Long,field=MAX_VALUE,getter", None, [int64])())

# An array of rank 1, and no types at all: they come from the module.
total = jdk.load_entity("class=java.util.Arrays,callable=toString", [int64s], [string8])
print(total([1, 2, 3]))
print(jdk.load_entity("class=java.lang.Math,callable=max")(0.5, 2))
