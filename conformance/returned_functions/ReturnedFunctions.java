import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/** Gives functions out. */
public class ReturnedFunctions {
  private ReturnedFunctions() {}

  /** Two texts become one. */
  @FunctionalInterface
  public interface Joiner {
    String join(String a, String b);
  }

  public static LongUnaryOperator makeAdder(long amount) {
    return value -> value + amount;
  }

  public static LongSupplier makeCounter() {
    return new AtomicLong()::incrementAndGet;
  }

  public static Runnable makeFailing(String message) {
    return () -> {
      throw new IllegalArgumentException(message);
    };
  }

  public static Joiner makeJoiner(String separator) {
    return (a, b) -> a + separator + b;
  }

  public static long apply(LongUnaryOperator function, long value) {
    return function.applyAsLong(value);
  }

  public static LongSupplier same(LongSupplier function) {
    return function;
  }

  public static void collect() {
    System.gc();
  }
}
