/* What every guest's floor provides, in any language: the functions of the benchmark,
 * each with the plain C types that it needs. A host's floor is written against this
 * table, so that n hosts and n guests need 2n files.
 *
 * Errors are texts from malloc, NULL if there is none. Results that fit are returned in
 * registers. Any thread may call; it is attached to the guest's runtime at its first
 * call. */
#ifndef BENCH_GUEST_H
#define BENCH_GUEST_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct floor_result {
    int64_t value;
    char *error;
} floor_result;

/* `data` is the caller's buffer if the text fits, or else memory from malloc; with a
 * negative length it is an error. */
typedef struct floor_text {
    char *data;
    int64_t length;
} floor_text;

/* Numbers from malloc; with a negative length an error. */
typedef struct floor_longs {
    void *data;
    int64_t length;
} floor_longs;

/* A function of the host, which the guest calls. */
typedef floor_result (*floor_function)(void *context, int64_t value);

typedef struct floor_guest {
    /* Attaches to the running runtime; `what` is the fixture. */
    char *(*open)(const char *what);
    char *(*nothing)(void);
    floor_result (*calls)(void);
    floor_result (*echo)(int64_t value);
    floor_text (*text)(const char *data, int64_t length, char *into, int64_t room);
    floor_result (*sum)(const int64_t *values, int64_t length);
    floor_longs (*numbers)(void);
    char *(*fail)(void);
    floor_result (*make)(void);
    floor_result (*increment)(int64_t object);
    /* Makes a function of the guest from a function of the host. */
    floor_result (*bind)(floor_function function, void *context);
    floor_result (*apply)(int64_t bound, int64_t value);
    /* Releases the object that `make` or `bind` returned. */
    void (*release)(int64_t object);
} floor_guest;

/* The only symbol of a floor's library. */
const floor_guest *floor_guest_get(void);

static inline char *floor_error(const char *text, size_t length) {
    char *copy = malloc(length + 1);
    if (!copy) abort();
    memcpy(copy, text, length);
    copy[length] = 0;
    return copy;
}

static inline floor_result floor_failed(char *error) {
    return (floor_result){0, error};
}

static inline floor_text floor_text_failed(char *error) {
    return (floor_text){error, -1};
}

static inline floor_longs floor_longs_failed(char *error) {
    return (floor_longs){error, -1};
}

/* Allocates that many numbers. */
static inline floor_longs floor_longs_new(int64_t length) {
    floor_longs longs = {malloc((size_t)length * sizeof(int64_t) + 1), length};
    if (!longs.data) abort();
    return longs;
}

/* The buffer for a text of `length` bytes. */
static inline char *floor_room(char *into, int64_t room, int64_t length) {
    if (length <= room) return into;
    char *data = malloc((size_t)length);
    if (!data) abort();
    return data;
}

#endif
