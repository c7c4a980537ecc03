package metaffi.stubs;

import metaffi.MetaFFIException;
import metaffi.MetaFFIHandle;

/** An exception of a guest, thrown and caught as the stub class of its guest class. */
public class GuestException extends MetaFFIException implements Guest {
  private static final long serialVersionUID = 1L;

  /** For generated code: the module of its class. */
  private final transient StubModule metaffiModule;

  private final transient Object metaffiTarget;

  /**
   * For generated code.
   *
   * @param module the module of the class
   * @param target the error that was raised, or the guest's object
   */
  @SuppressWarnings("this-escape") // javac from 21 on: as in MetaFFIException
  protected GuestException(StubModule module, Object target) {
    super(error(module, target));
    metaffiModule = module;
    metaffiTarget = target instanceof MetaFFIException ? original((MetaFFIException) target) : target;
    if (!(target instanceof MetaFFIException)) {
      fillInStackTrace();
    }
    if (target instanceof Throwable && !(target instanceof MetaFFIException)) {
      setStackTrace(((Throwable) target).getStackTrace());
    }
  }

  private static MetaFFIException error(StubModule module, Object target) {
    if (target instanceof MetaFFIException) {
      return (MetaFFIException) target;
    }
    if (target instanceof Throwable) {
      Throwable own = (Throwable) target;
      String type = own.getClass().getName();
      return new MetaFFIException(own.getMessage(), "openjdk", type, "", own);
    }
    return new Made(module, target);
  }

  private static Object original(MetaFFIException error) {
    return error.original() == null ? error : error.original();
  }

  @Override
  public final Object metaffiTarget() {
    return metaffiTarget == null ? this : metaffiTarget;
  }

  /**
   * Views the exception as an instance of another of its guest classes.
   *
   * @param <T> the class
   * @param type a stub class or interface
   * @return an object of that class for the same guest object
   * @throws ClassCastException if the guest says that it is not of that class
   */
  public final <T> T as(Class<T> type) {
    return type.isInstance(this) ? type.cast(this) : metaffiModule.as(type, metaffiTarget());
  }

  /** Whether both wrap the same guest exception, or equal ones if the guest supports equality. */
  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    // A deserialized exception wraps no object.
    return metaffiTarget != null
        && other instanceof Guest
        && metaffiModule.areEqual(metaffiTarget, ((Guest) other).metaffiTarget());
  }

  @Override
  public int hashCode() {
    return metaffiTarget == null
        ? System.identityHashCode(this)
        : metaffiModule.hash(metaffiTarget);
  }

  /** An exception that this program made. */
  private static final class Made extends MetaFFIException {
    private static final long serialVersionUID = 1L;

    Made(StubModule module, Object target) {
      super(module.text(target), module.className(target), handle(target));
    }

    private static MetaFFIHandle handle(Object target) {
      return target instanceof MetaFFIHandle ? (MetaFFIHandle) target : null;
    }
  }
}
