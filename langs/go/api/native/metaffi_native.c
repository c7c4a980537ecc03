#if defined(__linux__)
#define _GNU_SOURCE
#include <sys/syscall.h>
#include <unistd.h>
#elif defined(__APPLE__) || defined(__FreeBSD__)
#include <pthread.h>
#if defined(__FreeBSD__)
#include <pthread_np.h>
#endif
#elif defined(_WIN32)
#include <windows.h>

#include <tlhelp32.h>
#endif

#include "metaffi_native.h"

#include <stdlib.h>
#include <string.h>
#ifndef _WIN32
#include <pthread.h>
#endif

int metaffi_go_forked;

#ifdef _WIN32
void metaffi_go_watch_forks(void) {}
#else
static void in_child(void) { metaffi_go_forked = 1; }

void metaffi_go_watch_forks(void) { pthread_atfork(NULL, NULL, in_child); }
#endif

static void release_nothing(metaffi_error *self) { (void)self; }

metaffi_status metaffi_go_refuse(metaffi_frame *frame) {
    static const char message[] =
        "this process is a fork of one that ran the runtime `go`, which does not survive a fork; "
        "load the module again in this process, fork before loading it, or start new processes by "
        "spawn";
    static metaffi_error error = {
        .struct_size = sizeof error,
        .kind = METAFFI_ERROR_UNSUPPORTED,
        .message = {message, sizeof message - 1},
        .language = {"metaffi", 7},
        .release = release_nothing,
    };
    frame->error = &error;
    return error.kind;
}

#ifdef _WIN32
/* The thread of this process that was created first: the one that the program began on. */
static DWORD created_first(void) {
    static DWORD known;
    DWORD first = __atomic_load_n(&known, __ATOMIC_RELAXED);
    if (first != 0) {
        return first;
    }
    HANDLE threads = CreateToolhelp32Snapshot(TH32CS_SNAPTHREAD, 0);
    THREADENTRY32 entry = {.dwSize = sizeof entry};
    FILETIME earliest = {MAXDWORD, MAXDWORD}, created, times[3];
    for (BOOL more = Thread32First(threads, &entry); more; more = Thread32Next(threads, &entry)) {
        if (entry.th32OwnerProcessID != GetCurrentProcessId()) {
            continue;
        }
        HANDLE thread = OpenThread(THREAD_QUERY_LIMITED_INFORMATION, FALSE, entry.th32ThreadID);
        if (GetThreadTimes(thread, &created, &times[0], &times[1], &times[2]) &&
            CompareFileTime(&created, &earliest) < 0) {
            earliest = created;
            first = entry.th32ThreadID;
        }
        CloseHandle(thread);
    }
    CloseHandle(threads);
    __atomic_store_n(&known, first, __ATOMIC_RELAXED);
    return first;
}
#endif

int metaffi_go_on_main_thread(void) {
#if defined(__linux__)
    return syscall(SYS_gettid) == getpid(); /* by its number it is known */
#elif defined(__APPLE__) || defined(__FreeBSD__)
    return pthread_main_np();
#elif defined(_WIN32)
    return GetCurrentThreadId() == created_first();
#else
    return 0;
#endif
}

/* Counts are increased with relaxed ordering, by holders of a reference, and
 * decreased with acquire and release, so that the last holder sees what all the
 * others did. */
int64_t *metaffi_go_live;
metaffi_object *metaffi_go_dropped;

/* The release makes this object visible to Go, which takes the whole list, and,
 * because each exchange continues the one before, all objects below it. */
static void drop(metaffi_object *object) {
    __atomic_fetch_sub(metaffi_go_live, 1, __ATOMIC_RELAXED);
    metaffi_object *head = __atomic_load_n(&metaffi_go_dropped, __ATOMIC_RELAXED);
    do {
        object->data = head;
    } while (!__atomic_compare_exchange_n(&metaffi_go_dropped, &head, object, 1, __ATOMIC_RELEASE,
                                          __ATOMIC_RELAXED));
}

static void retain_object(metaffi_object *self) {
    __atomic_fetch_add(&((metaffi_go_object *)self)->references, 1, __ATOMIC_RELAXED);
}

