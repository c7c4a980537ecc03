package metaffi;

import java.lang.reflect.Method;

/** What a {@link Caller} calls: something of another language, or a function of Java's own. */
interface Callee {
  /**
   * Calls it.
   *
   * @param arguments as many as it has parameters
   * @return the results; null when it has none
   */
  Object[] call(Object[] arguments);

  /**
   * It as a function that other languages can hold.
   *
   * @return a native {@code metaffi_callable}, one reference of which is the receiver's
   */
  long lend();

  /** What calls it by the types of a method; null where values have to be converted. */
  default TypedCaller typed(Method method) {
    return null;
  }

  /** Gives back what it holds; a call that is under way ends before that. Idempotent. */
  void close();

  /** What errors call it. */
  @Override
  String toString();
}
