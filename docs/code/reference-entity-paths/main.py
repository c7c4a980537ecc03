"""Calls one of everything, by its entity path."""

from metaffi import MetaFFIRuntime, MetaFFITypes

anything, handle = MetaFFITypes.metaffi_any_type, MetaFFITypes.metaffi_handle_type
integer, text = MetaFFITypes.metaffi_int64_type, MetaFFITypes.metaffi_string8_type


def call(module, path, params=(), results=(anything,), *args):
    result = module.load_entity(path, params, results)(*args)
    print(f"{path}: {result}")
    return result


print("python3")
kit = MetaFFIRuntime("python3").load_module("kit.py")
shop = kit.load_entity("callable=Shop", [text], [handle])("Ann")
call(kit, "callable=Shop.greet,instance_required", [handle, text], [text], shop, "Bob")
call(kit, "callable=greet,instance_required", [handle], [text], shop)
call(kit, "callable=__str__,instance_required", [anything], [text], 1.5)
call(kit, "callable=Shop.twice", [integer], [integer], 4)
call(kit, "callable=Shop.loud.fget", [handle], [text], shop)
call(kit, "attribute=limit")
call(kit, "attribute=limit,setter", [integer], (), 6)
call(kit, "attribute=Shop.count,getter")
call(kit, "attribute=name,instance_required,getter", [handle], [text], shop)
call(kit, "callable=total,varargs", [anything], [integer], [1, 2, 3])
call(kit, "callable=total,varargs,named_args", [anything, anything], [integer], [1], {"scale": 9})
call(kit, "callable=later,awaited", [integer], [integer], 7)

print("openjdk")
java = MetaFFIRuntime("openjdk").load_module("")
items = java.load_entity("class=java.util.ArrayList,callable=<init>", (), [handle])()
call(java, "class=java.lang.Math,callable=negateExact", [integer], [integer], 5)
call(java, "class=java.util.List,callable=size,instance_required", [handle], [anything], items)
call(java, "class=java.lang.Integer,field=MAX_VALUE,getter")
pair = [anything, anything]
call(java, "class=java.util.AbstractMap$SimpleEntry,callable=<init>", pair, [anything], 1, 2)

print("go")
kit = MetaFFIRuntime("go").load_module("kit_MetaFFIGuest")
shop = kit.load_entity("callable=NewShop", [text], [handle])("Ann")
call(kit, "callable=Shop.Greet,instance_required", [handle, text], [text], shop, "Bob")
call(kit, "field=Shop.Name,instance_required,setter", [handle, text], (), shop, "Cy")
call(kit, "field=Shop.Name,instance_required,getter", [handle], [text], shop)
call(kit, "callable=Shop.GetName", [handle], [text], shop)
call(kit, "global=Limit,getter", (), [integer])
call(kit, "global=Limit,setter", [integer], (), 6)
call(kit, "callable=Largest[int]", [integer] * 2, [integer], 2, 3)
