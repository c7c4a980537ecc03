import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BinaryOperator;
import java.util.function.BooleanSupplier;
import java.util.function.LongBinaryOperator;
import java.util.function.LongSupplier;

/** Calls functions from threads of its own. */
public class CallbackThreads {
  private CallbackThreads() {}

  /** Says something, or fails. */
  @FunctionalInterface
  public interface Speaker {
    String say(String message) throws Exception;
  }

  public static long addOnThread(LongBinaryOperator add, long a, long b) throws Exception {
    return onThreads(1, List.<Callable<Long>>of(() -> add.applyAsLong(a, b))).get(0);
  }

  public static boolean askOnThread(BooleanSupplier ask) throws Exception {
    return onThreads(1, List.<Callable<Boolean>>of(ask::getAsBoolean)).get(0);
  }

  public static long countOnThreads(LongSupplier count, long threads, long times)
      throws Exception {
    List<Callable<Long>> tasks = new ArrayList<>();
    for (int i = 0; i < threads * times; i++) {
      tasks.add(count::getAsLong);
    }
    return onThreads((int) threads, tasks).stream().mapToLong(Long::longValue).sum();
  }

  public static boolean concatOnThreads(BinaryOperator<String> concat, long threads)
      throws Exception {
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String left = i + " ";
      tasks.add(() -> concat.apply(left, "🦀").equals(left + "🦀"));
    }
    return onThreads((int) threads, tasks).stream().allMatch(right -> right);
  }

  public static String failOnThread(Speaker fail, String message) throws Exception {
    Callable<String> attempt =
        () -> {
          try {
            return fail.say(message);
          } catch (Exception error) {
            return error.toString().contains(message) ? "it failed" : error.toString();
          }
        };
    return onThreads(1, List.of(attempt)).get(0);
  }

  private static <T> List<T> onThreads(int threads, List<Callable<T>> tasks) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> result : pool.invokeAll(tasks)) {
        results.add(result.get());
      }
      return results;
    } finally {
      pool.shutdown();
    }
  }

  public static void collect() {
    System.gc();
  }
}
