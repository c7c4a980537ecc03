/* A host that calls through the runtime `echo`. Its argument is the path of the hub. */
#include <dlfcn.h>
#include <metaffi.h>
#include <stdio.h>

static int failed(const metaffi_error *error) {
    printf("%.*s\n", (int)error->message.length, error->message.data);
    return 1;
}

int main(int count, char **arguments) {
    void *library = count == 2 ? dlopen(arguments[1], RTLD_NOW) : NULL;
    metaffi_hub_get_fn get = library ? (metaffi_hub_get_fn)dlsym(library, "metaffi_hub_get") : NULL;
    const metaffi_hub *hub = get ? get(METAFFI_ABI_VERSION) : NULL;
    metaffi_runtime *runtime;
    metaffi_module *module;
    metaffi_entity *add;
    metaffi_error *error = NULL;
    if (hub == NULL) return 2;
    if (hub->load_runtime((metaffi_str){"echo", 4}, &runtime, &error)) return failed(error);
    if (hub->load_module(runtime, (metaffi_str){"loopback", 8}, &module, &error)) return failed(error);
    metaffi_type_info numbers[2] = {{METAFFI_INT64, 0, {0, 0}}, {METAFFI_INT64, 0, {0, 0}}};
    metaffi_entity_request request = {sizeof request, 0, {"callable=add", 12}, numbers, numbers, 2, 1};
    if (hub->load_entity(module, &request, &add, &error)) return failed(error);
    metaffi_value args[2] = {{.type = METAFFI_INT64, .as.i64 = 40}, {.type = METAFFI_INT64, .as.i64 = 2}};
    metaffi_value result = {0};
    metaffi_frame frame = {.args = args, .rets = &result, .nargs = 2, .nrets = 1};
    if (add->call(add->context, &frame)) return failed(frame.error);
    printf("40 + 2 = %lld\n", (long long)result.as.i64);
    hub->release_entity(add);
    hub->release_module(module);
    hub->release_runtime(runtime);
    return 0;
}
