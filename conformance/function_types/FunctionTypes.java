import java.util.function.LongBinaryOperator;
import java.util.function.Supplier;

/** Types of functions. */
public class FunctionTypes {
  private FunctionTypes() {}

  /** A function of the module's own type, with a method besides. */
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

  public static boolean run(Runnable task) {
    task.run();
    return true;
  }

  public static void collect() {
    System.gc();
  }
}
