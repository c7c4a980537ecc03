/* A complete host in C that needs only metaffi.h: loads loopback, calls add. */
#include <metaffi.h>
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

static metaffi_str text(const char *s) { return (metaffi_str){s, strlen(s)}; }

static int fail(const char *what, metaffi_error *error) {
    fprintf(stderr, "%s: %.*s\n", what, error ? (int)error->message.length : 1,
            error ? error->message.data : "?");
    if (error) error->release(error);
    return 1;
}

static void *no_more_memory(metaffi_frame *frame, uint64_t size) {
    (void)frame, (void)size;
    return NULL; /* this host's calls return nothing that needs an arena */
}

int main(int argc, char **argv) {
    void *library = argc > 1 ? dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : NULL;
    metaffi_hub_get_fn get;
    if (!library) return fail("dlopen", NULL);
    *(void **)&get = dlsym(library, "metaffi_hub_get");
    const metaffi_hub *hub = get(METAFFI_ABI_VERSION);
    metaffi_runtime *runtime;
    metaffi_module *module;
    metaffi_entity *entity;
    metaffi_error *error = NULL;
    metaffi_type_info ints[2] = {{METAFFI_INT64, 0, {0}}, {METAFFI_INT64, 0, {0}}};
    metaffi_entity_request request = {sizeof request, 0, text("callable=add"), ints, ints, 2, 1};
    if (hub->load_runtime(text("loopback"), &runtime, &error)) return fail("runtime", error);
    if (hub->load_module(runtime, text("loopback"), &module, &error)) return fail("module", error);
    if (hub->load_entity(module, &request, &entity, &error)) return fail("entity", error);

    metaffi_value args[2] = {{.type = METAFFI_INT64, .as.i64 = 40}, {.type = METAFFI_INT64, .as.i64 = 2}};
    metaffi_value result;
    metaffi_frame frame = {.args = args, .rets = &result, .nargs = 2, .nrets = 1, .arena_grow = no_more_memory};
    if (entity->call(entity->context, &frame)) return fail("call", frame.error);
    printf("%lld\n", (long long)result.as.i64);
    hub->release_entity(entity);
    hub->release_module(module);
    hub->release_runtime(runtime);
    return 0;
}
