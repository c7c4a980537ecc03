/** What is used after the runtime was released. */
public class Released {
  private Released() {}

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

  public static long add(long a, long b) {
    return a + b;
  }

  public static long subtract(long a, long b) {
    return a - b;
  }

  public static void failWith(String message) {
    throw new IllegalArgumentException(message);
  }
}
