/** Causes faults that are reported by signals. */
public class Faults {
  private Faults() {}

  private static int length(String text) {
    return text.length();
  }

  private static long deeper(long depth) {
    return deeper(depth + 1) + 1;
  }

  /** Dereferences null, and overflows the stack: the JVM detects both by signals. */
  public static long fail() {
    try {
      return length(null);
    } catch (NullPointerException expected) {
      return deeper(0);
    }
  }

  public static void takeSignals() {}

  public static void giveSignals() {}

  public static void collect() {
    System.gc();
  }
}
