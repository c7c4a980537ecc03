package kit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;

/** A typical Java library. */
public class Kit {
  /** The most that fits. */
  public static final int MAX = 7;

  public static final String NAME = "kit";
  public static int count;
  public String label = "plain";

  /** Signals. */
  public enum Light {
    RED,
    GREEN;

    public Light next() {
      return this == RED ? GREEN : RED;
    }
  }

  /** An error. */
  public static class Trouble extends Exception {
    public Trouble(String message) {
      super(message);
    }

    public int code() {
      return 42;
    }
  }

  public static class Disaster extends Trouble {
    public Disaster(String message) {
      super(message);
    }
  }

  /** Creates one by its class. */
  public static Kit make(Class<? extends Kit> type) throws ReflectiveOperationException {
    return type.getConstructor().newInstance();
  }

  public interface Shape {
    double area();

    default String describe() {
      return "area " + area();
    }
  }

  /** Something that is drawn. */
  public interface Figure {
    double area();

    String label(String prefix, Kit kit) throws Trouble;

    default String describe(Kit kit) throws Trouble {
      return label("a ", kit) + " of " + area();
    }
  }

  public static String drawn(Figure figure, Kit kit) throws Trouble {
    return figure.describe(kit);
  }

  public static int sum(Map<String, Integer> of) {
    return of.values().stream().mapToInt(each -> each).sum();
  }

  public static Figure same(Figure figure) {
    return figure;
  }

  public static void collect() {
    System.gc();
  }

  public static class Square implements Shape, AutoCloseable {
    private final double side;
    public boolean closed;

    public Square(double side) {
      this.side = side;
    }

    @Override
    public double area() {
      return side * side;
    }

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Square && ((Square) other).side == side;
    }

    @Override
    public int hashCode() {
      return Double.hashCode(side);
    }

    @Override
    public String toString() {
      return "square of " + side;
    }
  }

  public static int add(int a, int b) {
    return a + b;
  }

  public static double half(double value) {
    return value / 2;
  }

  public static boolean not(boolean value) {
    return !value;
  }

  public static void tick() {
    count++;
  }

  public static char after(char letter) {
    return (char) (letter + 1);
  }

  /**
   * Greets.
   *
   * @param name the person to greet
   */
  public static String greet(String name) {
    return "Hello, " + name;
  }

  public static String join(String first, String... more) {
    return first + String.join("", more);
  }

  public static String show(int value) {
    return "int " + value;
  }

  public static String show(String value) {
    return "text " + value;
  }

  public static String show() {
    return "nothing";
  }

  public static int fold(int[] values, IntBinaryOperator by) {
    return Arrays.stream(values).reduce(0, by);
  }

  public static String map(String value, Function<String, String> by) {
    return by.apply(value);
  }

  public static Function<String, String> suffixing(String suffix) {
    return text -> text + suffix;
  }

  public static List<String> words(String text) {
    return new ArrayList<>(Arrays.asList(text.split(" ")));
  }

  public static Map<String, Integer> lengths(String text) {
    Map<String, Integer> lengths = new HashMap<>();
    for (String word : text.split(" ")) {
      lengths.put(word, word.length());
    }
    return lengths;
  }

  public static double total(Shape... shapes) {
    return Arrays.stream(shapes).mapToDouble(Shape::area).sum();
  }

  public static String described(Shape shape) {
    return shape == null ? "none" : shape.describe();
  }

  public static Shape shape(double side) {
    return side < 0 ? null : new Square(side);
  }

  public static void fail(String how) throws Trouble {
    throw how.equals("badly") ? new Disaster(how) : new Trouble(how);
  }

  /** Old. */
  @Deprecated
  public static int[][] grid(int[][] cells) {
    return cells;
  }
}
