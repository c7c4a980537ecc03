package metaffi.stubs;

import java.util.Arrays;
import java.util.Objects;

/** A plain value of a named type: a number, a string or bytes, with the guest's methods. */
public abstract class GuestValue implements Guest {
  /** For generated code. */
  protected GuestValue() {}

  @Override
  public boolean equals(Object other) {
    return other != null
        && other.getClass() == getClass()
        && Objects.deepEquals(metaffiTarget(), ((GuestValue) other).metaffiTarget());
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(new Object[] {metaffiTarget()});
  }

  @Override
  public String toString() {
    Object value = metaffiTarget();
    return value instanceof byte[] ? Arrays.toString((byte[]) value) : value.toString();
  }
}
