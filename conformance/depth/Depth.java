import java.lang.reflect.Array;
import java.util.function.UnaryOperator;

/** Values nested deeply, and values that contain themselves. */
public class Depth {
  private Depth() {}

  public static Object nested(long depth) {
    Object[] value = {};
    for (long i = 1; i < depth; i++) {
      value = new Object[] {value};
    }
    return value;
  }

  public static Object cycle() {
    Object[] value = new Object[1];
    value[0] = value;
    return value;
  }

  public static Object ring() {
    Object[] first = new Object[1];
    first[0] = new Object[] {first};
    return first;
  }

  public static long depth(Object value) {
    long found = 0;
    while (value != null && value.getClass().isArray()) {
      found++;
      value = Array.getLength(value) == 0 ? null : Array.get(value, 0);
    }
    return found;
  }

  public static long through(UnaryOperator<Object> function, long levels) {
    return depth(function.apply(nested(levels)));
  }

  public static Object cycleThrough(UnaryOperator<Object> function) {
    return function.apply(cycle());
  }

  public static void collect() {
    System.gc();
  }
}
