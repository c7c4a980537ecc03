/* The frame in which the hand-written floor passes its values: tagged slots, and an
 * arena for results. Written from scratch, so that the floor does not depend on
 * MetaFFI. */
#ifndef BENCH_FRAME_H
#define BENCH_FRAME_H

#include <stddef.h>
#include <stdint.h>

enum { TAG_INT64 = 1, TAG_STRING, TAG_INT64_ARRAY, TAG_OBJECT };

typedef struct slot {
    uint32_t tag;
    uint32_t flags;
    uint64_t length;
    union {
        int64_t i64;
        const void *data;
    } as;
} slot;

typedef struct frame {
    const slot *args;
    slot *rets;
    uint8_t *arena; /* what is returned goes here while there is room ... */
    uint64_t room;
    void *overflow; /* ... else here, from malloc; the caller frees it */
} frame;

enum { STATUS_OK = 0, STATUS_ERROR = 1, STATUS_PANIC = 2 };

/* If the call fails, rets[0] has the text of the error. */
typedef int (*frame_call)(frame *);

#endif
