from metaffi import MetaFFIRuntime, MetaFFITypes, metaffi_type_info

string8 = metaffi_type_info(MetaFFITypes.metaffi_string8_type)

runtime = MetaFFIRuntime("go")
module = runtime.load_module("hello_MetaFFIGuest")
say_hello = module.load_entity("callable=SayHello", [string8], [string8])

print(say_hello("Python"))
