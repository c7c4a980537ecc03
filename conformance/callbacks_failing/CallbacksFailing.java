import java.util.function.LongBinaryOperator;
import java.util.stream.Stream;

/** Calls functions that fail. */
public class CallbacksFailing {
  private CallbacksFailing() {}

  /** Says something, or fails. */
  @FunctionalInterface
  public interface Speaker {
    String say(String message) throws Exception;
  }

  public static String letFail(Speaker fail, String message) throws Exception {
    return fail.say(message);
  }

  public static String letFailDeep(Speaker fail, String message) {
    return Stream.of(message).map(text -> unchecked(fail, text)).findFirst().orElse("");
  }

  public static String caught(Speaker fail, String message) {
    try {
      return fail.say(message);
    } catch (Exception error) {
      return error.toString().contains(message) ? "it failed" : error.toString();
    }
  }

  public static String wrap(Speaker fail, String message) {
    try {
      return fail.say(message);
    } catch (Exception error) {
      throw new IllegalStateException("wrapped", error);
    }
  }

  public static long callAdd(LongBinaryOperator add, long a, long b) {
    return add.applyAsLong(a, b);
  }

  private static String unchecked(Speaker fail, String message) {
    try {
      return fail.say(message);
    } catch (Exception error) {
      throw CallbacksFailing.<RuntimeException>sneaky(error);
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> E sneaky(Throwable error) throws E {
    throw (E) error;
  }

  public static void collect() {
    System.gc();
  }
}
