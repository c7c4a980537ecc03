package metaffi.stubs;

/**
 * Makes an object of a stub class for a guest object.
 *
 * @param <T> the class
 */
@FunctionalInterface
public interface Maker<T> {
  /**
   * Makes the object.
   *
   * @param module the module of the class
   * @param target the guest object
   * @return the object
   */
  T make(StubModule module, Object target);
}
