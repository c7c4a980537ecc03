import java.util.function.Function;

/** Interfaces: of one method, of several, and the JDK's. */
public interface Source {
    String read(int most);

    void close();

    default boolean isOpen() {
        return true;
    }

    /** Of one method, which a function can be. */
    interface Rule {
        boolean holds(String text);
    }

    static Source of(Function<Integer, String> reader, Runnable closer) {
        return null;
    }

    static long count(Source source, Rule rule) {
        return 0;
    }
}
