/** A class in a class in a class. */
public class Nested {
  public Inner inner = new Inner(1);

  public long total() {
    return inner.number + 1;
  }

  /** Has a number. */
  public static class Inner {
    public long number;

    public Inner(long number) {
      this.number = number;
    }

    public long doubled() {
      return number * 2;
    }

    /** Exists only here. */
    public static class Innermost {
      public static String where() {
        return "innermost";
      }
    }
  }
}
