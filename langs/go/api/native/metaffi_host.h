/* What only a Go host needs from C: to open the hub, and to call the functions
 * of its table. Every function may be called from any thread. Texts are
 * borrowed. */
#ifndef METAFFI_HOST_H
#define METAFFI_HOST_H

#include "metaffi.h"

/* Opens the hub for good, and writes its table to `out`. Fails with
 * METAFFI_ERROR_LOAD or METAFFI_ERROR_ABI, and writes the reason to `message`,
 * if the hub cannot be used. */
metaffi_status metaffi_go_open(const char *path, const metaffi_hub **out, char *message,
                               size_t size);

/* From now on a write to a closed pipe or socket is an error on threads of
 * other languages, too, and does not end the program. Called once. */
void metaffi_go_keep_from_pipes(void);

/* The file of the guest that this is linked into; NULL in a program. */
const char *metaffi_go_guest_path(void);

metaffi_status metaffi_go_load_runtime(const metaffi_hub *hub, const char *name, uint64_t length,
                                       metaffi_runtime **out, metaffi_error **error);
void metaffi_go_release_runtime(const metaffi_hub *hub, metaffi_runtime *runtime);

metaffi_status metaffi_go_load_module(const metaffi_hub *hub, metaffi_runtime *runtime,
                                      const char *path, uint64_t length, metaffi_module **out,
                                      metaffi_error **error);
void metaffi_go_release_module(const metaffi_hub *hub, metaffi_module *module);

/* A type as Go passes it: its alias is `length` bytes of a shared text. */
typedef struct metaffi_go_type {
    metaffi_type type;
    int32_t dims;
    uint64_t length;
} metaffi_go_type;

/* Loads an entity. `types` are the types of the parameters, followed by those
 * of the results; `aliases` is the text that all aliases are part of; `flags`
 * are those of the request. */
metaffi_status metaffi_go_load_entity(const metaffi_hub *hub, metaffi_module *module,
                                      const char *path, uint64_t length,
                                      const metaffi_go_type *types, const char *aliases,
                                      uint32_t nparams, uint32_t nrets, uint32_t flags,
                                      metaffi_entity **out, metaffi_error **error);
void metaffi_go_release_entity(const metaffi_hub *hub, metaffi_entity *entity);
/* The parameters that are arrays which the function may fill, as bits. */
uint32_t metaffi_go_fills(const metaffi_entity *entity);

uint64_t metaffi_go_owner_id(const metaffi_hub *hub, const char *name, uint64_t length);
int64_t metaffi_go_live_objects(const metaffi_hub *hub, uint64_t owner);
void metaffi_go_begin_exit(const metaffi_hub *hub);

#endif
