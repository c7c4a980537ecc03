/** Needs the signals of faults. */
public class Faults {
  private Faults() {}

  private static int length(String text) {
    return text.length();
  }

  private static long deeper(long depth) {
    return deeper(depth + 1) + 1;
  }

  /** Follows null, and uses up the stack: both are signals to the JVM. */
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
