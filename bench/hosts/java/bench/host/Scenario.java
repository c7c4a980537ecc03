package bench.host;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** One function of the fixture: its argument, and how its result is verified. */
final class Scenario {
    /** What proves a call. */
    enum Proof {
        /** The guest counts its calls. */
        CALLS,
        /** The object returns its count. */
        COUNT,
        /** The loop counts failures. */
        FAILURES,
        /** The result is the expected one. */
        VALUE,
        /** The result is the argument. */
        SAME
    }

    /** The number that callbacks add. */
    static final long STEP = 7;

    /** The message of the error. */
    static final String LUCK = "no luck today";

    private static final long NUMBER = 1_234_567_890_123L;
    private static final long[] LONGS = LongStream.range(0, 10_000).toArray();

    /** The number of strings, values, objects or entries of a collection. */
    static final int OBJECTS = 1_000;

    private static final Object[] MIXED =
            IntStream.range(0, OBJECTS).mapToObj(Scenario::mixed).toArray();
    private static final String[] STRINGS =
            IntStream.range(0, OBJECTS).mapToObj(i -> "string " + i).toArray(String[]::new);
    private static final Map<String, Long> ENTRIES =
            LongStream.range(0, OBJECTS).boxed().collect(Collectors.toMap(String::valueOf, i -> i));

    private static final List<Scenario> ALL =
            List.of(
                    new Scenario("void", Proof.CALLS, null, null),
                    new Scenario(
                            "int64", Proof.VALUE, NUMBER, NUMBER, 0L, -1L, Long.MAX_VALUE,
                            Long.MIN_VALUE),
                    new Scenario(
                            "string", Proof.VALUE, "sixteen letters!", "sixteen letters!", "",
                            "größer", "日本語 😀", "x".repeat(5000)),
                    new Scenario("array", Proof.VALUE, LONGS, LongStream.of(LONGS).sum()),
                    new Scenario("numbers", Proof.SAME, LONGS, null),
                    new Scenario("mixed", Proof.SAME, MIXED, null),
                    new Scenario("strings", Proof.SAME, STRINGS, null),
                    new Scenario("objects", Proof.VALUE, null, OBJECTS),
                    new Scenario(
                            "dict",
                            Proof.VALUE,
                            ENTRIES,
                            ENTRIES.values().stream().mapToLong(i -> i).sum()),
                    new Scenario("object", Proof.COUNT, null, null),
                    new Scenario("callback", Proof.VALUE, NUMBER, NUMBER + STEP),
                    new Scenario("error", Proof.FAILURES, null, null));

    final String name;
    final Proof proof;
    final Object argument;
    final Object expected;

    /** Further arguments, which are echoed once before the measurement. */
    final List<Object> limits;

    private Scenario(
            String name, Proof proof, Object argument, Object expected, Object... limits) {
        this.name = name;
        this.proof = proof;
        this.argument = argument;
        this.expected = expected;
        this.limits = List.of(limits);
    }

    /** A value of each kind in turn. */
    private static Object mixed(int i) {
        switch (i % 5) {
            case 0:
                return (long) i;
            case 1:
                return i / 4.0;
            case 2:
                return "text " + i;
            case 3:
                return i % 2 == 0;
            default:
                return null;
        }
    }

    static Scenario named(String name) {
        return ALL.stream().filter(scenario -> scenario.name.equals(name)).findFirst().orElseThrow();
    }
}
