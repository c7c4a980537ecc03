package bench.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One contestant in one scenario: timed in batches, with its results verified. */
final class Subject {
    private static final long BATCH_NS = 1_000_000;

    /** Twice the number of calls that the JVM's last compiler waits for, in loops of
     * many calls each. */
    private static final int WARM_UP_CALLS = 200_000;

    private static final long WARM_UP_NS = 2_000_000_000;

    /** The number of batches that threads share. */
    private static final int SHARED = 40;

    final String name;
    private final Scenario scenario;
    private final Contestant.Loop loop;
    private final Contestant.Calls calls;
    private long count;

    /** Calls in a batch; 0 until it is prepared. */
    private int size;

    Subject(String name, Scenario scenario, Contestant.Loop loop, Contestant.Calls calls) {
        this.name = name;
        this.scenario = scenario;
        this.loop = loop;
        this.calls = calls;
    }

    /** Checks the limits, warms up, and determines the size of a batch, unless that has
     * been done. */
    void prepare() throws Throwable {
        if (size > 0) {
            return;
        }
        size = 1;
        for (Object limit : scenario.limits) {
            Object answer = loop.run(1, limit);
            require(limit.equals(answer), limit + " came back as " + answer);
        }
        long done = 0;
        long spent = 0;
        while (done < WARM_UP_CALLS && spent < WARM_UP_NS) {
            long ns = timed();
            done += size;
            spent += ns;
            // A loop that is entered often is compiled as a whole.
            if (ns < BATCH_NS / 2 && done > size * 20L) {
                size *= 2;
            }
        }
        while (timed() < BATCH_NS / 2) {
            size *= 2;
        }
    }

    /** Nanoseconds per call of one batch. */
    double batch() throws Throwable {
        return (double) timed() / size;
    }

    /** Nanoseconds per call of batches that several threads share. */
    double atOnce(int threads) throws Throwable {
        int n = size * SHARED / threads;
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<Object>> called = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            called.add(pool.submit(() -> share(start, n)));
        }
        long began = System.nanoTime();
        start.countDown();
        for (Future<Object> one : called) {
            require(one.get().equals(scenario.expected), "a thread's calls went wrong");
        }
        long ns = System.nanoTime() - began;
        pool.shutdown();
        return (double) ns / ((long) n * threads);
    }

    private Object share(CountDownLatch start, int n) throws Exception {
        start.await();
        try {
            return loop.run(n, scenario.argument);
        } catch (Throwable thrown) {
            throw new ExecutionException(thrown);
        }
    }

    private long timed() throws Throwable {
        long before = calls.count();
        long start = System.nanoTime();
        Object result = loop.run(size, scenario.argument);
        long ns = System.nanoTime() - start;
        verify(before, result);
        return ns;
    }

    private void verify(long before, Object result) throws Throwable {
        switch (scenario.proof) {
            case CALLS:
                require(calls.count() - before == size, "not every call ran");
                break;
            case COUNT:
                require((long) result - count == size, "the object counted " + result);
                count = (long) result;
                break;
            case FAILURES:
                require(result.equals((long) size), result + " calls failed");
                break;
            case SAME:
                require(Objects.deepEquals(result, scenario.argument), "the result is not the same");
                break;
            default:
                require(result.equals(scenario.expected), "returned " + result);
        }
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(name + ", " + scenario.name + ": " + what);
        }
    }
}
