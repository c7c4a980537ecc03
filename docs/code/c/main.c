/* A host in C, written against metaffi.h alone: calls two functions of Python. */
#include <dlfcn.h>
#include <metaffi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static metaffi_str text(const char *s) { return (metaffi_str){s, strlen(s)}; }

static void check(metaffi_status status, metaffi_error **error) {
    if (status == METAFFI_OK) return;
    fprintf(stderr, "%.*s\n", (int)(*error)->message.length, (*error)->message.data);
    (*error)->release(*error);
    exit(1);
}

static const metaffi_hub *open_hub(void) {
    char path[4096];
    snprintf(path, sizeof path, "%s/lib/libmetaffi.so", getenv("METAFFI_HOME"));
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    metaffi_hub_get_fn get;
    if (!library) exit(1);
    *(void **)&get = dlsym(library, "metaffi_hub_get");
    return get(METAFFI_ABI_VERSION);
}

static metaffi_entity *load(const metaffi_hub *hub, const char *module, const char *path,
                            const metaffi_type_info *params, uint32_t count) {
    metaffi_entity_request request = {sizeof request, 0, text(path), params, params, count, 1};
    metaffi_runtime *runtime;
    metaffi_module *loaded;
    metaffi_entity *entity;
    metaffi_error *error = NULL;
    check(hub->load_runtime(text("python3"), &runtime, &error), &error);
    check(hub->load_module(runtime, text(module), &loaded, &error), &error);
    check(hub->load_entity(loaded, &request, &entity, &error), &error);
    return entity;
}

static void *no_more_memory(metaffi_frame *frame, uint64_t size) { return (void)frame, (void)size, NULL; }

int main(void) {
    const metaffi_hub *hub = open_hub();
    metaffi_type_info numbers[2] = {{METAFFI_FLOAT64, 0, {0}}, {METAFFI_FLOAT64, 0, {0}}};
    metaffi_type_info string[1] = {{METAFFI_STRING8, 0, {0}}};
    metaffi_entity *hypot = load(hub, "math", "callable=hypot", numbers, 2);
    metaffi_entity *capwords = load(hub, "string", "callable=capwords", string, 1);

    metaffi_value sides[2] = {{.type = METAFFI_FLOAT64, .as.f64 = 3}, {.type = METAFFI_FLOAT64, .as.f64 = 4}};
    metaffi_value result = {0};
    metaffi_frame frame = {.args = sides, .rets = &result, .nargs = 2, .nrets = 1, .arena_grow = no_more_memory};
    check(hypot->call(hypot->context, &frame), &frame.error);
    printf("%g\n", result.as.f64);

    uint8_t arena[256]; /* where the guest puts the text that it returns */
    metaffi_value words = {.type = METAFFI_STRING8, .length = 11, .as.data = "hello world"};
    frame = (metaffi_frame){&words, &result, 1, 1, arena, arena + sizeof arena, no_more_memory, NULL};
    check(capwords->call(capwords->context, &frame), &frame.error);
    printf("%.*s\n", (int)result.length, (const char *)result.as.data);

    hub->release_entity(hypot);
    hub->release_entity(capwords);
    hub->begin_exit();
    return 0;
}
