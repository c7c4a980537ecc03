/* What Go leaves to C: counted objects, buffers, errors, and calls through
 * function pointers. Go fills the structs in; C counts references and frees
 * them. Every function may be called from any thread. */
#ifndef METAFFI_NATIVE_H
#define METAFFI_NATIVE_H

#include "metaffi.h"

/* A Go value that others hold. The memory belongs to a table in Go, which
 * reuses it. `data` of the base is one number for all objects that stand for
 * one Go value. */
typedef struct metaffi_go_object {
    metaffi_object base;
    int64_t references;
    uint64_t index; /* in the table */
    uint64_t type;  /* what `type_of` says */
} metaffi_go_object;

/* A buffer, its content in the same allocation. */
typedef struct metaffi_go_buffer {
    metaffi_buffer base;
    int64_t references;
} metaffi_go_buffer;

/* A Go func that others hold. The memory belongs to Go, which reuses it; the
 * context is the index in Go's table. */
typedef struct metaffi_go_callable {
    metaffi_callable base;
    int64_t references;
    uint64_t type; /* what `type_of` says; 0 of what is not a func of Go */
} metaffi_go_callable;

/* An error that is passed as a value. */
typedef struct metaffi_go_error_object {
    metaffi_error_object base;
    int64_t references;
} metaffi_go_error_object;

/* A Go value with a description, whose text is in the same allocation. */
typedef struct metaffi_go_exact_object {
    metaffi_exact_object base;
    int64_t references;
} metaffi_go_exact_object;

/* Makes one that stands for `plain`, and takes ownership of one reference to
 * it; returns NULL if memory is exhausted, and releases the reference. */
metaffi_object *metaffi_go_new_exact_object(uint32_t kind, const char *text, size_t length,
                                            metaffi_object *plain);

/* Makes one of an error with an original, and takes ownership of the error;
 * returns NULL if memory is exhausted, and releases the error. */
metaffi_object *metaffi_go_new_error_object(metaffi_error *error);

/* The counter of this library's objects; set before any is made. */
extern int64_t *metaffi_go_live;

/* Objects and funcs that nothing holds any more, until Go forgets what they
 * stand for; the `data` of each is the next one. A release never enters Go: it
 * may run on a thread that has ended as far as Go knows, and under any lock. */
extern metaffi_object *metaffi_go_dropped;

extern const metaffi_object_vtable metaffi_go_object_vtable;
/* The vtable of maps. */
extern const metaffi_object_vtable metaffi_go_mapping_vtable;
extern const metaffi_object_vtable metaffi_go_buffer_vtable;
extern const metaffi_object_vtable metaffi_go_callable_vtable;

#if defined(_WIN32)
#define METAFFI_GO_EXPORT __declspec(dllexport)
#else
#define METAFFI_GO_EXPORT __attribute__((visibility("default")))
#endif

/* Whether this is a child of the process in which Go ran: a func cannot be
 * called in it, and fails with an error. The hub does the same for entities. */
extern int metaffi_go_forked;
void metaffi_go_watch_forks(void);
metaffi_status metaffi_go_refuse(metaffi_frame *frame);

/* The metaffi_call_fn of every Go func that others hold, and of every entry of
 * a guest, whose context is its number. */
metaffi_status metaffi_go_call_function(void *context, metaffi_frame *frame);
METAFFI_GO_EXPORT metaffi_status metaffi_guest_call(void *context, metaffi_frame *frame);

/* What others may ask of a Go object, by the functions of its vtable. */
enum {
    METAFFI_GO_ITEMS,
    METAFFI_GO_ENTRIES,
    METAFFI_GO_METHOD,
    METAFFI_GO_MEMBER,
    METAFFI_GO_DESCRIBE,
    METAFFI_GO_VALUE
};
metaffi_status metaffi_go_give_items(void *object, metaffi_frame *frame);
metaffi_status metaffi_go_give_entries(void *object, metaffi_frame *frame);
metaffi_status metaffi_go_give_method(void *object, metaffi_frame *frame);
metaffi_status metaffi_go_give_member(void *object, metaffi_frame *frame);
metaffi_status metaffi_go_give_description(void *object, metaffi_frame *frame);

/* (any) -> (any): an object of this Go, or an array of them, as the value that
 * it is where any type is declared. The context is not used. */
