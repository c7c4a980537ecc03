import java.util.function.BinaryOperator;
import java.util.function.BooleanSupplier;
import java.util.function.LongBinaryOperator;
import java.util.function.UnaryOperator;

/** Takes functions, and calls them. */
public class Callbacks {
  private Callbacks() {}

  public static long apply(LongBinaryOperator f, long a, long b) {
    return f.applyAsLong(a, b);
  }

  public static long applyAny(Object f, long a, long b) {
    return f instanceof LongBinaryOperator
        ? ((LongBinaryOperator) f).applyAsLong(a, b)
        : (long) ((metaffi.Caller) f).call(a, b)[0];
  }

  public static long applyAll(LongBinaryOperator[] functions, long start) {
    long total = 0;
    for (LongBinaryOperator f : functions) {
      total = f.applyAsLong(total, start);
    }
    return total;
  }

  public static String applyBoth(
      LongBinaryOperator f, BinaryOperator<String> g, long a, long b) {
    return g.apply("sum: ", String.valueOf(f.applyAsLong(a, b)));
  }

  public static String join(BinaryOperator<String> f, String a, String b) {
    return f.apply(a, b);
  }

  public static Object passOn(UnaryOperator<Object> f, Object value) {
    return f.apply(value);
  }

  public static Object passObject(UnaryOperator<Object> f, Object value) {
    return f.apply(value);
  }

  public static boolean passOwn(UnaryOperator<Object> f) {
    Object own = new Object();
    return f.apply(own) == own;
  }

  public static boolean ask(BooleanSupplier f) {
    return f.getAsBoolean();
  }

  public static long addUp(LongBinaryOperator f, long count) {
    long total = 0;
    for (long i = 0; i < count; i++) {
      total = f.applyAsLong(total, i);
    }
    return total;
  }

  public static boolean hasFunction(Runnable f) {
    return f != null;
  }

  public static void collect() {
    System.gc();
  }
}
