package bench.host;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The benchmark's Java host: {@code Main BUILT GUEST CONTESTANT...}.
 *
 * <p>Waits on stdin for lines {@code SCENARIO BATCHES [CONTESTANT [THREADS]]}, and
 * answers each with a line of JSON: the nanoseconds per call of every batch, by
 * contestant, or by {@code all}. The time of several threads is divided by the number
 * of all their calls. The driver is {@code bench/measure}.
 */
public final class Main {
    private static final PrintStream OUT =
            new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private Main() {}

    /** Prepares the contestants, then runs the requested measurements. */
    public static void main(String[] args) throws Throwable {
        Map<String, List<Subject>> subjects = new LinkedHashMap<>();
        for (String name : List.of(args).subList(2, args.length)) {
            load(name, contestant(name, args[1], Path.of(args[0])), subjects);
        }
        OUT.println("{\"ready\":true}");
        BufferedReader orders =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            OUT.println(measure(subjects, order.split(" ")));
        }
        // Peers may have started threads.
        System.exit(0);
    }

    private static Contestant contestant(String name, String guest, Path built) throws Throwable {
        // By name, so that a peer that is not installed, or stubs that were not
        // generated, are not loaded.
        String type =
                Map.of(
                                "metaffi", "Ours", "typed", "Typed", "floor", "Floor",
                                "stubs", "ByStubs", "jep", "Jep")
                        .get(name);
        Class<?> found = Class.forName("bench.host." + type);
        return (Contestant)
                found.getConstructor(String.class, Path.class).newInstance(guest, built);
    }

    private static void load(
            String name, Contestant contestant, Map<String, List<Subject>> subjects)
            throws Throwable {
        for (Map.Entry<String, Contestant.Loop> loop : contestant.loops().entrySet()) {
            Scenario scenario = Scenario.named(loop.getKey());
            Subject subject = new Subject(name, scenario, loop.getValue(), contestant.calls());
            subjects.computeIfAbsent(scenario.name, key -> new ArrayList<>()).add(subject);
        }
    }

    private static String measure(Map<String, List<Subject>> subjects, String[] order)
            throws Throwable {
        // Peers do not support every scenario.
        List<Subject> turns = subjects.getOrDefault(order[0], List.of());
        for (Subject subject : turns) {
            subject.prepare();
        }
        Map<String, StringJoiner> times = new LinkedHashMap<>();
        String only = order.length < 3 ? "all" : order[2];
        int threads = order.length < 4 ? 0 : Integer.parseInt(order[3]);
        for (int batch = 0; batch < Integer.parseInt(order[1]); batch++) {
            for (Subject subject : turns) {
                if (only.equals("all") || only.equals(subject.name)) {
                    double ns = threads > 0 ? subject.atOnce(threads) : subject.batch();
                    times.computeIfAbsent(subject.name, key -> new StringJoiner(",", "[", "]"))
                            .add(Double.toString(ns));
                }
            }
        }
        StringJoiner answer = new StringJoiner(",", "{\"times\":{", "}}");
        times.forEach((name, ns) -> answer.add("\"" + name + "\":" + ns));
        return answer.toString();
    }
}
