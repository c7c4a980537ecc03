package kit;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
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

    /** A class of the JDK whose parameter has a bound. */
    public static <E extends Enum<E>> EnumSet<E> none(Class<E> of) {
        return EnumSet.noneOf(of);
    }

    /** What a type variable stands for where a class derives. */
    public abstract static class Filter<T> {
        public boolean holds(T value) {
            return value != null;
        }

        public Map<T, Kit> known() {
            return Map.of();
        }
    }

    /** Overrides what it inherits. */
    public static class Letters extends Filter<Character> {
        @Override
        public boolean holds(Character letter) {
            return letter != null && Character.isLetter(letter);
        }
    }

    /** Stands for an object of the module's own within a class of the JDK. */
    public static class Kits extends Filter<Kit> {
        @Override
        public Map<Kit, Kit> known() {
            return Map.of();
        }
    }

    /** What a type variable stands for is taken as it is. */
    public abstract static class Reader<T> {
        public T merged(T into) {
            return into;
        }
    }

    /** Overrides it with a class of the JDK. */
    public static class Merger extends Reader<Map<String, Integer>> {
        @Override
        public Map<String, Integer> merged(Map<String, Integer> into) {
            return into;
        }
    }

    /** Has a class of the JDK with objects of the module's own, which no type variable brings. */
    public abstract static class Shelf<T> {
        public List<Kit> all() {
            return List.of();
        }

        public T same(T value) {
            return value;
        }
    }

    /** Is one all the same. */
    public static class Rack extends Shelf<Kit> {}
}
