package metaffi;

import java.util.Objects;
import metaffi.internal.Interface;

/**
 * A function of another language: a loaded entity, or a callable that came from a guest.
 *
 * <p>May be called from any thread, from several at once. What it holds is given back by {@link
 * #close}, or once it is unreachable.
 */
public final class Caller implements AutoCloseable {
  private final Callee callee;

  Caller(Callee callee) {
    this.callee = callee;
  }

  /** Called by the plugin: takes over one reference to a native {@code metaffi_callable}. */
  private static Caller adopt(long callable) {
    return new Caller(NativeCallee.ofCallable(callable));
  }

  /** What it calls, where that is something of another language; else null. */
  NativeCallee nativeCallee() {
    return callee instanceof NativeCallee ? (NativeCallee) callee : null;
  }

  /** Called by the plugin, too: a new reference to it as a native {@code metaffi_callable}. */
  long lend() {
    return callee.lend();
  }

  /** Called by the plugin: the same, where it is one of another language; else 0. */
  private long lendForeign() {
    return nativeCallee() == null ? 0 : callee.lend();
  }

  /**
   * Calls it.
   *
   * @param parameters the arguments; a wrong count, type or range is refused
   * @return one element for each result; null when it returns nothing
   * @throws MetaFFIException with the guest's error. When that began as an exception of Java, the
   *     exception itself is thrown, checked or not
   */
  public Object[] call(Object... parameters) {
    return callee.call(parameters == null ? new Object[] {null} : parameters);
  }

  /**
   * This function as an object of a functional interface.
   *
   * @param <T> the interface
   * @param functionalInterface an interface with one abstract method, whose parameters and result
   *     fit those of this function
   * @return an object whose method calls this function
   * @throws IllegalArgumentException when it is no such interface
   */
  public <T> T as(Class<T> functionalInterface) {
    Objects.requireNonNull(functionalInterface, "functionalInterface");
    return Interface.implement(functionalInterface, callee::typed, callee::lend);
  }

  /**
   * Gives back what it holds, when no call is under way any more. A call afterwards throws {@link
   * MetaFFIException}; closing it again does nothing.
   */
  @Override
  public void close() {
    callee.close();
  }

  @Override
  public String toString() {
    return "Caller(" + callee + ")";
  }
}
