/* C's environment, as a guest sees it. Any thread may enter. */
#include "metaffi_native.h"

#include <stdlib.h>

/* Exported by Go: take over C's environment. */
extern void metaffi_go_follow_environment(void);

#if defined(__APPLE__)
#include <crt_externs.h>
#define environ (*_NSGetEnviron())
#elif !defined(_WIN32)
extern char **environ;
#endif

/* What Go knows of C's environment. Go reads the environment that the process
 * began with, and never again. setenv and similar functions put another pointer
 * into the array, or make another array, so a change shows in the sum of the
 * pointers: checking it costs two or three nanoseconds per call, where
 * comparing texts would cost a microsecond. */
typedef struct known_environment {
    char **array;
    size_t count;
    uintptr_t sum;
} known_environment;

/* NULL in a host, and in a guest that does not read the environment: nothing is
 * followed there. A value that was replaced is not freed: another thread may be
 * reading it. */
static known_environment *known;
int metaffi_go_follows;

#if !defined(_WIN32)
/* Two words at once, at any alignment; the compilers that cgo works with
 * support this. */
typedef uintptr_t pair __attribute__((vector_size(16), aligned(8), may_alias));

enum { BLOCK = 4 * sizeof(pair) / sizeof(uintptr_t) };

static pair sum_of_block(char *const *at) {
    const pair *pairs = (const pair *)at;
    return pairs[0] + pairs[1] + (pairs[2] + pairs[3]);
}

/* The last block may count some words twice: the sum is still the same for the
 * same words. */
static uintptr_t sum_of(char *const *array, size_t count) {
    uintptr_t sum = 0;
    if (count < BLOCK) {
        for (size_t i = 0; i < count; i++) {
            sum += (uintptr_t)array[i];
        }
        return sum;
    }
    pair sums = sum_of_block(array + count - BLOCK);
    for (size_t i = 0; i + BLOCK < count; i += BLOCK) {
        sums += sum_of_block(array + i);
    }
    for (size_t i = 0; i < sizeof sums / sizeof sum; i++) {
        sum += sums[i];
    }
    return sum;
}

/* Read without ordering: no text is read, and whatever differs is read again.
 * */
static int environment_changed(void) {
    const known_environment *then = __atomic_load_n(&known, __ATOMIC_ACQUIRE);
    char **array = environ;
    return array != then->array ||
           (array != NULL &&
            (array[then->count] != NULL || sum_of(array, then->count) != then->sum));
}

/* The array and its entries are read with acquire, for the sake of the texts
 * that they point to: a thread that sets a variable at the same time has
 * written those first, and on a weakly ordered processor too, where its C
 * library stores with release. */
#define ACQUIRED(place) __atomic_load_n(&(place), __ATOMIC_ACQUIRE)

/* Another thread may be changing the array: what is returned was the same in
 * two readings, and setenv never frees its texts. */
static metaffi_go_entries *read_environment(known_environment *now) {
    for (;;) {
        size_t count = 0;
        now->array = ACQUIRED(environ);
        while (now->array != NULL && now->array[count] != NULL) {
            count++;
        }
        metaffi_go_entries *read = malloc(sizeof *read + count * sizeof(char *));
        if (read == NULL) {
            return NULL;
        }
        read->count = now->count = count;
        read->entries = (char **)(read + 1);
        for (size_t i = 0; i < count; i++) {
            read->entries[i] = ACQUIRED(now->array[i]);
        }
        now->sum = sum_of(read->entries, count);
        if (environ == now->array && (count == 0 || sum_of(now->array, count) == now->sum)) {
            return read;
        }
        free(read);
    }
}

metaffi_go_entries *metaffi_go_environment(void) {
    known_environment *now = malloc(sizeof *now);
    metaffi_go_entries *read = now == NULL ? NULL : read_environment(now);
    if (read == NULL) {
        free(now);
        return NULL;
    }
    __atomic_store_n(&known, now, __ATOMIC_RELEASE);
    __atomic_store_n(&metaffi_go_follows, 1, __ATOMIC_RELEASE);
    return read;
}
#else
/* On Windows, Go itself asks the system. */
static int environment_changed(void) { return 0; }

metaffi_go_entries *metaffi_go_environment(void) { return NULL; }
#endif

void metaffi_go_follow(void) {
    if (environment_changed()) {
        metaffi_go_follow_environment();
    }
}
