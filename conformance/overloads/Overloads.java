/** Overloads. */
public class Overloads {
  private Overloads() {}

  public static String kind(long value) {
    return "integer";
  }

  public static String kind(double value) {
    return "number";
  }

  public static String kind(boolean value) {
    return "flag";
  }

  public static String kind(String value) {
    return "text";
  }

  public static String kind(long[] value) {
    return "integers";
  }

  public static String kind(Object value) {
    return "object";
  }

  public static String kind(long first, long second) {
    return "two";
  }

  public static void collect() {
    System.gc();
  }
}
