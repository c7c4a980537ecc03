package kit;
import java.util.*;
import java.util.function.*;
/** A kit. */
public class Kit implements AutoCloseable, Comparable<Kit> {
  public static final int MAX = 7;
  public static final String NAME = "kit";
  public enum Color { RED, GREEN; public Color next() { return RED; } }
  public static class KitException extends RuntimeException { public KitException(String m) { super(m); } public int code() { return 3; } }
  public static class Ranked<T> implements Comparable<Ranked<?>> { public int rank; public int compareTo(Ranked<?> o) { return rank - o.rank; } }
  /** With a method that Rust's own pointers have, too. */
  public interface Seed { Seed clone(); int size(); }
  public static int sizeOfClone(Seed s) { return s.clone().size(); }
  public interface Shape { double area(); default String label() { return "shape " + area(); } }
  private final String name;
  public int count;
  public Kit(String name) { this.name = name; }
  public Kit(String name, int count) { this.name = name; this.count = count; }
  /** Adds.
   * @param a the one
   * @param b the other
   * @return the sum */
  public static int add(int a, int b) { return a + b; }
  public Kit append(String s) { return this; }
  public Kit append(int i) { return this; }
  public Kit append() { return this; }
  public List<String> names() { return List.of("a", name); }
  public Map<String, Integer> ages() { return Map.of("a", 1); }
  public static <T extends Comparable<T>> T max(Collection<T> all) { return Collections.max(all); }
  public static int apply(Function<String, Integer> f, String s) { return f.apply(s); }
  public static int twice(IntUnaryOperator f, int s) { return f.applyAsInt(f.applyAsInt(s)); }
  public static Function<String, Integer> length() { return String::length; }
  public static Supplier<String> supply() { return () -> "s"; }
  public static double areaOf(Shape s) { return s.area(); }
  public static String labelOf(Shape s) { return s.label(); }
  public static void fail(String m) { throw new KitException(m); }
  public static String join(String sep, String... parts) { return String.join(sep, parts); }
  public static Object any(Object o) { return o; }
  public static char letter(char c) { return c; }
  public static Integer boxed(Integer i) { return i; }
  public static Color paint(Color c) { return c; }
  public static Optional<String> maybe(boolean b) { return b ? Optional.of("x") : Optional.empty(); }
  public static String[] words(String[][] w) { return w[0]; }
  public static Kit[] kits(Kit[] k) { return k; }
  public static List<Kit> all(List<? extends Kit> k) { return new ArrayList<>(k); }
  public static String none() { return null; }
  public int compareTo(Kit o) { return count - o.count; }
  public void close() {}
  @Override public String toString() { return "Kit " + name; }
  /** @deprecated use append */
  @Deprecated public void old() {}
}
