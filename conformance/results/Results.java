/** Results. */
public class Results {
  private Results() {}

  public static void nothing() {}

  public static long[] divide(long a, long b) {
    return new long[] {a / b, a % b};
  }

  public static Object[] three(String text) {
    return new Object[] {text, 0.5, true};
  }

  public static long checked(long number) {
    if (number < 0) {
      throw new IllegalArgumentException("a negative number");
    }
    return number;
  }
}
