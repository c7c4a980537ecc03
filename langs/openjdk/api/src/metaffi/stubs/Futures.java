package metaffi.stubs;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Calls of a guest's asynchronous functions. Each call waits for its result on a daemon thread,
 * which is reused; what the guest runs meanwhile is up to the guest.
 */
public final class Futures {
  private static final AtomicInteger NUMBERS = new AtomicInteger(1);
  private static final ExecutorService THREADS = Executors.newCachedThreadPool(Futures::thread);

  private Futures() {}

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "metaffi-future-" + NUMBERS.getAndIncrement());
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Starts a call.
   *
   * @param <T> the type of the result
   * @param call makes the call and waits for its result
   * @return a future of the result; cancelling it does not end the call in the guest
   */
  public static <T> CompletableFuture<T> of(Callable<? extends T> call) {
    CompletableFuture<T> future = new CompletableFuture<>();
    THREADS.execute(() -> complete(future, call));
    return future;
  }

  private static <T> void complete(CompletableFuture<T> future, Callable<? extends T> call) {
    try {
      future.complete(call.call());
    } catch (Throwable e) {
      future.completeExceptionally(e);
    }
  }
}
