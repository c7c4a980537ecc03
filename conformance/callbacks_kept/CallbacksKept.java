import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BinaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/** Stores functions. */
public class CallbacksKept {
  private static volatile LongBinaryOperator kept;
  private static volatile CompletableFuture<Long> started;
  private static final List<BinaryOperator<String>> LISTENERS = new CopyOnWriteArrayList<>();

  private CallbacksKept() {}

  public static void keep(LongBinaryOperator function) {
    kept = function;
  }

  public static long callKept(long a, long b) {
    return kept.applyAsLong(a, b);
  }

  public static LongBinaryOperator kept() {
    return kept;
  }

  public static LongBinaryOperator adder(long amount) {
    return (a, b) -> a + b + amount;
  }

  public static void start(LongSupplier count, long times) {
    started =
        CompletableFuture.supplyAsync(
            () -> LongStream.range(0, times).map(i -> count.getAsLong()).sum());
  }

  public static long join() {
    long total = started.join();
    started = null;
    return total;
  }

  public static void listen(BinaryOperator<String> listener) {
    LISTENERS.add(listener);
  }

  public static String[] tell(String a, String b) {
    return LISTENERS.stream().map(listener -> listener.apply(a, b)).toArray(String[]::new);
  }

  public static void forget() {
    kept = null;
    LISTENERS.clear();
  }

  public static void collect() {
    System.gc();
  }
}
