package kit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A guest of the tests. */
public class Kit {
    /** The most. */
    public static final int MOST = 7;

    private final String name;

    public Kit(String name) {
        this.name = name;
    }

    public String getName() {
        return name;
    }

    public static int twice(int value) {
        return 2 * value;
    }

    public static String twice(String value) {
        return value + value;
    }

    public static List<String> names(String... of) {
        return new ArrayList<>(List.of(of));
    }

    public static <T> T apply(Function<String, T> function, String value) {
        return function.apply(value);
    }

    /** Something that has an area. */
    public interface Shape {
        double area();
    }

    public static Shape square(double side) {
        return () -> side * side;
    }

    /** It did not work. */
    public static class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        public Failed(String message) {
            super(message);
        }
    }

    public void fail() throws Failed {
        throw new Failed(name + " failed");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Kit && ((Kit) other).name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return "Kit " + name;
    }
}
