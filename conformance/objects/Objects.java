/** Objects. */
public class Objects {
  private static volatile Object kept;

  private Objects() {}

  /** Counts. */
  public static class Counter {
    public long value;

    public Counter(long value) {
      this.value = value;
    }

    public long add(long amount) {
      return value += amount;
    }
  }

  /** Holds anything. */
  public static class Box {
    private final Object content;

    public Box(Object content) {
      this.content = content;
    }

    public Object open() {
      return content;
    }
  }

  public static Object same(Object thing) {
    return thing;
  }

  public static Object sameAny(Object thing) {
    return thing;
  }

  public static void keep(Object thing) {
    kept = thing;
  }

  public static Object kept() {
    return kept;
  }

  public static boolean isCounter(Object thing) {
    return thing instanceof Counter;
  }

  public static Object nothing() {
    return null;
  }

  public static boolean isNothing(Object thing) {
    return thing == null;
  }

  public static void collect() {
    System.gc();
  }
}
