package metaffi.internal;

import java.util.concurrent.atomic.AtomicInteger;
import metaffi.MetaFFIException;

/**
 * A native reference that is released when its holder is unreachable and no call uses it any more.
 * It is the cleaner's action, so it must not refer to its holder.
 */
final class NativeReference extends AtomicInteger implements Runnable {
  private static final long serialVersionUID = 1L;

  /** The bit that forbids further calls; the other bits count the calls under way. */
  private static final int CLOSED = Integer.MIN_VALUE;

  private final long object;

  /** Takes ownership of one reference to a {@code metaffi_object}. */
  private NativeReference(long object) {
    this.object = object;
  }

  /** Takes ownership of a reference, and releases it when {@code holder} is unreachable. */
  static NativeReference of(long object, Object holder) {
    NativeReference reference = new NativeReference(object);
    Releases.register(holder, reference);
    return reference;
  }

  /** The object, which stays alive until {@link #leave}. */
  long enter() {
    int now;
    do {
      now = get();
      if (now < 0) {
        throw new MetaFFIException("the function was released: pass a function that is still open");
      }
    } while (!compareAndSet(now, now + 1));
    return object;
  }

  void leave() {
    if (decrementAndGet() == CLOSED) {
      Functions.release(object);
    }
  }

  /** The object, as long as the holder is reachable. */
  long object() {
    return object;
  }

  /** A new reference to the object, which the caller releases. */
  long newReference() {
    long reference = enter();
    try {
      Functions.retain(reference);
      return reference;
    } finally {
      leave();
    }
  }

  /** A number that is the same for all references to the object; the holder must be reachable. */
  long identity() {
    return Functions.identity(object);
  }

  /** The runtime that the object lives in; the holder must be reachable. */
  long owner() {
    return Functions.owner(object);
  }

  @Override
  public void run() {
    int now;
    do {
      now = get();
      if (now < 0) {
        return;
      }
    } while (!compareAndSet(now, now | CLOSED));
    if (now == 0) {
      Functions.release(object);
    }
  }
}
