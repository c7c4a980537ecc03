/* What Go leaves to C: counted objects, buffers, errors, and calls through
 * function pointers. Go fills the structs in; C counts and frees them. Every
 * function may be called from any thread. */
#ifndef METAFFI_NATIVE_H
#define METAFFI_NATIVE_H

#include "metaffi.h"

/* A Go value that others hold. The memory belongs to a table in Go, which uses
 * it again; `data` of the base is the index there. */
typedef struct metaffi_go_object {
    metaffi_object base;
    int64_t references;
} metaffi_go_object;

/* A buffer, its content in the same allocation. */
typedef struct metaffi_go_buffer {
    metaffi_buffer base;
    int64_t references;
} metaffi_go_buffer;

/* Where the objects of this library are counted; set before any is made. */
extern int64_t *metaffi_go_live;

extern const metaffi_object_vtable metaffi_go_object_vtable;
extern const metaffi_object_vtable metaffi_go_buffer_vtable;

/* The release of an error whose texts are in the same allocation. */
void metaffi_go_release_error(metaffi_error *self);

void *metaffi_go_alloc(size_t size);
void metaffi_go_retain(metaffi_object *object);
void metaffi_go_release(metaffi_object *object);
void *metaffi_go_grow(metaffi_frame *frame, uint64_t size);
int64_t *metaffi_go_live_of(const metaffi_hub *hub, uint64_t owner);
metaffi_str metaffi_go_owner_name(const metaffi_hub *hub, uint64_t owner);

#endif
