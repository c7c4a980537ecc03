package metaffi.stubs;

/** A function that takes any arguments. */
@FunctionalInterface
public interface AnyFunction {
  /**
   * Calls it.
   *
   * @param arguments the arguments
   * @return its result; an array of several, null of none
   */
  Object call(Object... arguments);
}
