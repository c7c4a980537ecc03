/** Objects that others hold. */
public class Lifetimes {
  private static volatile Object kept;

  private Lifetimes() {}

  /** Has a number. */
  public static class Thing {
    private final long number;

    public Thing(long number) {
      this.number = number;
    }

    public long number() {
      return number;
    }
  }

  public static Thing[] things(long count) {
    Thing[] things = new Thing[(int) count];
    for (int i = 0; i < things.length; i++) {
      things[i] = new Thing(i);
    }
    return things;
  }

  public static void keep(Object thing) {
    kept = thing;
  }

  public static Object kept() {
    return kept;
  }

  public static Object same(Object thing) {
    return thing;
  }

  public static void collect() {
    System.gc();
  }
}
