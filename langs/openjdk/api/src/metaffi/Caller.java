package metaffi;

import java.util.Objects;
import metaffi.internal.Interface;

/**
 * A function of another language: a loaded entity, or a callable that a guest returned or passed.
 *
 * <p>Safe to call from any thread, and from several at once. The function is released by {@link
 * #close}, or when this object becomes unreachable.
 */
public final class Caller implements AutoCloseable {
  private final Callee callee;

  Caller(Callee callee) {
    this.callee = callee;
  }

  /**
   * Called by the plugin: takes ownership of one reference to a native {@code metaffi_callable}.
   */
  private static Caller adopt(long callable) {
    return new Caller(NativeCallee.ofCallable(callable));
  }

  /** The native function that this calls; null for a Java function. */
  NativeCallee nativeCallee() {
    return callee instanceof NativeCallee ? (NativeCallee) callee : null;
  }

  /**
   * Also called by the plugin: a new reference to this function as a native {@code
   * metaffi_callable}.
   */
  long newReference() {
    return callee.newReference();
  }

  /** Called by the plugin: the same for a function of another language; 0 for a Java function. */
  private long newForeignReference() {
    return nativeCallee() == null ? 0 : callee.newReference();
  }

  /**
   * Calls the function.
   *
   * @param parameters the arguments; a wrong count, type or range throws
   * @return one element for each result; null if the function returns nothing
   * @throws MetaFFIException with the guest's error. If that error began as a Java exception, the
   *     original exception is thrown instead, checked or not
   */
  public Object[] call(Object... parameters) {
    return callee.call(parameters == null ? new Object[] {null} : parameters);
  }

  /**
   * Returns this function as an object of a functional interface.
   *
   * @param <T> the interface
   * @param functionalInterface an interface with one abstract method, whose parameters and result
   *     match those of this function
   * @return an object whose method calls this function
   * @throws IllegalArgumentException if it is not such an interface
   */
  public <T> T as(Class<T> functionalInterface) {
    Objects.requireNonNull(functionalInterface, "functionalInterface");
    return Interface.implement(functionalInterface, callee::typed, callee::newReference);
  }

  /**
   * Releases the function once no call is under way. Later calls throw {@link MetaFFIException};
   * closing it again has no effect.
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
