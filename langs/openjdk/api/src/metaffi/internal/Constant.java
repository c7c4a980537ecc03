package metaffi.internal;

/** A function that returns the same object for any argument. */
public final class Constant {
  private static final long PLAN = plan();

  private final Object value;

  private Constant(Object value) {
    this.value = value;
  }

  private static long plan() {
    Object[][] get = Members.methods(Constant.class, "get");
    return Functions.planMembers(get, Functions.METHOD, Functions.BOUND);
  }

  /** A {@code metaffi_callable} that returns a value, with one reference for the caller. */
  static long newReference(Object value) {
    return JavaFunction.newMethodReference(new Constant(value), PLAN);
  }

  /**
   * Returns the value.
   *
   * @param object ignored
   * @return the same each time
   */
  public Object get(Object object) {
    return value;
  }
}
