import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Named arguments, as a map in Java. */
public class NamedArgs {
  private NamedArgs() {}

  public static Map<String, Object> newOptions() {
    return new HashMap<>();
  }

  public static void put(Map<String, Object> options, String name, Object value) {
    options.put(name, value);
  }

  public static String describe(String what, Map<String, Object> options) {
    for (String name : options.keySet()) {
      if (!Set.of("size", "color").contains(name)) {
        throw new IllegalArgumentException("there is no option " + name);
      }
    }
    return what
        + ", size "
        + options.getOrDefault("size", 1)
        + ", "
        + options.getOrDefault("color", "red");
  }

  public static String describeAll(long[] numbers, Map<String, Object> options) {
    return describe(numbers.length + " boxes", options);
  }
}
