#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE /* dl_iterate_phdr, dladdr */
#endif
#include "metaffi_host.h"

#include <stdio.h>
#include <stdlib.h>

#ifdef _WIN32
#include <windows.h>

/* The longest path, in UTF-16. */
#define LONGEST 32768

/* The library's dependencies are searched for in its own folder, in the
 * program's folder and in the system's folder, never in the working directory;
 * for this Windows requires an absolute path. */
static void *open_library(const char *path) {
    static WCHAR wide[LONGEST], full[LONGEST]; /* the hub is opened under a lock */
    DWORD length;
    if (MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, path, -1, wide, LONGEST) == 0) {
        return NULL;
    }
    length = GetFullPathNameW(wide, LONGEST, full, NULL);
    if (length == 0 || length >= LONGEST) {
        return NULL;
    }
    return (void *)LoadLibraryExW(
        full, NULL, LOAD_LIBRARY_SEARCH_DEFAULT_DIRS | LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR);
}

static void *symbol_of(void *library, const char *name) {
    return (void *)GetProcAddress((HMODULE)library, name);
}

static void why(char *message, size_t size) {
    snprintf(message, size, "cannot be loaded: error %lu; reinstall MetaFFI", GetLastError());
}
#else
#include <dlfcn.h>

static void *open_library(const char *path) {
    return dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
}

static void *symbol_of(void *library, const char *name) { return dlsym(library, name); }

static void why(char *message, size_t size) {
    const char *reason = dlerror();
    snprintf(message, size, "cannot be loaded: %s; reinstall MetaFFI", reason == NULL ? "?" : reason);
}
#endif

/* Whether the program was linked statically: then there is no dynamic linker,
 * and the C library's replacement for it crashes. */
#ifdef __linux__
#include <link.h>
#include <sys/auxv.h>

static int names_its_linker(struct dl_phdr_info *program, size_t size, void *found) {
    (void)size;
    for (int i = 0; i < program->dlpi_phnum; i++) {
        *(int *)found |= program->dlpi_phdr[i].p_type == PT_INTERP;
    }
    return 1; /* only the first, which is the program */
}

static int is_static(void) {
    int named = 0;
    /* It is also 0 if the linker was run with the program as its argument. */
    if (getauxval(AT_BASE) == 0) {
        dl_iterate_phdr(names_its_linker, &named);
        return !named;
    }
    return 0;
}
#else
static int is_static(void) { return 0; }
#endif

/* Whether that many files can be opened: Go ends the process if its poller
 * cannot. */
#ifdef _WIN32
static int can_open(int count) { return count >= 0; }
#else
#include <fcntl.h>
#include <unistd.h>

static int can_open(int count) {
    int file = count == 0 ? -1 : open("/dev/null", O_RDONLY | O_CLOEXEC);
    int can = count == 0 || (file >= 0 && can_open(count - 1));
    if (file >= 0) {
        close(file);
    }
    return can;
}
#endif

#ifdef __ELF__
/* Only a guest defines it. */
extern const uint32_t metaffi_guest_abi __attribute__((weak));

const char *metaffi_go_guest_path(void) {
    const uint32_t *mark = &metaffi_guest_abi;
    Dl_info found;
    return mark != NULL && dladdr(mark, &found) != 0 ? found.dli_fname : NULL;
}
#elif defined(_WIN32)
const char *metaffi_go_guest_path(void) {
    static WCHAR wide[LONGEST];
    static char path[3 * LONGEST];
    HMODULE own;
    DWORD from_address =
        GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
    /* Only a guest defines it. */
    if (!GetModuleHandleExW(from_address, (const WCHAR *)&metaffi_go_guest_path, &own) ||
        GetProcAddress(own, "metaffi_guest_abi") == NULL ||
        GetModuleFileNameW(own, wide, LONGEST) == 0 ||
        WideCharToMultiByte(CP_UTF8, 0, wide, -1, path, sizeof path, NULL, NULL) == 0) {
        return NULL;
    }
    return path;
}
#else
const char *metaffi_go_guest_path(void) { return NULL; }
#endif

