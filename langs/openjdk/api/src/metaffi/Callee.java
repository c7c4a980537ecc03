package metaffi;

import java.lang.reflect.Method;

/** What a {@link Caller} calls: a function of another language, or a Java function. */
interface Callee {
  /**
   * Calls it.
   *
   * @param arguments one for each parameter
   * @return the results; null when it has none
   */
  Object[] call(Object[] arguments);

  /**
   * Exports this function so that other languages can hold it.
   *
   * @return a new reference to a native {@code metaffi_callable}; the caller releases it
   */
  long newReference();

  /** A caller with the types of a method; null where values have to be converted. */
  default TypedCaller typed(Method method) {
    return null;
  }

  /** Releases what this function holds, once no call is under way. Idempotent. */
  void close();

  /** How error messages name this function. */
  @Override
  String toString();
}
