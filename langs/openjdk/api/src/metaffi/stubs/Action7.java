package metaffi.stubs;

/**
 * An action with 7 arguments.
 *
 * @param <A> the type of the first argument
 * @param <B> the type of the second argument
 * @param <C> the type of the third argument
 * @param <D> the type of the fourth argument
 * @param <E> the type of the fifth argument
 * @param <F> the type of the sixth argument
 * @param <G> the type of the seventh argument
 */
@FunctionalInterface
public interface Action7<A, B, C, D, E, F, G> {
  /**
   * Performs the action.
   *
   * @param a the first argument
   * @param b the second argument
   * @param c the third argument
   * @param d the fourth argument
   * @param e the fifth argument
   * @param f the sixth argument
   * @param g the seventh argument
   */
  void accept(A a, B b, C c, D d, E e, F f, G g);
}
