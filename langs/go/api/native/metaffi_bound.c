/* The thread-specific value by which Go learns that a thread has ended that Go
 * did not start. */
#include "metaffi_native.h"

#ifdef _WIN32
int metaffi_go_unbind(void) { return 1; /* Go keeps none */ }
#else
#include <limits.h>
#include <pthread.h>
#include <signal.h>

#ifndef PTHREAD_KEYS_MAX
#define PTHREAD_KEYS_MAX 1024
#endif

/* Exported by Go: does nothing. */
extern void metaffi_go_touch(void);

static int found;
static pthread_key_t key;

/* Runs on a new thread that calls Go once, and finds the key that has a value
 * only after that. */
static void *look(void *none) {
    static void *before[PTHREAD_KEYS_MAX];
    for (int i = 0; i < PTHREAD_KEYS_MAX; i++) {
        before[i] = pthread_getspecific((pthread_key_t)i);
    }
    metaffi_go_touch();
    for (int i = 0; i < PTHREAD_KEYS_MAX && !found; i++) {
        found = before[i] == NULL && pthread_getspecific((pthread_key_t)i) != NULL;
        key = (pthread_key_t)i;
    }
    return none;
}

static void find(void) {
    pthread_t thread;
    sigset_t all, mask;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &mask);
    if (pthread_create(&thread, NULL, look, NULL) == 0) {
        pthread_join(thread, NULL);
    }
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
}

int metaffi_go_unbind(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, find);
    return found && pthread_setspecific(key, NULL) == 0;
}
#endif
