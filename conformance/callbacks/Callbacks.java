import java.util.function.BinaryOperator;
import java.util.function.BooleanSupplier;
import java.util.function.LongBinaryOperator;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/** Calls functions. */
public class Callbacks {
  private Callbacks() {}

  public static long callAdd(LongBinaryOperator add, long a, long b) {
    return add.applyAsLong(a, b);
  }

  public static String callConcat(BinaryOperator<String> concat, String a, String b) {
    return concat.apply(a, b);
  }

  public static Object callIdentity(UnaryOperator<Object> identity, Object value) {
    return identity.apply(value);
  }

  public static long callOften(LongSupplier count, long times) {
    return LongStream.range(0, times).map(i -> count.getAsLong()).sum();
  }

  public static boolean callOnSameThread(BooleanSupplier ask) {
    return ask.getAsBoolean();
  }

  public static long[] addToAll(LongBinaryOperator add, long[] values, long amount) {
    return LongStream.of(values).map(value -> add.applyAsLong(value, amount)).toArray();
  }

  public static String callBoth(
      LongBinaryOperator add, BinaryOperator<String> concat, long a, long b) {
    return concat.apply("sum: ", Long.toString(add.applyAsLong(a, b)));
  }

  public static void collect() {
    System.gc();
  }
}