static void release_object(metaffi_object *self) {
    metaffi_go_object *object = (metaffi_go_object *)self;
    if (__atomic_sub_fetch(&object->references, 1, __ATOMIC_ACQ_REL) == 0) {
        drop(self);
    }
}

static void retain_callable(metaffi_object *self) {
    __atomic_fetch_add(&((metaffi_go_callable *)self)->references, 1, __ATOMIC_RELAXED);
}

static void release_callable(metaffi_object *self) {
    metaffi_go_callable *callable = (metaffi_go_callable *)self;
    if (__atomic_sub_fetch(&callable->references, 1, __ATOMIC_ACQ_REL) == 0) {
        drop(self);
    }
}

static void retain_buffer(metaffi_object *self) {
    __atomic_fetch_add(&((metaffi_go_buffer *)self)->references, 1, __ATOMIC_RELAXED);
}

static void release_buffer(metaffi_object *self) {
    metaffi_go_buffer *buffer = (metaffi_go_buffer *)self;
    if (__atomic_sub_fetch(&buffer->references, 1, __ATOMIC_ACQ_REL) == 0) {
        __atomic_fetch_sub(metaffi_go_live, 1, __ATOMIC_RELAXED);
        free(buffer);
    }
}

static void retain_error_object(metaffi_object *self) {
    __atomic_fetch_add(&((metaffi_go_error_object *)self)->references, 1, __ATOMIC_RELAXED);
}

static void release_error_object(metaffi_object *self) {
    metaffi_go_error_object *object = (metaffi_go_error_object *)self;
    if (__atomic_sub_fetch(&object->references, 1, __ATOMIC_ACQ_REL) == 0) {
        __atomic_fetch_sub(metaffi_go_live, 1, __ATOMIC_RELAXED);
        metaffi_go_release_error((metaffi_error *)object->base.error);
        free(object);
    }
}

/* A vtable that ends before a function does not have it. */
#define ANSWERS(object, function)                                                                  \
    (METAFFI_COVERS((object)->vtable, metaffi_object_vtable, function) &&                          \
     (object)->vtable->function != NULL)

static metaffi_status no_answer(metaffi_frame *frame) {
    for (uint32_t i = 0; i < frame->nrets; i++) {
        frame->rets[i] = (metaffi_value){.type = METAFFI_NULL};
    }
    return METAFFI_OK;
}

/* An object with a description of its value answers as the object that it wraps
 * does. */
#define FORWARDED(function)                                                                        \
    static metaffi_status exact_##function(void *self, metaffi_frame *frame) {                     \
        metaffi_object *plain = ((metaffi_exact_object *)self)->object;                            \
        return ANSWERS(plain, function) ? plain->vtable->function(plain, frame)                    \
                                        : no_answer(frame);                                        \
    }
FORWARDED(items)
FORWARDED(entries)
FORWARDED(method)
FORWARDED(type_of)
FORWARDED(member)
FORWARDED(describe)

static const metaffi_object_vtable error_object_vtable = {
    METAFFI_ABI_VERSION,  sizeof(metaffi_object_vtable), retain_error_object,
    release_error_object, 1,                             0,
    exact_items,          exact_entries,                 exact_method,
    exact_type_of,        exact_member,                  exact_describe};

static void retain_exact_object(metaffi_object *self) {
    __atomic_fetch_add(&((metaffi_go_exact_object *)self)->references, 1, __ATOMIC_RELAXED);
}

static void release_exact_object(metaffi_object *self) {
    metaffi_go_exact_object *object = (metaffi_go_exact_object *)self;
    if (__atomic_sub_fetch(&object->references, 1, __ATOMIC_ACQ_REL) == 0) {
        __atomic_fetch_sub(metaffi_go_live, 1, __ATOMIC_RELAXED);
        metaffi_go_release(object->base.object);
        free(object);
    }
}

static const metaffi_object_vtable exact_object_vtable = {
    METAFFI_ABI_VERSION,  sizeof(metaffi_object_vtable), retain_exact_object,
    release_exact_object, 1,                             0,
    exact_items,          exact_entries,                 exact_method,
    exact_type_of,        exact_member,                  exact_describe};

