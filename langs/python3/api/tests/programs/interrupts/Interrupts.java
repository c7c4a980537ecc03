import java.util.concurrent.Callable;

/** Methods that wait, and that do not. */
public class Interrupts {
  public static int block(int milliseconds) throws InterruptedException {
    Thread.sleep(milliseconds);
    return milliseconds;
  }

  /** Runs for a while without waiting. */
  public static int spin(int milliseconds) {
    long end = System.nanoTime() + milliseconds * 1_000_000L;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    return milliseconds;
  }

  public static Object call(Callable<?> function) throws Exception {
    return function.call();
  }

  public static boolean isInterrupted() {
    return Thread.currentThread().isInterrupted();
  }
}
