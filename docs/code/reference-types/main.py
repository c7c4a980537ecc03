from metaffi import MetaFFIRuntime, MetaFFITypes, metaffi_type_info

rows = metaffi_type_info(MetaFFITypes.metaffi_int64_array_type, dims=2)
text = MetaFFITypes.metaffi_string8_type
module = MetaFFIRuntime("python3").load_module("builtins")
show = module.load_entity("callable=str", [rows], [text])
print(show([[1, 2, 3], [4], []]))
