package metaffi.stubs;

/**
 * A function of 6 arguments.
 *
 * @param <A> the type of the first argument
 * @param <B> the type of the second argument
 * @param <C> the type of the third argument
 * @param <D> the type of the fourth argument
 * @param <E> the type of the fifth argument
 * @param <F> the type of the sixth argument
 * @param <R> the type of the result
 */
@FunctionalInterface
public interface Function6<A, B, C, D, E, F, R> {
  /**
   * Calls the function.
   *
   * @param a the first argument
   * @param b the second argument
   * @param c the third argument
   * @param d the fourth argument
   * @param e the fifth argument
   * @param f the sixth argument
   * @return the result
   */
  R apply(A a, B b, C c, D d, E e, F f);
}
