package bench.host;

import java.util.Map;

/** What a contestant brings. */
interface Contestant {
    /**
     * Calls so many times with that argument. The result is that of the last call, or how many
     * calls failed; it is used, so that nothing of the loop is left out by the compiler.
     *
     * <p>Every loop is a lambda with one call in it, so that the compiler sees of each contestant
     * what it would see in a program.
     */
    interface Loop {
        Object run(int n, Object argument) throws Throwable;
    }

    /** Tells how often the guest's {@code nothing} ran. */
    interface Calls {
        long count() throws Throwable;
    }

    Calls calls();

    /** By the scenario's name. */
    Map<String, Loop> loops();
}
