import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongBinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Calls functions that fail. */
public class CallbacksFailing {
  private static volatile Exception kept;

  private CallbacksFailing() {}

  /** Returns text, or fails. */
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

  public static String wrapTwice(Speaker fail, String message) throws IOException {
    try {
      return wrap(fail, message);
    } catch (IllegalStateException error) {
      throw new IOException("again", error);
    }
  }

  public static String letFailPlain(UnaryOperator<String> fail, String message) {
    return fail.apply(message);
  }

  public static String letFailOnThread(Speaker fail, String message) throws Throwable {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      return pool.submit(() -> fail.say(message)).get();
    } catch (ExecutionException error) {
      throw error.getCause();
    } finally {
      pool.shutdown();
    }
  }

  public static void keepError(Speaker fail, String message) {
    kept = null;
    if (fail != null) {
      try {
        fail.say(message);
      } catch (Exception error) {
        kept = error;
      }
    }
  }

  public static void raiseKept() throws Exception {
    throw kept;
  }

  public static Speaker passing(Speaker fail) {
    return message -> fail.say(message);
  }

  public static Speaker failing(String message) {
    return text -> {
      throw new IOException(message);
    };
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
