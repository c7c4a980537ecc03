from metaffi import MetaFFIRuntime, MetaFFITypes, metaffi_type_info

handle = metaffi_type_info(MetaFFITypes.metaffi_handle_type)
string8 = metaffi_type_info(MetaFFITypes.metaffi_string8_type)
anything = metaffi_type_info(MetaFFITypes.metaffi_any_type)

log4j = MetaFFIRuntime("openjdk").load_module("log4j-api-2.21.1.jar;log4j-core-2.21.1.jar")
get_logger = log4j.load_entity(
    "class=org.apache.logging.log4j.LogManager,callable=getLogger", [string8], [handle]
)
error = log4j.load_entity(
    "class=org.apache.logging.log4j.Logger,callable=error,instance_required",
    [handle, string8],
    None,
)

go = MetaFFIRuntime("go").load_module("TestMap_MetaFFIGuest")
new_test_map = go.load_entity("callable=NewTestMap", None, [handle])
set_value = go.load_entity(
    "callable=TestMap.Set,instance_required", [handle, string8, anything], None
)
get_value = go.load_entity("callable=TestMap.Get,instance_required", [handle, string8], [anything])

logger = get_logger("kept-by-go")
go_map = new_test_map()
set_value(go_map, "logger", logger)  # a Java object, stored by Go

back = get_value(go_map, "logger")
error(back, "Hello from Java, by way of Go and Python!")
print("the same Java object:", back == logger)