metaffi_object *metaffi_go_new_exact_object(uint32_t kind, const char *text, size_t length,
                                            metaffi_object *plain) {
    metaffi_go_exact_object *object = malloc(sizeof *object + length);
    if (object == NULL) {
        metaffi_go_release(plain);
        return NULL;
    }
    char *copy = (char *)(object + 1);
    memcpy(copy, text, length);
    *object = (metaffi_go_exact_object){
        .base = {.base = {&exact_object_vtable, plain->owner, plain->data},
                 .kind = kind,
                 .text = {copy, length},
                 .object = plain},
        .references = 1,
    };
    return &object->base.base;
}

metaffi_object *metaffi_go_new_error_object(metaffi_error *error) {
    metaffi_go_error_object *object = malloc(sizeof *object);
    if (object == NULL) {
        metaffi_go_release_error(error);
        return NULL;
    }
    const metaffi_object *original = error->original;
    *object = (metaffi_go_error_object){
        .base = {.base = {.base = {&error_object_vtable, original->owner, original->data},
                          .kind = METAFFI_EXACT_ERROR,
                          .text = error->message,
                          .object = error->original},
                 .error = error},
        .references = 1,
    };
    return &object->base.base.base;
}

/* Makes no call into Go: this is used before each use of an object. */
static metaffi_status give_number(uint64_t type, metaffi_frame *frame) {
    if (frame->nrets != 2 || type == 0) {
        return no_answer(frame);
    }
    frame->rets[0] = (metaffi_value){.type = METAFFI_UINT64, .as.u64 = type};
    frame->rets[1] = (metaffi_value){.type = METAFFI_UINT64};
    return METAFFI_OK;
}

static metaffi_status give_type(void *self, metaffi_frame *frame) {
    return give_number(((metaffi_go_object *)self)->type, frame);
}

static metaffi_status give_type_of_func(void *self, metaffi_frame *frame) {
    return give_number(((metaffi_go_callable *)self)->type, frame);
}

#define OBJECT_VTABLE(mapping)                                                                     \
    {METAFFI_ABI_VERSION,    sizeof(metaffi_object_vtable), retain_object,          release_object, \
     0,                      mapping,                       metaffi_go_give_items,                 \
     metaffi_go_give_entries, metaffi_go_give_method,       give_type,                             \
     metaffi_go_give_member, metaffi_go_give_description}
const metaffi_object_vtable metaffi_go_object_vtable = OBJECT_VTABLE(0);
const metaffi_object_vtable metaffi_go_mapping_vtable = OBJECT_VTABLE(1);
const metaffi_object_vtable metaffi_go_buffer_vtable = {
    METAFFI_ABI_VERSION, sizeof(metaffi_object_vtable), retain_buffer, release_buffer, 0, 0,
    NULL, NULL, NULL, NULL, NULL, NULL};
const metaffi_object_vtable metaffi_go_callable_vtable = {
    METAFFI_ABI_VERSION, sizeof(metaffi_object_vtable), retain_callable, release_callable, 0, 0,
    metaffi_go_give_items, metaffi_go_give_entries, metaffi_go_give_method,
    give_type_of_func, metaffi_go_give_member, metaffi_go_give_description};

void metaffi_go_release_error(metaffi_error *self) {
    while (self != NULL) {
        metaffi_error *cause = (metaffi_error *)self->cause;
        if (self->original != NULL) {
            metaffi_go_release(self->original);
        }
        free(self);
        self = cause;
    }
}

/* 16 bytes keep what follows aligned as the contract requires. */
typedef union overflow_block {
    void *before;
    char aligned[16];
} overflow_block;

void *metaffi_go_frame_grow(metaffi_frame *self, uint64_t size) {
    metaffi_go_frame *frame = (metaffi_go_frame *)self;
    overflow_block *block = NULL;
    if (size <= SIZE_MAX - sizeof(overflow_block)) {
        block = malloc(sizeof(overflow_block) + (size_t)size);
    }
    if (block == NULL) {
        return NULL;
    }
    block->before = frame->overflow;
    frame->overflow = block;
    return block + 1;
}

