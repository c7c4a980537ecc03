import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongBinaryOperator;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/** Holds objects and calls functions until the process ends. */
public class AtExit {
  private static final List<Object> KEPT = new CopyOnWriteArrayList<>();
  private static final CountDownLatch STARTED = new CountDownLatch(1);
  private static volatile LongBinaryOperator function;

  private AtExit() {}

  /** Has a number. */
  public static class Thing {
    private final long number;

    public Thing(long number) {
      this.number = number;
    }

    public long number() {
      return number;
    }
  }

  public static void keep(Object thing) {
    KEPT.add(thing);
  }

  public static void keepFunction(LongBinaryOperator kept) {
    function = kept;
  }

  public static long callKept(long a, long b) {
    return function.applyAsLong(a, b);
  }

  public static LongUnaryOperator makeAdder(long amount) {
    return value -> value + amount;
  }

  public static void start(LongSupplier count) {
    Thread thread =
        new Thread(
            () -> {
              while (true) {
                count.getAsLong();
                STARTED.countDown();
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  public static boolean started() throws InterruptedException {
    return STARTED.await(10, TimeUnit.SECONDS);
  }
}
