import java.util.function.LongSupplier;

/** Null values. */
public class Nulls {
  private Nulls() {}

  public static Object echoNull(Object value) {
    return value;
  }

  public static Object echoHandle(Object value) {
    return value;
  }

  public static Object echoAny(Object value) {
    return value;
  }

  public static boolean isNull(Object value) {
    return value == null;
  }

  public static boolean isNoFunction(LongSupplier function) {
    return function == null;
  }

  public static LongSupplier noFunction() {
    return null;
  }

  public static void collect() {
    System.gc();
  }
}
