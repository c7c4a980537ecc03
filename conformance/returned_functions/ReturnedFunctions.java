import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/** Returns functions. */
public class ReturnedFunctions {
  private static volatile LongUnaryOperator kept;

  private ReturnedFunctions() {}

  /** Joins two texts. */
  @FunctionalInterface
  public interface Joiner {
    String join(String a, String b);
  }

  /** Creates functions. */
  @FunctionalInterface
  public interface Maker {
    LongUnaryOperator make(long amount);
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

  public static LongUnaryOperator makeBound(long start) {
    return new AtomicLong(start)::addAndGet;
  }

  public static Maker makeMaker() {
    return ReturnedFunctions::makeAdder;
  }

  public static long applyAll(LongUnaryOperator[] functions, long value) {
    for (LongUnaryOperator function : functions) {
      value = function.applyAsLong(value);
    }
    return value;
  }

  public static void keep(LongUnaryOperator function) {
    kept = function;
  }

  public static boolean isKept(LongUnaryOperator function) {
    return kept.equals(function);
  }

  public static long bounce(long times) {
    return times == 0 ? 0 : kept.applyAsLong(times - 1) + 1;
  }

  public static LongUnaryOperator bouncer() {
    return ReturnedFunctions::bounce;
  }

  public static Object sameAny(Object value) {
    return value;
  }

  public static LongSupplier same(LongSupplier function) {
    return function;
  }

  public static void collect() {
    System.gc();
  }
}