void metaffi_go_frame_shrink(metaffi_go_frame *frame) {
    overflow_block *block = frame->overflow;
    frame->overflow = NULL;
    while (block != NULL) {
        overflow_block *before = block->before;
        free(block);
        block = before;
    }
}

metaffi_status metaffi_go_call(uintptr_t call, uintptr_t context, uintptr_t frame) {
    metaffi_call_fn function = __atomic_load_n((metaffi_call_fn *)call, __ATOMIC_ACQUIRE);
    metaffi_status status = function((void *)context, (metaffi_frame *)frame);
    FOLLOW_ENVIRONMENT();
    if (__atomic_load_n(&metaffi_go_ending, __ATOMIC_RELAXED) != 0) {
        metaffi_go_end((metaffi_frame *)frame, status);
    }
    return status;
}

metaffi_go_scalar metaffi_go_call_scalars(uintptr_t call, uintptr_t context, uint64_t types,
                                          uint64_t counts, uint64_t first, uint64_t second) {
    metaffi_value args[2] = {
        {.type = (metaffi_type)types, .as.u64 = first},
        {.type = (metaffi_type)(types >> 32), .as.u64 = second},
    };
    metaffi_value ret = {.type = METAFFI_NULL};
    uint8_t arena[64]; /* no scalar needs it */
    metaffi_go_frame frame = {
        .base = {.args = args,
                 .rets = &ret,
                 .nargs = (uint32_t)counts,
                 .nrets = (uint32_t)(counts >> 32),
                 .arena_next = arena,
                 .arena_end = arena + sizeof arena,
                 .arena_grow = metaffi_go_frame_grow},
    };
    metaffi_call_fn function = __atomic_load_n((metaffi_call_fn *)call, __ATOMIC_ACQUIRE);
    metaffi_status status = function((void *)context, &frame.base);
    FOLLOW_ENVIRONMENT();
    if (frame.overflow != NULL) {
        metaffi_go_frame_shrink(&frame);
    }
    if (__atomic_load_n(&metaffi_go_ending, __ATOMIC_RELAXED) != 0) {
        metaffi_go_end(&frame.base, status);
    }
    uint64_t bits = status == METAFFI_OK ? ret.as.u64 : (uintptr_t)frame.base.error;
    return (metaffi_go_scalar){bits, ret.type | (uint64_t)status << 32};
}

void *metaffi_go_alloc(size_t size) { return malloc(size); }

void metaffi_go_free(void *memory) { free(memory); }

void metaffi_go_drop_error(metaffi_error *error) { error->release(error); }

metaffi_str metaffi_go_read_stack_trace(const metaffi_error *error) {
    return error->read_stack_trace(error);
}

void metaffi_go_retain(metaffi_object *object) { object->vtable->retain(object); }

void metaffi_go_release(metaffi_object *object) { object->vtable->release(object); }

void *metaffi_go_grow(metaffi_frame *frame, uint64_t size) {
    return frame->arena_grow(frame, size);
}

int64_t *metaffi_go_live_of(const metaffi_hub *hub, uint64_t owner) {
    metaffi_go_live = hub->live_objects(owner);
    return metaffi_go_live;
}

metaffi_str metaffi_go_owner_name(const metaffi_hub *hub, uint64_t owner) {
    return hub->owner_name(owner);
}

/* Exported by Go. */
extern void metaffi_go_collect(uint32_t what);

/* A hub that is older than this library does not support it. */
static int knows_of_pressure(const metaffi_hub *hub) {
    return METAFFI_COVERS(hub, metaffi_hub, press);
}

void metaffi_go_add_collector(const metaffi_hub *hub, uint64_t owner) {
    if (knows_of_pressure(hub)) {
        hub->add_collector(owner, metaffi_go_collect);
    }
}

void metaffi_go_press(const metaffi_hub *hub, uint64_t owner, uint64_t used) {
    if (knows_of_pressure(hub)) {
        hub->press(owner, METAFFI_PRESS_LOOK, used);
    }
}
