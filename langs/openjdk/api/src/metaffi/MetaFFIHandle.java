package metaffi;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import metaffi.internal.Releases;

/**
 * An object that lives in another runtime.
 *
 * <p>It can be stored, compared and passed on; passed to its own runtime, it is the original object
 * again. The reference is released by {@link #close}, or by a cleaner when this object becomes
 * unreachable.
 */
public final class MetaFFIHandle implements AutoCloseable {
  /** The message for using it after {@link #close}. */
  static final String RELEASED = "the handle was released: pass a handle that is still open";

  private final Reference reference;
  private final Cleaner.Cleanable cleanable;

  private MetaFFIHandle(long object, boolean isUnclosable) {
    reference = new Reference(object, isUnclosable);
    cleanable = Releases.register(this, reference);
  }

  /** Called by the plugin: takes ownership of one reference to a native object. */
  private static MetaFFIHandle adopt(long object) {
    return new MetaFFIHandle(object, false);
  }

  /** A handle that takes ownership of one reference to a native object. */
  static MetaFFIHandle taken(long object) {
    return new MetaFFIHandle(object, false);
  }

  /**
   * The same object in a handle that {@link #close} does not release, so that uses are not counted.
   */
  MetaFFIHandle unclosable() {
    return new MetaFFIHandle(reference.newReference(), true);
  }

  /** A new reference to the native object, which the caller releases. */
  long newObjectReference() {
    return reference.newReference();
  }

  /** Called by the plugin: a new reference to the native object, which the caller releases. */
  private long newReference() {
    return reference.newReference();
  }

  /**
   * The native object for the duration of a call, or 0 if the handle was released. If it is not 0,
   * {@link #endUse} must follow; until then the object lives, even if the handle is closed.
   */
  long use() {
    return reference.use();
  }

  /** Ends a use that {@link #use} began. */
  void endUse() {
    reference.endUse();
    java.lang.ref.Reference.reachabilityFence(this);
  }

  /**
   * Returns the id of the runtime that the object lives in.
   *
   * @return the same number for all objects of that runtime
   */
  public long runtimeId() {
    return reference.owner;
  }

  /**
   * Returns whether {@link #close} was called. Not named like a bean property, so that libraries
   * that print beans do not read it.
   *
   * @return true if the handle can no longer be used
   */
  public boolean released() {
    return reference.isReleased();
  }

  /**
   * Releases the reference. Using the handle afterwards is an error; closing it again has no
   * effect.
   */
  @Override
  public void close() {
    if (!reference.isUnclosable) {
      cleanable.clean();
    }
  }

  /** Two handles are equal if they refer to the same object of the same runtime. */
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

  /** Includes the object's class and text, if the guest provides them. */
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
      return address; // printing must not fail with the guest's errors
    }
  }

  /**
   * The native reference; also the cleaner's action, so it must not refer to the handle.
   *
   * <p>A call uses it without taking a reference: if the handle is closed meanwhile, the last user
   * releases it. So a call costs two atomic additions, with no lock and no native call.
   */
  private static final class Reference implements Runnable {
    /** The bit of {@link #users} that marks the handle as closed. */
    private static final int CLOSED = Integer.MIN_VALUE;

    private static final AtomicIntegerFieldUpdater<Reference> USERS =
        AtomicIntegerFieldUpdater.newUpdater(Reference.class, "users");
    private static final AtomicIntegerFieldUpdater<Reference> IS_RELEASED =
        AtomicIntegerFieldUpdater.newUpdater(Reference.class, "released");

    private final long owner;
    private final long identity;
    private final long object;

    /** Released when the handle is unreachable, and not before. */
    private final boolean isUnclosable;

    /** The number of current users, and the bit {@link #CLOSED}. */
    private volatile int users;

    private volatile int released;

    Reference(long object, boolean isUnclosable) {
      this.object = object;
      this.isUnclosable = isUnclosable;
      owner = MetaFFIHandle.owner(object);
      identity = MetaFFIHandle.identity(object);
    }

    /** The native object until {@link #endUse}, or 0 if it was closed. */
    long use() {
      if (isUnclosable || USERS.getAndIncrement(this) >= 0) {
        return object;
      }
      endUse();
      return 0;
    }

    void endUse() {
      if (!isUnclosable && USERS.decrementAndGet(this) == CLOSED) {
        releaseOnce();
      }
    }

    /** A late user of a closed reference may get here a second time. */
    private void releaseOnce() {
      if (IS_RELEASED.compareAndSet(this, 0, 1)) {
        release(object);
      }
    }

    long newReference() {
      long reference = use();
      if (reference == 0) {
        throw MetaFFIException.released(RELEASED);
      }
      retain(reference);
      endUse();
      return reference;
    }

    boolean isReleased() {
      return users < 0;
    }

    @Override
    public void run() {
      if (USERS.getAndUpdate(this, now -> now | CLOSED) == 0) {
        releaseOnce();
      }
    }
  }

  private static native void retain(long object);

  private static native void release(long object);

  private static native long owner(long object);

  private static native long identity(long object);

  private static native String ownerName(long owner);
}
