package metaffi;

import metaffi.internal.Releases;

/**
 * The native error that an exception was made from, for details that are read on demand. It is
 * released when no exception refers to it any more.
 */
final class NativeError {
  private final Held held;

  /** Takes ownership of a native error. */
  NativeError(long error) {
    held = new Held(error);
    Releases.register(this, held);
  }

  /** The guest's own stack trace, or an empty string. */
  String stackTrace() {
    return held.stackTrace();
  }

  /** The guest's exception object; null if there is none. */
  MetaFFIHandle original() {
    return held.original();
  }

  /** The address of the native error, which lives as long as this object is reachable. */
  long address() {
    return held.error;
  }

  /** The cleaner's action, so it must not refer to the {@code NativeError}. */
  private static final class Held implements Runnable {
    /** 0 once released. */
    private long error;

    private MetaFFIHandle original;

    Held(long error) {
      this.error = error;
    }

    synchronized String stackTrace() {
      return NativeError.stackTrace(error);
    }

    synchronized MetaFFIHandle original() {
      if (original == null) {
        original = NativeError.original(error);
      }
      return original;
    }

    @Override
    public synchronized void run() {
      NativeError.release(error);
      error = 0;
    }
  }

  // These accept 0, too.
  private static native String stackTrace(long error);

  private static native MetaFFIHandle original(long error);

  private static native void release(long error);
}
