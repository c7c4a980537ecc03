package metaffi.stubs;

import java.util.Objects;
import metaffi.MetaFFIHandle;

/**
 * Wraps a guest object, which stays alive until this one is collected or closed.
 *
 * <p>Text, equality and hash are the guest's, if it defines them for every object; otherwise two
 * are equal if they wrap the same object.
 */
public abstract class GuestObject implements Guest, AutoCloseable {
  private final StubModule metaffiModule;
  private final Object metaffiTarget;

  /**
   * For generated code.
   *
   * @param module the module of the class
   * @param target the guest object; a {@link Constant} is read at first use
   */
  protected GuestObject(StubModule module, Object target) {
    metaffiModule = module;
    metaffiTarget = target;
  }

  @Override
  public final Object metaffiTarget() {
    Object target = metaffiTarget;
    if (target instanceof Constant) {
      target = ((Constant) target).read();
    }
    return target;
  }

  @Override
  public final <T> T as(Class<T> type) {
    return type.isInstance(this) ? type.cast(this) : metaffiModule.as(type, metaffiTarget());
  }

  /**
   * Releases the guest's object. Using it afterwards is an error; closing it again has no effect.
   */
  @Override
  public void close() {
    Object target = metaffiTarget;
    if (target instanceof MetaFFIHandle) {
      ((MetaFFIHandle) target).close();
    }
  }

  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    return other instanceof Guest
        && metaffiModule.areEqual(metaffiTarget(), ((Guest) other).metaffiTarget());
  }

  @Override
  public int hashCode() {
    return metaffiModule.hash(metaffiTarget());
  }

  @Override
  public String toString() {
    return Objects.toString(metaffiModule.text(metaffiTarget()));
  }
}
