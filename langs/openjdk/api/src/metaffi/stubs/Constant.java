package metaffi.stubs;

/** An object in a static field of a guest class, read at first use. */
public final class Constant {
  private final Entity getter;
  private volatile Object value;

  /**
   * For generated code.
   *
   * @param getter the getter of the field
   */
  public Constant(Entity getter) {
    this.getter = getter;
  }

  /** Reads the object; the same one each time, unless the module was bound again. */
  Object read() {
    Object known = value;
    if (known == null) {
      known = getter.call();
      value = known;
      getter.onReset(() -> value = null);
    }
    return known;
  }
}
