package metaffi.stubs;

/** A plain value of a named type: a number, a text or bytes with methods of the guest. */
public abstract class GuestValue implements Guest {
  /** For generated code. */
  protected GuestValue() {}

  @Override
  public boolean equals(Object other) {
    return other != null
        && other.getClass() == getClass()
        && metaffiTarget().equals(((GuestValue) other).metaffiTarget());
  }

  @Override
  public int hashCode() {
    return metaffiTarget().hashCode();
  }

  @Override
  public String toString() {
    return metaffiTarget().toString();
  }
}