METAFFI_GO_EXPORT metaffi_status metaffi_guest_value(void *context, metaffi_frame *frame);

/* A snapshot of C's environment: `count` entries, in the same allocation. */
typedef struct metaffi_go_entries {
    size_t count;
    char **entries;
} metaffi_go_entries;

/* Reads it, and makes later changes noticed at the next call into Go; returns
 * NULL if memory is exhausted. One thread at a time. */
metaffi_go_entries *metaffi_go_environment(void);

/* Whether changes are noticed; and the function that makes Go read them. */
extern int metaffi_go_follows;
void metaffi_go_follow(void);
#define FOLLOW_ENVIRONMENT()                                                                       \
    do {                                                                                           \
        if (__atomic_load_n(&metaffi_go_follows, __ATOMIC_ACQUIRE) != 0) {                         \
            metaffi_go_follow();                                                                   \
        }                                                                                          \
    } while (0)

/* Makes the call into Go that was made at `back` return `status`; this function
 * does not return. `to_go` means that Go called C before on this thread: that
 * call ends with metaffi_go_end. */
void metaffi_go_leave(uintptr_t back, uint32_t status, int to_go);

/* Whether any call has to end this way; and the end of a call of C by Go, which
 * does not return if it is such a call. */
extern int metaffi_go_ending;
void metaffi_go_end(metaffi_frame *frame, metaffi_status status);

/* Saves the stack below `back`, or returns NULL; and restores that stack and
 * continues Goexit, which does not return. */
void *metaffi_go_keep(uintptr_t back);
void metaffi_go_put_back(void *kept);

/* Go is not notified when the calling thread ends; returns 0 if that is not
 * possible. */
int metaffi_go_unbind(void);

/* The release of an error whose texts are in the same allocation. */
void metaffi_go_release_error(metaffi_error *self);

/* The frame of a call that Go makes, followed by its slots and arena. */
typedef struct metaffi_go_frame {
    metaffi_frame base;
    void *overflow; /* blocks of the arena, each begins with the one before */
} metaffi_go_frame;

/* The arena_grow of those frames, and the release of what it allocated. */
void *metaffi_go_frame_grow(metaffi_frame *self, uint64_t size);
void metaffi_go_frame_shrink(metaffi_go_frame *frame);

/* Calls the function that is stored at the address `call` now: an entity's is
 * replaced when its runtime is released. (They are numbers, because cgo checks
 * every pointer that it passes.) */
metaffi_status metaffi_go_call(uintptr_t call, uintptr_t context, uintptr_t frame);

/* One scalar, or an error: two words, which are returned in registers. */
typedef struct metaffi_go_scalar {
    uint64_t bits;    /* of the scalar; of a metaffi_error when the call failed */
    uint64_t outcome; /* two of 32 bits: the type of the scalar, and the status */
} metaffi_go_scalar;

/* The same for at most two scalars, and at most one as the result. `types` and
 * `counts` are two numbers of 32 bits each: the types of the arguments; the
 * numbers of arguments and of results. */
metaffi_go_scalar metaffi_go_call_scalars(uintptr_t call, uintptr_t context, uint64_t types,
                                          uint64_t counts, uint64_t first, uint64_t second);

/* Whether this is the thread that the program started on; 0 if that is not
 * known. */
int metaffi_go_on_main_thread(void);

void *metaffi_go_alloc(size_t size);
void metaffi_go_free(void *memory);
void metaffi_go_drop_error(metaffi_error *error);
metaffi_str metaffi_go_read_stack_trace(const metaffi_error *error);
void metaffi_go_retain(metaffi_object *object);
void metaffi_go_release(metaffi_object *object);
void *metaffi_go_grow(metaffi_frame *frame, uint64_t size);
int64_t *metaffi_go_live_of(const metaffi_hub *hub, uint64_t owner);

/* Adds Go to the languages that collect what they hold of others, and reports
 * how much of its heap is in use, so that others do the same. */
void metaffi_go_add_collector(const metaffi_hub *hub, uint64_t owner);
void metaffi_go_press(const metaffi_hub *hub, uint64_t owner, uint64_t used);

metaffi_str metaffi_go_owner_name(const metaffi_hub *hub, uint64_t owner);

#endif