metaffi_status metaffi_go_open(const char *path, const metaffi_hub **out, char *message,
                               size_t size) {
    if (is_static()) {
        snprintf(message, size,
                 "cannot be loaded: this program is linked statically, and a static program cannot "
                 "load libraries; build it without -extldflags=-static");
        return METAFFI_ERROR_LOAD;
    }
    if (!can_open(8)) {
        snprintf(message, size,
                 "cannot be loaded: no file descriptor is left; close files or connections, or "
                 "raise the limit (`ulimit -n`)");
        return METAFFI_ERROR_LOAD;
    }
    void *library = open_library(path);
    if (library == NULL) {
        why(message, size);
        return METAFFI_ERROR_LOAD;
    }
    metaffi_hub_get_fn get = (metaffi_hub_get_fn)symbol_of(library, "metaffi_hub_get");
    if (get == NULL) {
        snprintf(message, size, "is not a hub: it does not export metaffi_hub_get; reinstall MetaFFI");
        return METAFFI_ERROR_LOAD;
    }
    const metaffi_hub *hub = get(METAFFI_ABI_VERSION);
    if (hub == NULL || hub->struct_size < METAFFI_HUB_MIN_SIZE) {
        snprintf(message, size, "does not support ABI version %u; reinstall MetaFFI", METAFFI_ABI_VERSION);
        return METAFFI_ERROR_ABI;
    }
    *out = hub;
    return METAFFI_OK;
}

metaffi_status metaffi_go_load_runtime(const metaffi_hub *hub, const char *name, uint64_t length,
                                       metaffi_runtime **out, metaffi_error **error) {
    metaffi_str text = {name, length};
    return hub->load_runtime(text, out, error);
}

void metaffi_go_release_runtime(const metaffi_hub *hub, metaffi_runtime *runtime) {
    hub->close_runtime(runtime);
    hub->release_runtime(runtime);
}

metaffi_status metaffi_go_load_module(const metaffi_hub *hub, metaffi_runtime *runtime,
                                      const char *path, uint64_t length, metaffi_module **out,
                                      metaffi_error **error) {
    metaffi_str text = {path, length};
    return hub->load_module(runtime, text, out, error);
}

void metaffi_go_release_module(const metaffi_hub *hub, metaffi_module *module) {
    hub->release_module(module);
}

metaffi_status metaffi_go_load_entity(const metaffi_hub *hub, metaffi_module *module,
                                      const char *path, uint64_t length,
                                      const metaffi_go_type *types, const char *aliases,
                                      uint32_t nparams, uint32_t nrets, uint32_t flags,
                                      metaffi_entity **out, metaffi_error **error) {
    size_t count = (size_t)nparams + nrets;
    metaffi_type_info *infos = malloc((count + 1) * sizeof *infos);
    if (infos == NULL) {
        *error = NULL;
        return METAFFI_ERROR_INTERNAL;
    }
    for (size_t i = 0; i < count; i++) {
        metaffi_str alias = {aliases, types[i].length};
        infos[i] = (metaffi_type_info){types[i].type, types[i].dims, alias};
        aliases += types[i].length;
    }
    metaffi_entity_request request = {
        .struct_size = sizeof request,
        .flags = flags,
        .entity_path = {path, length},
        .params = infos,
        .rets = infos + nparams,
        .nparams = nparams,
        .nrets = nrets,
    };
    metaffi_status status = hub->load_entity(module, &request, out, error);
    free(infos);
    return status;
}

void metaffi_go_release_entity(const metaffi_hub *hub, metaffi_entity *entity) {
    hub->release_entity(entity);
}

uint32_t metaffi_go_fills(const metaffi_entity *entity) {
    return METAFFI_COVERS(entity, metaffi_entity, fills) ? entity->fills : 0;
}

uint64_t metaffi_go_owner_id(const metaffi_hub *hub, const char *name, uint64_t length) {
    metaffi_str text = {name, length};
    return hub->owner_id(text);
}

int64_t metaffi_go_live_objects(const metaffi_hub *hub, uint64_t owner) {
    return __atomic_load_n(hub->live_objects(owner), __ATOMIC_ACQUIRE);
}

void metaffi_go_begin_exit(const metaffi_hub *hub) { hub->begin_exit(); }
