package metaffi.stubs;

/**
 * Makes an object of a stub class of what it stands for.
 *
 * @param <T> the class
 */
@FunctionalInterface
public interface Maker<T> {
  /**
   * Makes one.
   *
   * @param module the module that the class is of
   * @param target what crosses for the object
   * @return the object
   */
  T make(StubModule module, Object target);
}
