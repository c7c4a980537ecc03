package metaffi.stubs;

/** A function that takes any arguments. */
@FunctionalInterface
public interface AnyFunction {
  /**
   * Calls the function.
   *
   * @param arguments the arguments
   * @return the result; an array for several results, null for none
   */
  Object call(Object... arguments);
}
