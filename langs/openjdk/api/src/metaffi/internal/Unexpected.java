package metaffi.internal;

/**
 * A result of another type than declared that cannot be passed as bits, usually null.
 *
 * <p>Thrown by the native part, and caught by its caller.
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
