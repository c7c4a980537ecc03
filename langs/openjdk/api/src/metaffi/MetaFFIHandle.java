package metaffi;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
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

  private MetaFFIHandle(long object, boolean isKept) {
    reference = new Reference(object, isKept);
    cleanable = Releases.register(this, reference);
  }

  /** Called by the plugin: takes over one reference to a native object. */
  private static MetaFFIHandle adopt(long object) {
    return new MetaFFIHandle(object, false);
  }

  /** A handle that takes over one reference to a native object. */
  static MetaFFIHandle taken(long object) {
    return new MetaFFIHandle(object, false);
  }

  /** The same object in a handle that {@link #close} does nothing to, so that no use is counted. */
  MetaFFIHandle kept() {
    return new MetaFFIHandle(reference.lend(), true);
  }

  /** A new reference to the native object, which the caller releases. */
  long lendObject() {
    return reference.lend();
  }

  /** Called by the plugin: a new reference to the native object, which the caller releases. */
  private long lend() {
    return reference.lend();
  }

  /**
   * The native object for the time of a call, or 0 when the handle was released. It is followed by
   * {@link #endUse} when it is not 0; until then the object lives, even when the handle is closed.
   */
  long use() {
    return reference.use();
  }

  /** Ends what {@link #use} began. */
  void endUse() {
    reference.endUse();
    java.lang.ref.Reference.reachabilityFence(this);
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
    if (!reference.isKept) {
      cleanable.clean();
    }
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

  /** With the object's class and text, where the guest tells them. */
  @Override
  public String toString() {
    return "MetaFFIHandle(" + ownerName(reference.owner) + ", " + shown() + ")";
  }

  private String shown() {
    String address = "0x" + Long.toHexString(reference.identity);
    if (released()) {
      return address;
    }
    try {
      MetaFFIObject object = MetaFFIObject.of(this);
      return object.can("text") ? object.typeName() + " " + object : address;
    } catch (RuntimeException e) {
      return address; // what is printed is no place for errors of the guest
    }
  }

  /**
   * The native reference; the cleaner's action, so it must not refer to the handle.
   *
   * <p>A call uses it without a reference of its own: what is closed meanwhile is given back by the
   * last that uses it. So a call costs two additions, and neither a lock nor a way into native code.
   */
  private static final class Reference implements Runnable {
    /** In {@link #users}: it was closed. */
    private static final int CLOSED = Integer.MIN_VALUE;

    private static final AtomicIntegerFieldUpdater<Reference> USERS =
        AtomicIntegerFieldUpdater.newUpdater(Reference.class, "users");
    private static final AtomicIntegerFieldUpdater<Reference> GIVEN_BACK =
        AtomicIntegerFieldUpdater.newUpdater(Reference.class, "givenBack");

    private final long owner;
    private final long identity;
    private final long object;

    /** Given back when the handle is unreachable, and not before. */
    private final boolean isKept;

    /** How many use it, and whether it was closed. */
    private volatile int users;

    private volatile int givenBack;

    Reference(long object, boolean isKept) {
      this.object = object;
      this.isKept = isKept;
      owner = MetaFFIHandle.owner(object);
      identity = MetaFFIHandle.identity(object);
    }

    /** The native object until {@link #endUse}, or 0 when it was closed. */
    long use() {
      if (isKept || USERS.getAndIncrement(this) >= 0) {
        return object;
      }
      endUse();
      return 0;
    }

    void endUse() {
      if (!isKept && USERS.decrementAndGet(this) == CLOSED) {
        giveBack();
      }
    }

    /** One that was closed may have a user that comes too late, so it may get here twice. */
    private void giveBack() {
      if (GIVEN_BACK.compareAndSet(this, 0, 1)) {
        release(object);
      }
    }

    long lend() {
      long lent = use();
      if (lent == 0) {
        throw MetaFFIException.released(RELEASED);
      }
      retain(lent);
      endUse();
      return lent;
    }

    boolean isReleased() {
      return users < 0;
    }

    @Override
    public void run() {
      if (USERS.getAndUpdate(this, now -> now | CLOSED) == 0) {
        giveBack();
      }
    }
  }

  private static native void retain(long object);

  private static native void release(long object);

  private static native long owner(long object);

  private static native long identity(long object);

  private static native String ownerName(long owner);
}
