package metaffi.internal;

/**
 * A result that is not of the type that was declared, and cannot cross as bits: mostly null.
 *
 * <p>Thrown by the native part, caught by whoever called it.
 */
public final class Unexpected extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The result. */
  public final transient Object value;

  /**
   * Called by the plugin.
   *
   * @param value the result
   */
  public Unexpected(Object value) {
    super(null, null, false, false);
    this.value = value;
  }
}
