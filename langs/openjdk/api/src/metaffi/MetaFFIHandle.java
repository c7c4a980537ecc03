package metaffi;

import java.lang.ref.Cleaner;
import metaffi.internal.Releases;

/**
 * An object that lives in another runtime.
 *
 * <p>It can be stored, compared and passed on; when it goes home it is the original object again.
 * The reference is given back by {@link #close}, or by a cleaner once this object is unreachable.
 */
public final class MetaFFIHandle implements AutoCloseable {
  /** What using it after {@link #close} fails with. */
  static final String RELEASED = "the handle was released: pass one that is still open";

  private final Reference reference;
  private final Cleaner.Cleanable cleanable;

  private MetaFFIHandle(long object) {
    reference = new Reference(object);
    cleanable = Releases.register(this, reference);
  }

  /** Called by the plugin: takes over one reference to a native object. */
  private static MetaFFIHandle adopt(long object) {
    return new MetaFFIHandle(object);
  }

  /** Called by the plugin: a new reference to the native object, which the caller releases. */
  private long lend() {
    return reference.lend();
  }

  /** The same, or 0 when the handle was released. */
  long tryLend() {
    return reference.tryLend();
  }

  /**
   * The id of the runtime that the object lives in.
   *
   * @return the same number for all objects of that runtime
   */
  public long runtimeId() {
    return reference.owner;
  }

  /**
   * Whether {@link #close} was called. Not named as a bean's property, so that libraries which
   * print beans do not take the handle for one.
   *
   * @return true when the handle can no longer be used
   */
  public boolean released() {
    return reference.isReleased();
  }

  /** Gives the reference back. Using the handle afterwards is an error; closing it again is not. */
  @Override
  public void close() {
    cleanable.clean();
  }

  /** Two handles are equal when they stand for the same object of the same runtime. */
  @Override
  public boolean equals(Object other) {
    if (!(other instanceof MetaFFIHandle)) {
      return false;
    }
    Reference that = ((MetaFFIHandle) other).reference;
    return reference.owner == that.owner && reference.identity == that.identity;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(reference.identity) * 31 + Long.hashCode(reference.owner);
  }

  @Override
  public String toString() {
    return "MetaFFIHandle(" + ownerName(reference.owner) + ", 0x"
        + Long.toHexString(reference.identity) + ")";
  }

  /** The native reference; the cleaner's action, so it must not refer to the handle. */
  private static final class Reference implements Runnable {
    private final long owner;
    private final long identity;
    private long object;

    Reference(long object) {
      this.object = object;
      owner = MetaFFIHandle.owner(object);
      identity = MetaFFIHandle.identity(object);
    }

    long lend() {
      long lent = tryLend();
      if (lent == 0) {
        throw MetaFFIException.released(RELEASED);
      }
      return lent;
    }

    synchronized long tryLend() {
      if (object != 0) {
        retain(object);
      }
      return object;
    }

    synchronized boolean isReleased() {
      return object == 0;
    }

    @Override
    public synchronized void run() {
      long last = object;
      object = 0;
      if (last != 0) {
        release(last);
      }
    }
  }

  private static native void retain(long object);

  private static native void release(long object);

  private static native long owner(long object);

  private static native long identity(long object);

  private static native String ownerName(long owner);
}
