package bench.host;

import static metaffi.MetaFFITypes.MetaFFIAny;
import static metaffi.MetaFFITypes.MetaFFIAnyArray;
import static metaffi.MetaFFITypes.MetaFFICallable;
import static metaffi.MetaFFITypes.MetaFFIHandle;
import static metaffi.MetaFFITypes.MetaFFIHandleArray;
import static metaffi.MetaFFITypes.MetaFFIInt64;
import static metaffi.MetaFFITypes.MetaFFIInt64Array;
import static metaffi.MetaFFITypes.MetaFFIString8;
import static metaffi.MetaFFITypes.MetaFFIString8Array;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import metaffi.Caller;
import metaffi.MetaFFIException;
import metaffi.MetaFFIModule;
import metaffi.MetaFFIRuntime;
import metaffi.MetaFFITypes;

/** MetaFFI: the public API, entities loaded dynamically. */
public final class Ours implements Contestant {
    private static final Map<String, String> GO =
            Map.of(
                    "new", "callable=NewCounter",
                    "increment", "callable=Counter.Increment,instance_required");
    private static final Map<String, String> PYTHON =
            Map.of(
                    "new", "callable=Counter",
                    "increment", "callable=Counter.increment,instance_required");

    private final boolean inGo;
    private final MetaFFIModule module;
    private final Caller count;

    /** Loads the guest's module. */
    public Ours(String guest, Path built) {
        inGo = guest.equals("go");
        String fixture = inGo ? "bench_MetaFFIGuest" : "python/bench_guest.py";
        module =
                new MetaFFIRuntime(inGo ? "go" : "python3")
                        .loadModule(built.resolve(fixture).toString());
        count = load("calls", null, MetaFFIInt64);
    }

    private Caller load(String name, MetaFFITypes[] parameters, MetaFFITypes... results) {
        String special = (inGo ? GO : PYTHON).get(name);
        String plain = inGo ? name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) : name;
        return module.load(special == null ? "callable=" + plain : special, parameters, results);
    }

    private static MetaFFITypes[] of(MetaFFITypes... types) {
        return types;
    }

    @Override
    public Calls calls() {
        return () -> (long) count.call()[0];
    }

    @Override
    public Map<String, Loop> loops() {
        Map<String, Loop> loops = new HashMap<>();
        Caller nothing = load("nothing", null);
        loops.put("void", (n, none) -> nothings(n, nothing));
        Caller echo = load("echo", of(MetaFFIInt64), MetaFFIInt64);
        loops.put("int64", (n, value) -> echoes(n, echo, (long) value));
        Caller text = load("text", of(MetaFFIString8), MetaFFIString8);
        loops.put("string", (n, value) -> texts(n, text, (String) value));
        Caller sum = load("sum", of(MetaFFIInt64Array), MetaFFIInt64);
        loops.put("array", (n, value) -> sums(n, sum, (long[]) value));
        Caller numbers = load("numbers", null, MetaFFIInt64Array);
        loops.put("numbers", (n, none) -> lists(n, numbers));
        Caller mixed = load("mixed", of(MetaFFIAnyArray), MetaFFIAnyArray);
        loops.put("mixed", (n, values) -> arrays(n, mixed, (Object[]) values));
        Caller strings = load("strings", of(MetaFFIString8Array), MetaFFIString8Array);
        loops.put("strings", (n, values) -> arrays(n, strings, (Object[]) values));
        Caller same = load("objects", of(MetaFFIHandleArray), MetaFFIHandleArray);
        Caller make = load("new", null, MetaFFIHandle);
        Object[] many = Stream.generate(() -> make.call()[0]).limit(Scenario.OBJECTS).toArray();
        loops.put("objects", (n, none) -> ((Object[]) arrays(n, same, many)).length);
        Caller total = load("total", of(MetaFFIAny), MetaFFIInt64);
        loops.put("dict", (n, values) -> totals(n, total, (Map<?, ?>) values));
        Object counter = load("new", null, MetaFFIHandle).call()[0];
        Caller increment = load("increment", of(MetaFFIHandle), MetaFFIInt64);
        loops.put("object", (n, none) -> increments(n, increment, counter));
        Caller apply = load("apply", of(MetaFFICallable, MetaFFIInt64), MetaFFIInt64);
        Caller step = MetaFFIRuntime.makeMetaffiCallable(
                (LongUnaryOperator) value -> value + Scenario.STEP);
        loops.put("callback", (n, value) -> applies(n, apply, step, (long) value));
        Caller fail = load("fail", null);
        loops.put("error", (n, none) -> failures(n, fail));
        return loops;
    }

    private static Object nothings(int n, Caller nothing) {
        for (int i = 0; i < n; i++) {
            nothing.call();
        }
        return null;
    }

    private static Object echoes(int n, Caller echo, long value) {
        long last = 0;
        for (int i = 0; i < n; i++) {
            last = (long) echo.call(value)[0];
        }
        return last;
    }

    private static Object texts(int n, Caller text, String value) {
        String last = null;
        for (int i = 0; i < n; i++) {
            last = (String) text.call(value)[0];
        }
        return last;
    }

    private static Object sums(int n, Caller sum, long[] values) {
        long last = 0;
        for (int i = 0; i < n; i++) {
            last = (long) sum.call(values)[0];
        }
        return last;
    }

    private static Object lists(int n, Caller numbers) {
        long[] last = null;
        for (int i = 0; i < n; i++) {
            last = (long[]) numbers.call()[0];
        }
        return last;
    }

    private static Object arrays(int n, Caller same, Object[] values) {
        Object last = null;
        for (int i = 0; i < n; i++) {
            last = same.call((Object) values)[0];
        }
        return last;
    }

    private static Object totals(int n, Caller total, Map<?, ?> values) {
        long last = 0;
        for (int i = 0; i < n; i++) {
            last = (long) total.call(values)[0];
        }
        return last;
    }

    private static Object increments(int n, Caller increment, Object counter) {
        long last = 0;
        for (int i = 0; i < n; i++) {
            last = (long) increment.call(counter)[0];
        }
        return last;
    }

    private static Object applies(int n, Caller apply, Caller step, long value) {
        long last = 0;
        for (int i = 0; i < n; i++) {
            last = (long) apply.call(step, value)[0];
        }
        return last;
    }

    private static Object failures(int n, Caller fail) {
        long failed = 0;
        for (int i = 0; i < n; i++) {
            try {
                fail.call();
            } catch (MetaFFIException error) {
                failed += error.getMessage().contains(Scenario.LUCK) ? 1 : 0;
            }
        }
        return failed;
    }
}
