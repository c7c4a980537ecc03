/* Calls into Go, written by hand: the least that a call can cost. One frame on the
 * stack for each call of an exported function. */
#include <dlfcn.h>

#include "../go/frame.h"
#include "guest.h"

static struct {
    frame_call nothing, calls, echo, text, sum, numbers, fail, make, increment, bind, apply, release;
} go;

typedef struct crossing {
    frame frame;
    slot args[2], ret;
    uint8_t arena[256];
} crossing;

static int cross(crossing *c, frame_call call) {
    c->frame = (frame){c->args, &c->ret, c->arena, sizeof c->arena, NULL};
    return call(&c->frame);
}

/* The error text of a failed call. */
static char *failed(crossing *c) {
    char *error = floor_error(c->ret.as.data, c->ret.length);
    free(c->frame.overflow);
    return error;
}

static floor_result returns_int64(crossing *c, frame_call call) {
    if (cross(c, call)) return floor_failed(failed(c));
    return (floor_result){c->ret.as.i64, NULL};
}

static char *returns_nothing(frame_call call) {
    crossing c;
    return cross(&c, call) ? failed(&c) : NULL;
}

static char *nothing(void) { return returns_nothing(go.nothing); }

static char *fail(void) { return returns_nothing(go.fail); }

static floor_result calls(void) {
    crossing c;
    return returns_int64(&c, go.calls);
}

static floor_result echo(int64_t value) {
    crossing c;
    c.args[0] = (slot){.tag = TAG_INT64, .as.i64 = value};
    return returns_int64(&c, go.echo);
}

static floor_text text(const char *data, int64_t length, char *into, int64_t room) {
    crossing c;
    c.args[0] = (slot){.tag = TAG_STRING, .length = (uint64_t)length, .as.data = data};
    c.frame = (frame){c.args, &c.ret, (uint8_t *)into, (uint64_t)room, NULL};
    if (go.text(&c.frame)) return floor_text_failed(failed(&c));
    return (floor_text){(char *)c.ret.as.data, (int64_t)c.ret.length};
}

static floor_result sum(const int64_t *values, int64_t length) {
    crossing c;
    c.args[0] = (slot){.tag = TAG_INT64_ARRAY, .length = (uint64_t)length, .as.data = values};
    return returns_int64(&c, go.sum);
}

/* The result is too large for an arena, and belongs to the caller. */
static floor_longs numbers(void) {
    crossing c;
    if (cross(&c, go.numbers)) return floor_longs_failed(failed(&c));
    return (floor_longs){c.frame.overflow, (int64_t)c.ret.length};
}

static floor_result make(void) {
    crossing c;
    return returns_int64(&c, go.make);
}

static floor_result increment(int64_t object) {
    crossing c;
    c.args[0] = (slot){.tag = TAG_OBJECT, .as.i64 = object};
    return returns_int64(&c, go.increment);
}

static void release(int64_t object) {
    crossing c;
    c.args[0] = (slot){.tag = TAG_OBJECT, .as.i64 = object};
    cross(&c, go.release);
}

static floor_result bind(floor_function function, void *context) {
    crossing c;
    c.args[0] = (slot){.tag = TAG_INT64, .as.i64 = (int64_t)(intptr_t)function};
    c.args[1] = (slot){.tag = TAG_INT64, .as.i64 = (int64_t)(intptr_t)context};
    return returns_int64(&c, go.bind);
}

static floor_result apply(int64_t bound, int64_t value) {
    crossing c;
    c.args[0] = (slot){.tag = TAG_OBJECT, .as.i64 = bound};
    c.args[1] = (slot){.tag = TAG_INT64, .as.i64 = value};
    return returns_int64(&c, go.apply);
}

static int bound_to(void *library, const char *name, frame_call *into) {
    *(void **)into = dlsym(library, name);
    return *into != NULL;
}

static char *open_library(const char *path) {
    void *so = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (!so) return strdup(dlerror());
    if (bound_to(so, "FloorNothing", &go.nothing) && bound_to(so, "FloorCalls", &go.calls) &&
        bound_to(so, "FloorEcho", &go.echo) && bound_to(so, "FloorText", &go.text) &&
        bound_to(so, "FloorSum", &go.sum) && bound_to(so, "FloorNumbers", &go.numbers) &&
        bound_to(so, "FloorFail", &go.fail) &&
        bound_to(so, "FloorNewCounter", &go.make) &&
        bound_to(so, "FloorIncrement", &go.increment) &&
        bound_to(so, "FloorBind", &go.bind) && bound_to(so, "FloorApply", &go.apply) &&
        bound_to(so, "FloorDelete", &go.release))
        return NULL;
    return strdup("the Go library lacks a function of the floor");
}

const floor_guest *floor_guest_get(void) {
    static const floor_guest guest = {.open = open_library, .nothing = nothing, .calls = calls,
        .echo = echo, .text = text, .sum = sum, .numbers = numbers, .fail = fail, .make = make,
        .increment = increment, .bind = bind, .apply = apply, .release = release};
    return &guest;
}
