package bench.host;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import metaffi.MetaFFIException;

/** MetaFFI with typed functions. */
abstract class ByTypes implements Contestant {
    /** A guest's {@code apply}. */
    interface Apply {
        long call(LongUnaryOperator function, long value);
    }

    private final Map<String, Loop> loops = new HashMap<>();

    /** Returns how often the guest's {@code nothing} ran. */
    LongSupplier count;

    @Override
    public Calls calls() {
        return count::getAsLong;
    }

    @Override
    public Map<String, Loop> loops() {
        return loops;
    }

    final void add(
            Runnable nothing,
            LongUnaryOperator echo,
            UnaryOperator<String> text,
            ToLongFunction<long[]> sum) {
        loops.put("void", (n, none) -> nothings(n, nothing));
        loops.put("int64", (n, value) -> echoes(n, echo, (long) value));
        loops.put("string", (n, value) -> texts(n, text, (String) value));
        loops.put("array", (n, value) -> sums(n, sum, (long[]) value));
    }

    final void add(LongSupplier increment, Apply apply, Runnable fail) {
        loops.put("object", (n, none) -> increments(n, increment));
        loops.put("callback", (n, value) -> applies(n, apply, (long) value));
        loops.put("error", (n, none) -> failures(n, fail));
    }

    private static Object nothings(int n, Runnable nothing) {
        for (int i = 0; i < n; i++) {
            nothing.run();
        }
        return null;
    }

    private static Object echoes(int n, LongUnaryOperator echo, long value) {
        long last = 0;
        for (int i = 0; i < n; i++) {
            last = echo.applyAsLong(value);
        }
        return last;
    }

    private static Object texts(int n, UnaryOperator<String> text, String value) {
        String last = null;
        for (int i = 0; i < n; i++) {
            last = text.apply(value);
        }
        return last;
    }

    private static Object sums(int n, ToLongFunction<long[]> sum, long[] values) {
        long last = 0;
        for (int i = 0; i < n; i++) {
            last = sum.applyAsLong(values);
        }
        return last;
    }

    private static Object increments(int n, LongSupplier increment) {
        long last = 0;
        for (int i = 0; i < n; i++) {
            last = increment.getAsLong();
        }
        return last;
    }

    private static Object applies(int n, Apply apply, long value) {
        LongUnaryOperator step = number -> number + Scenario.STEP;
        long last = 0;
        for (int i = 0; i < n; i++) {
            last = apply.call(step, value);
        }
        return last;
    }

    private static Object failures(int n, Runnable fail) {
        long failed = 0;
        for (int i = 0; i < n; i++) {
            try {
                fail.run();
            } catch (MetaFFIException error) {
                failed += error.getMessage().contains(Scenario.LUCK) ? 1 : 0;
            }
        }
        return failed;
    }
}
