package bench;

import java.util.function.LongUnaryOperator;

/** What the benchmark calls in Java, by every contestant. */
public final class Bench {
    private static long calls;
    private long count;

    /** Does nothing that costs; {@link #calls} tells that it really ran. */
    public static void nothing() {
        calls++;
    }

    public static long calls() {
        return calls;
    }

    public static long echo(long value) {
        return value;
    }

    public static String text(String value) {
        return value;
    }

    public static long sum(long[] values) {
        long sum = 0;
        for (long value : values) {
            sum += value;
        }
        return sum;
    }

    public static void fail() {
        throw new IllegalStateException("no luck today");
    }

    /** Calls what the host passed. */
    public static long apply(LongUnaryOperator function, long value) {
        return function.applyAsLong(value);
    }

    public long increment() {
        return ++count;
    }
}
