import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/** Things that are used after the runtime has been released. */
public class Released {
  private static volatile LongBinaryOperator kept;

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

  public static LongUnaryOperator makeAdder(long amount) {
    return value -> value + amount;
  }

  public static void keep(LongBinaryOperator function) {
    kept = function;
  }

  public static void letGo() {
    kept = null;
  }

  public static long callKept(long a, long b) {
    return kept.applyAsLong(a, b);
  }

  public static void collect() {
    System.gc();
  }

  public static void failWith(String message) {
    throw new IllegalArgumentException(message);
  }
}
