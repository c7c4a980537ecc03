/** Values of any type. */
public class Any {
  private Any() {}

  public static Object echo(Object value) {
    return value;
  }

  public static Object[] echoList(Object[] values) {
    return values;
  }

  public static long count(Object[] values) {
    return values.length;
  }

  public static Object[] mixed() {
    return new Object[] {null, true, 42L, 0.5, "text", new long[] {1, 2}};
  }

  public static String kind(Object value) {
    return value == null ? "null" : value.getClass().getTypeName();
  }

  public static Object number() {
    return 42L;
  }

  public static Object text() {
    return "text";
  }

  public static Object flag() {
    return true;
  }

  public static Object numbers() {
    return new long[] {1, 2, 3};
  }

  public static Object none() {
    return null;
  }

  public static void collect() {
    System.gc();
  }
}
