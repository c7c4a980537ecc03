import java.util.function.Function;

/** Interfaces: with one method, with several, and those of the JDK. */
public interface Source {
    String read(int most);

    void close();

    default boolean isOpen() {
        return true;
    }

    /** An interface with one method, which a function can implement. */
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
