import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** A class for testing Python's operators, functions and collections. */
public class Workshop {
  /** The most. */
  public static final int MOST = 7;

  public static int open;

  public enum Size {
    SMALL,
    LARGE
  }

  public static class Version implements Comparable<Version> {
    private final int number;

    public Version(int number) {
      this.number = number;
    }

    @Override
    public String toString() {
      return "v" + number;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Version && ((Version) other).number == number;
    }

    @Override
    public int hashCode() {
      return number;
    }

    @Override
    public int compareTo(Version other) {
      return Integer.compare(number, other.number);
    }

    public double dot(Version other) {
      return 1;
    }

    public static double dot(Version one, Version other) {
      return 2;
    }
  }

  public static class Shelf extends ArrayList<Version> {
    public Shelf() {
      add(new Version(1));
      add(new Version(2));
    }
  }

  public static class Tool implements AutoCloseable {
    public Tool() {
      open++;
    }

    @Override
    public void close() {
      open--;
    }
  }

  public static class Broken extends RuntimeException {
    public Broken(String what) {
      super(what);
    }
  }

  public interface Callback {
    void failed(String why);

    int done(String text, int code);

    default String name() {
      return "default";
    }
  }

  public static String run(Callback callback) {
    callback.failed("first");
    return callback.name() + " " + callback.done("ok", 200);
  }

  public static int fail(String what) {
    throw new Broken(what);
  }

  public static String pick(List<Version> versions, Function<Version, Boolean> wanted) {
    for (Version version : versions) {
      if (wanted.apply(version)) {
        return version.toString();
      }
    }
    return null;
  }

  public static String join(Iterable<?> items) {
    StringBuilder all = new StringBuilder();
    for (Iterator<?> each = items.iterator(); each.hasNext(); ) {
      all.append(each.next()).append(';');
    }
    return all.toString();
  }

  public static String sorted(Map<String, Integer> prices, Set<String> wanted) {
    Map<String, Integer> kept = new TreeMap<>(prices);
    kept.keySet().retainAll(wanted);
    return kept.toString();
  }

  public static Map<String, Integer> ages() {
    return new TreeMap<>(Map.of("Ann", 41, "Bob", 17));
  }

  public static Function<String, String> greeter(String greeting) {
    return name -> greeting + " " + name;
  }

  public static String log(String text) {
    return "text " + text;
  }

  public static String log(Supplier<?> text) {
    return "supplier " + text.get();
  }

  public static String count(CharSequence text, char wanted) {
    return "char " + wanted;
  }

  public static String count(CharSequence text, CharSequence wanted) {
    return "text " + wanted;
  }

  /** Makes one by its class. */
  public static <T> T make(Class<T> type) throws ReflectiveOperationException {
    return type.getConstructor().newInstance();
  }

  public static String[] row() {
    return new String[] {"a", null};
  }
}
