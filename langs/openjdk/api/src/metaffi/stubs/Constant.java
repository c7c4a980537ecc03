package metaffi.stubs;

/** An object that a static field of a guest's class holds, read when it is first used. */
public final class Constant {
  private final Entity getter;
  private volatile Object value;

  /**
   * For generated code.
   *
   * @param getter what reads the field
   */
  public Constant(Entity getter) {
    this.getter = getter;
  }

  /** The object; the same one each time, unless the module was bound anew. */
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
