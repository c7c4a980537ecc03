package bench.host;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.LongUnaryOperator;
import jep.JepException;
import jep.MainInterpreter;
import jep.SharedInterpreter;
import jep.python.PyCallable;
import jep.python.PyObject;

/** The peer for Python: Jep, every function looked up once. */
public final class Jep implements Contestant {
    private final SharedInterpreter python;
    private final PyCallable count;

    /** Starts the interpreter. */
    public Jep(String guest, Path built) throws JepException {
        MainInterpreter.setJepLibraryPath(System.getProperty("bench.jep"));
        python = new SharedInterpreter();
        python.set("folder", built.resolve(guest).toString());
        python.exec("import sys; sys.path.insert(0, folder); import bench_guest");
        count = function("calls");
    }

    /** The stages that {@link Startup} measures. */
    public static List<Callable<Object>> stages(Path folder) {
        SharedInterpreter[] python = new SharedInterpreter[1];
        return List.of(
                () -> {
                    MainInterpreter.setJepLibraryPath(System.getProperty("bench.jep"));
                    return null;
                },
                () -> python[0] = new SharedInterpreter(),
                () -> {
                    python[0].set("folder", folder.toString());
                    python[0].exec("import sys; sys.path.insert(0, folder); import bench_guest");
                    return null;
                },
                () -> python[0].getValue("bench_guest.echo", PyCallable.class).callAs(Long.class, 1L));
    }

    private PyCallable function(String name) throws JepException {
        return python.getValue("bench_guest." + name, PyCallable.class);
    }

    @Override
    public Calls calls() {
        return () -> count.callAs(Long.class);
    }

    @Override
    public Map<String, Loop> loops() {
        PyCallable nothing = function("nothing");
        PyCallable echo = function("echo");
        PyCallable text = function("text");
        PyCallable sum = function("sum");
        PyCallable apply = function("apply");
        PyCallable fail = function("fail");
        PyObject counter = python.getValue("bench_guest.Counter()", PyObject.class);
        PyCallable increment = counter.getAttr("increment", PyCallable.class);
        LongUnaryOperator step = value -> value + Scenario.STEP;
        return Map.of(
                "void", (n, none) -> nothings(n, nothing),
                "int64", (n, value) -> longs(n, echo, value),
                "string", (n, value) -> texts(n, text, value),
                "array", (n, value) -> longs(n, sum, value),
                "object", (n, none) -> counts(n, increment),
                "callback", (n, value) -> applies(n, apply, step, (long) value),
                "error", (n, none) -> failures(n, fail));
    }

    private static Object nothings(int n, PyCallable nothing) {
        for (int i = 0; i < n; i++) {
            nothing.call();
        }
        return null;
    }

    private static Object longs(int n, PyCallable function, Object argument) {
        long last = 0;
        for (int i = 0; i < n; i++) {
            last = function.callAs(Long.class, argument);
        }
        return last;
    }

    private static Object texts(int n, PyCallable text, Object argument) {
        String last = null;
        for (int i = 0; i < n; i++) {
            last = text.callAs(String.class, argument);
        }
        return last;
    }

    private static Object counts(int n, PyCallable increment) {
        long last = 0;
        for (int i = 0; i < n; i++) {
            last = increment.callAs(Long.class);
        }
        return last;
    }

    private static Object applies(int n, PyCallable apply, LongUnaryOperator step, long value) {
        long last = 0;
        for (int i = 0; i < n; i++) {
            last = apply.callAs(Long.class, step, value);
        }
        return last;
    }

    private static Object failures(int n, PyCallable fail) {
        long failed = 0;
        for (int i = 0; i < n; i++) {
            try {
                fail.call();
            } catch (JepException error) {
                failed += error.getMessage().contains(Scenario.LUCK) ? 1 : 0;
            }
        }
        return failed;
    }
}
