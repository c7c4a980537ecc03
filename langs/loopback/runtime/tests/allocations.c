/* Counts all allocations in the process during calls: this program's malloc is
 * used by every library. Prints the number of allocations in 1000 calls of each
 * entity that is passed to it. */
#include <metaffi.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
static volatile unsigned long allocations;

void *malloc(size_t n) { return allocations++, __libc_malloc(n); }
void *calloc(size_t n, size_t m) { return allocations++, __libc_calloc(n, m); }
void *realloc(void *p, size_t n) { return allocations++, __libc_realloc(p, n); }
int posix_memalign(void **out, size_t align, size_t n) {
    allocations++;
    return (*out = __libc_memalign(align, n)) ? 0 : ENOMEM;
}

static metaffi_str text(const char *s) { return (metaffi_str){s, strlen(s)}; }
static void *no_more_memory(metaffi_frame *f, uint64_t n) { return (void)f, (void)n, NULL; }

/* Makes one call with `n` arguments like `arg`; returns 0 if it failed. */
static int call(metaffi_entity *entity, metaffi_value arg, uint32_t n) {
    metaffi_value args[2] = {arg, arg}, result;
    uint8_t arena[256];
    metaffi_frame frame = {args, &result, n, 1, arena, arena + sizeof arena, no_more_memory, NULL};
    return entity->call(entity->context, &frame) == METAFFI_OK && result.type == arg.type;
}

static int measure(const metaffi_hub *hub, metaffi_module *module, const char *path,
                   metaffi_value arg, uint32_t n) {
    metaffi_type_info types[2] = {{arg.type, 0, {0}}, {arg.type, 0, {0}}};
    metaffi_entity_request request = {sizeof request, 0, text(path), types, types, n, 1};
    metaffi_entity *entity;
    if (hub->load_entity(module, &request, &entity, NULL) || !call(entity, arg, n)) return 1;
    unsigned long before = allocations;
    for (int i = 0; i < 1000; i++)
        if (!call(entity, arg, n)) return 1;
    printf("%s %lu\n", path, allocations - before);
    hub->release_entity(entity);
    return 0;
}

int main(int argc, char **argv) {
    void *library = argc > 1 ? dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : NULL;
    metaffi_hub_get_fn get;
    if (!library) return 1;
    *(void **)&get = dlsym(library, "metaffi_hub_get");
    const metaffi_hub *hub = get(METAFFI_ABI_VERSION);
    metaffi_runtime *runtime;
    metaffi_module *module;
    metaffi_value number = {.type = METAFFI_INT64, .as.i64 = 1};
    metaffi_value words = {.type = METAFFI_STRING8, .length = 16, .as.data = "sixteen letters!"};
    if (hub->load_runtime(text("loopback"), &runtime, NULL)) return 1;
    if (hub->load_module(runtime, text("loopback"), &module, NULL)) return 1;
    return measure(hub, module, "callable=add", number, 2) ||
           measure(hub, module, "callable=echo_int64", number, 1) ||
           measure(hub, module, "callable=echo_string", words, 1) ||
           measure(hub, module, "callable=concat", words, 2);
}
