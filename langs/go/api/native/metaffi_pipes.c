/* Threads of other languages that write to a closed pipe or socket.
 *
 * The system sends SIGPIPE to the thread that writes. Go handles it for its own
 * threads only: on any other thread it sets the default and raises the signal
 * again, which ends the program. Threads of Java and Python expect an error of
 * the write, as in every program of theirs. Go's own writes do not need the
 * signal: os.File checks the error. */
#include "metaffi_host.h"

#ifdef _WIN32
void metaffi_go_keep_from_pipes(void) {}
#else
#include <signal.h>
#include <unistd.h>

/* Written before the handler that reads it is installed: the kernel's lock
 * orders the two. */
static struct sigaction before;

static void broken_pipe(int signal, siginfo_t *info, void *context) {
    int is_of_a_write = info->si_code == SI_USER && info->si_pid == getpid();
    if (!is_of_a_write) {
        before.sa_sigaction(signal, info, context);
    }
}

void metaffi_go_keep_from_pipes(void) {
    if (sigaction(SIGPIPE, NULL, &before) != 0 || !(before.sa_flags & SA_SIGINFO)) {
        return; /* the program ignores it, or Go does not handle it */
    }
    struct sigaction ours = before;
    ours.sa_sigaction = broken_pipe;
    sigaction(SIGPIPE, &ours, NULL);
}
#endif
