package bench.host;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/** The floor: native methods written by hand over the table of {@code bench/floor} for
 * the guest. */
public final class Floor implements Contestant {
    private final long counter;
    private final long step;

    /** Attaches to the guest's runtime, which is already running. */
    public Floor(String guest, Path built) {
        System.load(built.resolve("libfloor_host_java.so").toString());
        String fixture = guest.equals("go") ? "libbench_native.so" : guest;
        open(built.resolve("libfloor_" + guest + ".so").toString(), built.resolve(fixture).toString());
        counter = make();
        step = bind(value -> value + Scenario.STEP);
    }

    private static native void open(String library, String fixture);

    private static native void nothing();

    private static native long count();

    private static native long echo(long value);

    private static native String text(String value);

    private static native long sum(long[] values);

    private static native long[] numbers();

    private static native void fail();

    private static native long make();

    private static native long increment(long object);

    private static native long bind(LongUnaryOperator function);

    private static native long apply(long bound, long value);

    @Override
    public Calls calls() {
        return Floor::count;
    }

    @Override
    public Map<String, Loop> loops() {
        return Map.of(
                "void", Floor::nothings,
                "int64", Floor::echoes,
                "string", Floor::texts,
                "array", Floor::sums,
                "numbers", Floor::lists,
                "object", (n, none) -> increments(n, counter),
                "callback", (n, value) -> applies(n, step, (long) value),
                "error", Floor::failures);
    }

    private static Object nothings(int n, Object none) {
        for (int i = 0; i < n; i++) {
            nothing();
        }
        return null;
    }

    private static Object echoes(int n, Object argument) {
        long value = (long) argument;
        long last = 0;
        for (int i = 0; i < n; i++) {
            last = echo(value);
        }
        return last;
    }

    private static Object texts(int n, Object argument) {
        String value = (String) argument;
        String last = null;
        for (int i = 0; i < n; i++) {
            last = text(value);
        }
        return last;
    }

    private static Object sums(int n, Object argument) {
        long[] values = (long[]) argument;
        long last = 0;
        for (int i = 0; i < n; i++) {
            last = sum(values);
        }
        return last;
    }

    private static Object lists(int n, Object none) {
        long[] last = null;
        for (int i = 0; i < n; i++) {
            last = numbers();
        }
        return last;
    }

    private static Object increments(int n, long counter) {
        long last = 0;
        for (int i = 0; i < n; i++) {
            last = increment(counter);
        }
        return last;
    }

    private static Object applies(int n, long step, long value) {
        long last = 0;
        for (int i = 0; i < n; i++) {
            last = apply(step, value);
        }
        return last;
    }

    private static Object failures(int n, Object none) {
        long failed = 0;
        for (int i = 0; i < n; i++) {
            try {
                fail();
            } catch (RuntimeException error) {
                failed += error.getMessage().contains(Scenario.LUCK) ? 1 : 0;
            }
        }
        return failed;
    }
}
