package bench.host;

import java.util.Map;

/** What a contestant provides. */
interface Contestant {
    /**
     * Calls a number of times with an argument. The result is that of the last call, or
     * the number of calls that failed; it is used, so that the compiler cannot remove
     * the loop.
     *
     * <p>Every loop is a lambda with one call in it, so that the compiler sees the same
     * for each contestant as in a program.
     */
    interface Loop {
        Object run(int n, Object argument) throws Throwable;
    }

    /** Returns how often the guest's {@code nothing} ran. */
    interface Calls {
        long count() throws Throwable;
    }

    Calls calls();

    /** By the scenario's name. */
    Map<String, Loop> loops();
}
