import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BinaryOperator;
import java.util.function.BooleanSupplier;
import java.util.function.LongBinaryOperator;
import java.util.function.UnaryOperator;

/** Calls functions from its own threads. */
public class CallbackThreads {
  private CallbackThreads() {}

  public static boolean askOnThread(BooleanSupplier f) throws Exception {
    Callable<Boolean> work = f::getAsBoolean;
    return onThreads(List.of(work)).get(0);
  }

  public static boolean[] askHereAndThere(BooleanSupplier f) throws Exception {
    return new boolean[] {f.getAsBoolean(), askOnThread(f), f.getAsBoolean()};
  }

  public static long sumOnThreads(LongBinaryOperator f, long threads, long times)
      throws Exception {
    Callable<Long> work =
        () -> {
          long total = 0;
          for (long i = 0; i < times; i++) {
            total = f.applyAsLong(total, 1);
          }
          return total;
        };
    long sum = 0;
    for (long one : onThreads(Collections.nCopies((int) threads, work))) {
      sum += one;
    }
    return sum;
  }

  public static String[] joinOnThreads(BinaryOperator<String> f, String text, long count)
      throws Exception {
    List<Callable<String>> works = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String number = String.valueOf(i);
      works.add(() -> f.apply(text, number));
    }
    return onThreads(works).toArray(new String[0]);
  }

  public static Object passOnThread(UnaryOperator<Object> f, Object value) throws Exception {
    Callable<Object> work = () -> f.apply(value);
    return onThreads(List.of(work)).get(0);
  }

  /** Runs each on a separate thread, and waits for the threads to end. */
  private static <T> List<T> onThreads(List<Callable<T>> works) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(works.size());
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> done : pool.invokeAll(works)) {
        results.add(done.get());
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
