/** Static fields. */
public class Globals {
  public static final long LIMIT = 7;

  public static long counter;
  public static String[] names = {"a", "b"};
  public static Object current;

  private Globals() {}

  public static long nextCounter() {
    return ++counter;
  }

  public static void collect() {
    System.gc();
  }
}
