from metaffi import MetaFFIRuntime, MetaFFITypes, metaffi_type_info

string8 = metaffi_type_info(MetaFFITypes.metaffi_string8_type)

module = MetaFFIRuntime("go").load_module("markdown_MetaFFIGuest")
to_html = module.load_entity("callable=ToHTML", [string8], [string8])

text = """
# Shopping

- [x] bread
- [ ] ~~wine~~ **coffee** ☕
"""
print(to_html(text), end="")
