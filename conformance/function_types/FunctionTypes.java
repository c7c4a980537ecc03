import java.io.IOException;
import java.util.function.BinaryOperator;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Types of functions. */
public class FunctionTypes {
  private FunctionTypes() {}

  /** The module's own function type, with an additional method. */
  @FunctionalInterface
  public interface Joiner {
    String join(String a, String b);

    default String both(String a, String b) {
      return join(a, b) + ", " + join(b, a);
    }
  }

  public static long applyTransform(LongBinaryOperator transform, long a, long b) {
    return transform.applyAsLong(a, b);
  }

  public static Object callSupplier(Supplier<Object> supplier) {
    return supplier.get();
  }

  public static String callOwn(Joiner joiner, String a, String b) {
    return joiner.join(a, b);
  }

  public static String hasMore(Joiner joiner, String a, String b) {
    return joiner.both(a, b);
  }

  /** The module's own task type, which may fail. */
  public interface Task<T> {
    T perform(T input) throws IOException;
  }

  /** Takes any number of numbers. */
  public interface Gatherer {
    long[] gather(long... numbers);
  }

  public static int combine(IntBinaryOperator operator, int a, int b) {
    return operator.applyAsInt(a, b);
  }

  public static Long mapNumber(Function<Long, Long> mapper, Long number) {
    return mapper.apply(number);
  }

  public static String mapText(Function<String, String> mapper, String text) {
    return mapper.andThen(Function.identity()).apply(text);
  }

  public static boolean mapFlag(Predicate<Boolean> mapper, boolean flag) {
    return mapper.negate().negate().test(flag);
  }

  public static long fold(BinaryOperator<Long> operator, long count) {
    return LongStream.range(0, count).boxed().reduce(operator).orElseThrow();
  }

  public static String attempt(Task<String> task, String text) throws IOException {
    return task.perform(text);
  }

  public static long[] gather(Gatherer gatherer, long count) {
    return gatherer.gather(LongStream.range(0, count).toArray());
  }

  public static boolean test(BooleanSupplier condition) {
    return condition.getAsBoolean();
  }

  public static boolean run(Runnable task) {
    task.run();
    return true;
  }

  public static void collect() {
    System.gc();
  }
}
