/** An object that is returned twice. */
public class SameObject {
  private static volatile Object kept;

  private SameObject() {}

  /** An object with an identity. */
  public static class Thing {
    public Thing() {}
  }

  public static Object same(Object thing) {
    return thing;
  }

  public static void keep(Object thing) {
    kept = thing;
  }

  public static Object kept() {
    return kept;
  }

  public static void collect() {
    System.gc();
  }
}
