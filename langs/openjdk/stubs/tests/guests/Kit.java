package kit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A guest of the tests. */
public class Kit implements Comparable<Kit> {
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

    /** What is drawn. */
    public interface Figure {
        double area();

        String label(String prefix, Kit kit) throws Failed;

        default String describe(Kit kit) throws Failed {
            return label("a ", kit) + " of " + area();
        }
    }

    public static String described(Figure figure, Kit kit) throws Failed {
        return figure.describe(kit);
    }

    public static Figure same(Figure figure) {
        return figure;
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
    public int compareTo(Kit other) {
        return name.compareTo(other.name);
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
