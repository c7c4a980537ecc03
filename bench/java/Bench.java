package bench;

import java.util.Map;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;

/** The functions that every contestant calls in Java. */
public final class Bench {
    private static final long[] NUMBERS = LongStream.range(0, 10_000).toArray();
    private static long calls;
    private long count;

    /** Does almost nothing; {@link #calls} proves that it ran. */
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

    /** Returns a list. */
    public static long[] numbers() {
        return NUMBERS;
    }

    public static Object[] mixed(Object[] values) {
        return values;
    }

    public static String[] strings(String[] values) {
        return values;
    }

    public static Bench[] objects(Bench[] values) {
        return values;
    }

    public static byte[] bytes(byte[] values) {
        return values;
    }

    /** Reads every entry. */
    public static long total(Map<String, Long> values) {
        long sum = 0;
        for (Map.Entry<String, Long> entry : values.entrySet()) {
            sum += entry.getValue();
        }
        return sum;
    }

    public static void fail() {
        throw new IllegalStateException("no luck today");
    }

    /** Calls a function of the host. */
    public static long apply(LongUnaryOperator function, long value) {
        return function.applyAsLong(value);
    }

    public long increment() {
        return ++count;
    }
}
