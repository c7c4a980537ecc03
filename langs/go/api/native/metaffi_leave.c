/* Calls from C into Go, and how a call ends whose goroutine ends with
 * runtime.Goexit, as t.FailNow and t.Skip do.
 *
 * Goexit runs the deferred functions of the whole goroutine, and nothing stops
 * it. Go lets it pass over C: the C frames between two Go functions are simply
 * dropped. But those frames belong to a guest, which has locks and frames of
 * its own to release. So the deferred function of a call into Go does not let
 * Goexit continue. It calls C, which jumps to where C called Go, and returns
 * the error to the guest; for Go this is a call of C that takes long. When the
 * guest has returned to the C function that Go had called, that function calls
 * Go, which calls Goexit again. It passes over what is left of C, which is no
 * longer needed.
 *
 * On a thread that Go did not start there is no such function. The thread stays
 * in that long call for good, and Go must not be notified of its end. */
#undef _FORTIFY_SOURCE /* its checked longjmp has nothing to detect here, but has a cost */
#include "metaffi_native.h"

#include <stdlib.h>
#include <string.h>

/* Exported by Go. */
extern uint32_t metaffi_go_enter(uintptr_t entry, void *frame, uintptr_t back);
extern uint32_t metaffi_go_function(uintptr_t data, void *frame, uintptr_t back);
extern uint32_t metaffi_go_answer(uint32_t what, void *object, void *frame, uintptr_t back);
extern void metaffi_go_exit(void *frame, uint32_t status);

#if defined(__clang__) && !defined(__x86_64__)
#include <setjmp.h>
#define REGISTERS jmp_buf registers
#define RETURNED_TO(back) (_setjmp((back)->registers) != 0)
#define RETURN_TO(back) _longjmp((back)->registers, 1)
#else /* a third of the time: it leaves the registers to the compiler */
#define REGISTERS void *registers[5]
#define RETURNED_TO(back) (__builtin_setjmp((back)->registers) != 0)
#define RETURN_TO(back) __builtin_longjmp((back)->registers, 1)
#endif

/* The place where C called Go, in the frame of the calling function. */
typedef struct way_back {
    REGISTERS;
    volatile metaffi_status status;
} way_back;

/* Steps that are rarely needed before a call are in functions of their own, so
 * that the common path does not have to keep its arguments in memory for them.
 * */
#define RARELY(done) __builtin_expect((done) != 0, 0)
#define FOLLOWS() __atomic_load_n(&metaffi_go_follows, __ATOMIC_ACQUIRE)

static metaffi_status call_function(void *context, metaffi_frame *frame) {
    way_back back;
    if (RETURNED_TO(&back)) {
        return back.status;
    }
    return metaffi_go_function((uintptr_t)context, frame, (uintptr_t)&back);
}

static __attribute__((noinline)) metaffi_status prepare_function(void *context,
                                                                 metaffi_frame *frame) {
    if (metaffi_go_forked) {
        return metaffi_go_refuse(frame);
    }
    metaffi_go_follow();
    return call_function(context, frame);
}

metaffi_status metaffi_go_call_function(void *context, metaffi_frame *frame) {
    if (RARELY(metaffi_go_forked | FOLLOWS())) {
        return prepare_function(context, frame);
    }
    return call_function(context, frame);
}

static metaffi_status call_entry(void *context, metaffi_frame *frame) {
    way_back back;
    if (RETURNED_TO(&back)) {
        return back.status;
    }
    return metaffi_go_enter((uintptr_t)context, frame, (uintptr_t)&back);
}

static __attribute__((noinline)) metaffi_status prepare_entry(void *context,
                                                              metaffi_frame *frame) {
    if (metaffi_go_forked) {
        return metaffi_go_refuse(frame);
    }
    metaffi_go_follow();
    return call_entry(context, frame);
}

metaffi_status metaffi_guest_call(void *context, metaffi_frame *frame) {
    if (RARELY(metaffi_go_forked | FOLLOWS())) {
        return prepare_entry(context, frame);
    }
    return call_entry(context, frame);
}

static metaffi_status answer(uint32_t what, void *object, metaffi_frame *frame) {
    if (metaffi_go_forked) {
        return metaffi_go_refuse(frame);
    }
    FOLLOW_ENVIRONMENT();
    way_back back;
    if (RETURNED_TO(&back)) {
        return back.status;
    }
    return metaffi_go_answer(what, object, frame, (uintptr_t)&back);
}

metaffi_status metaffi_go_give_items(void *object, metaffi_frame *frame) {
    return answer(METAFFI_GO_ITEMS, object, frame);
}

metaffi_status metaffi_go_give_entries(void *object, metaffi_frame *frame) {
    return answer(METAFFI_GO_ENTRIES, object, frame);
}

metaffi_status metaffi_go_give_method(void *object, metaffi_frame *frame) {
    return answer(METAFFI_GO_METHOD, object, frame);
}

metaffi_status metaffi_go_give_member(void *object, metaffi_frame *frame) {
    return answer(METAFFI_GO_MEMBER, object, frame);
}

metaffi_status metaffi_go_give_description(void *object, metaffi_frame *frame) {
    return answer(METAFFI_GO_DESCRIBE, object, frame);
}

metaffi_status metaffi_guest_value(void *context, metaffi_frame *frame) {
    return answer(METAFFI_GO_VALUE, context, frame);
}

/* Relaxed: a thread only looks for what it has added itself. */
int metaffi_go_ending;
static __thread int ending_here;

void metaffi_go_end(metaffi_frame *frame, metaffi_status status) {
    if (ending_here) {
        ending_here = 0;
        __atomic_fetch_sub(&metaffi_go_ending, 1, __ATOMIC_RELAXED);
        metaffi_go_exit(frame, status);
    }
}

void metaffi_go_leave(uintptr_t to, uint32_t status, int to_go) {
    way_back *back = (way_back *)to;
    back->status = status;
    if (to_go && !ending_here) {
        ending_here = 1;
        __atomic_fetch_add(&metaffi_go_ending, 1, __ATOMIC_RELAXED);
    }
    RETURN_TO(back);
}

/* The stack between a call of C by Go and the call of Go by C before it. Go
 * reads it when Goexit passes over it, and the guest has used it since. */
typedef struct kept_stack {
    char *from;
    size_t size;
    char content[];
} kept_stack;

void *metaffi_go_keep(uintptr_t back) {
    char *from = __builtin_frame_address(0);
    size_t size = (size_t)((char *)back - from);
    kept_stack *kept = malloc(sizeof *kept + size);
    if (kept != NULL) {
        kept->from = from;
        kept->size = size;
        memcpy(kept->content, from, size);
    }
    return kept;
}

static __attribute__((noinline)) void put_back_from_below(kept_stack *kept) {
    memcpy(kept->from, kept->content, kept->size);
    free(kept);
    metaffi_go_exit(NULL, METAFFI_OK);
}

/* Its own frame is part of what is restored; so a function below it, which does
 * not return, does that. */
void metaffi_go_put_back(void *memory) {
    kept_stack *kept = memory;
    char *here = __builtin_frame_address(0);
    size_t above = here > kept->from ? (size_t)(here - kept->from) : 0;
    volatile char *room = __builtin_alloca(above + 512);
    room[0] = 0;
    put_back_from_below(kept);
}
