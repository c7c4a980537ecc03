"""One error of each kind, as a Python host gets it."""

from metaffi import MetaFFIError, MetaFFIRuntime, MetaFFITypes

int32 = MetaFFITypes.metaffi_int32_type
string8 = MetaFFITypes.metaffi_string8_type
loopback = MetaFFIRuntime("loopback").load_module("loopback")
java = MetaFFIRuntime("openjdk").load_module("")
absolute = java.load_entity("class=java.lang.Math,callable=abs", [int32], [int32])
divide = java.load_entity("class=java.lang.Math,callable=floorDiv", [int32, int32], [int32])


def released():
    runtime = MetaFFIRuntime("loopback")
    void = runtime.load_module("loopback").load_entity("callable=void", None, None)
    runtime.release_runtime_plugin()
    void()


def load():
    with open("broken.py", "w") as file:
        file.write("def f(:\n")
    MetaFFIRuntime("python3").load_module("broken.py")


for fails in (
    lambda: absolute(2**31),
    lambda: MetaFFIRuntime("openjdk").load_module("absent.jar"),
    load,
    lambda: java.load_entity("class=java.lang.Math,callable=abs", [string8], [int32]),
    lambda: divide(1, 0),
    lambda: loopback.load_entity("callable=panic", [string8], None)("oops"),
    released,
):
    try:
        fails()
    except MetaFFIError as error:
        print(error.kind, type(error).__name__, error.language, error.type_name or "-")
