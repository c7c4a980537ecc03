package metaffi.stubs;

/**
 * An action with 3 arguments.
 *
 * @param <A> the type of the first argument
 * @param <B> the type of the second argument
 * @param <C> the type of the third argument
 */
@FunctionalInterface
public interface Action3<A, B, C> {
  /**
   * Performs the action.
   *
   * @param a the first argument
   * @param b the second argument
   * @param c the third argument
   */
  void accept(A a, B b, C c);
}
