package bench.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import metaffi.MetaFFIModule;
import metaffi.MetaFFIRuntime;
import metaffi.MetaFFITypes;

/**
 * The first call in a JVM: {@code Startup BUILT GUEST CONTESTANT} prints the nanoseconds of each
 * stage (the library, the runtime, the module, the call), and the increase in memory.
 */
public final class Startup {
    private static final MetaFFITypes[] INT64 = {MetaFFITypes.MetaFFIInt64};

    private final List<Number> answer = new ArrayList<>();

    private Startup() {}

    /** Runs the stages once. */
    public static void main(String[] args) throws Exception {
        Path built = Path.of(args[0]);
        Startup startup = new Startup();
        long before = memory();
        if (args[2].equals("jep")) {
            startup.jep(built.resolve(args[1]));
        } else {
            startup.metaffi(args[1].equals("go"), built);
        }
        startup.answer.add(memory() - before);
        System.out.println(startup.answer);
        System.out.flush();
        // The time to end the process is not measured.
        Runtime.getRuntime().halt(0);
    }

    private <T> T stage(Callable<T> stage) throws Exception {
        long start = System.nanoTime();
        T result = stage.call();
        answer.add(System.nanoTime() - start);
        return result;
    }

    private void metaffi(boolean go, Path built) throws Exception {
        String fixture = go ? "bench_MetaFFIGuest" : "python/bench_guest.py";
        stage(() -> Class.forName("metaffi.MetaFFIRuntime"));
        MetaFFIRuntime runtime =
                stage(
                        () -> {
                            MetaFFIRuntime of = new MetaFFIRuntime(go ? "go" : "python3");
                            of.loadRuntimePlugin();
                            return of;
                        });
        MetaFFIModule module = stage(() -> runtime.loadModule(built.resolve(fixture).toString()));
        String path = go ? "callable=Echo" : "callable=echo";
        stage(() -> module.load(path, INT64, INT64).call(1L));
    }

    private void jep(Path folder) throws Exception {
        // By name: it is only compiled if Jep is installed.
        Object stages =
                Class.forName("bench.host.Jep").getMethod("stages", Path.class).invoke(null, folder);
        for (Object stage : (List<?>) stages) {
            stage((Callable<?>) stage);
        }
    }

    /** The process's own share of all mapped memory. */
    private static long memory() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/smaps_rollup"))) {
            if (line.startsWith("Pss:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
            }
        }
        throw new IOException("the system does not report the memory of the process");
    }
}
