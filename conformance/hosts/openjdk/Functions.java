package host;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BinaryOperator;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongBinaryOperator;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** The host's functions, which guests get. */
final class Functions {
  private static final ThreadLocal<Boolean> INSIDE = ThreadLocal.withInitial(() -> false);
  private static final AtomicLong COUNT = new AtomicLong();
  private static volatile Throwable raised;

  private Functions() {}

  /** The exception of the function fail. */
  static final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    Failure(String message) {
      super(message);
    }
  }

  /** A function of a text, which may fail. */
  @FunctionalInterface
  public interface Text {
    /**
     * Calls it.
     *
     * @param message a text
     * @return a text
     * @throws Exception when it fails
     */
    String apply(String message) throws Exception;
  }

  /** Joins two texts. */
  @FunctionalInterface
  public interface Concat extends BinaryOperator<String> {
    @Override
    String apply(String a, String b);
  }

  /** The text of a value. */
  @FunctionalInterface
  public interface Description extends Function<Object, String> {
    @Override
    String apply(Object value);
  }

  private static final Map<String, Object> ALL =
      Map.of(
          "add", (LongBinaryOperator) Long::sum,
          "concat", (Concat) (a, b) -> a + b,
          "identity", (UnaryOperator<Object>) value -> value,
          "describe", (Description) String::valueOf,
          "fail", (Text) Functions::fail,
          "count", (LongSupplier) COUNT::incrementAndGet,
          "on_caller_thread", (BooleanSupplier) INSIDE::get);

  /** The function with a name, the same one each time. */
  static Object get(String name) {
    Object function = ALL.get(name);
    if (function == null) {
      throw new IllegalArgumentException("this host has no function " + name);
    }
    return function;
  }

  private static String fail(String message) throws Failure {
    Failure failure = new Failure(message);
    raised = failure;
    throw failure;
  }

  /** Remembers that this thread makes a call. */
  static void enterCall() {
    INSIDE.set(true);
  }

  /** The last exception of the function fail. */
  static Throwable lastRaised() {
    return raised;
  }

  /** Forgets the last exception. */
  static void forget() {
    raised = null;
  }
}
