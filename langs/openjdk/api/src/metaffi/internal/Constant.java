package metaffi.internal;

/** A function that gives the same object whatever it is called on. */
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

  /** A {@code metaffi_callable} that gives a value; one reference is the caller's. */
  static long lend(Object value) {
    return JavaFunction.lendMethod(new Constant(value), PLAN);
  }

  /**
   * The value.
   *
   * @param object what it is asked of
   * @return the same each time
   */
  public Object get(Object object) {
    return value;
  }
}
