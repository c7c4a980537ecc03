package metaffi;

import java.util.Objects;

/** An argument that is passed by its name; see {@link MetaFFI#named}. */
public final class MetaFFIArgument {
  private final String name;
  private final Object value;

  MetaFFIArgument(String name, Object value) {
    this.name = Objects.requireNonNull(name, "name");
    this.value = value;
  }

  /**
   * The parameter's name.
   *
   * @return as it was given
   */
  public String name() {
    return name;
  }

  /**
   * The argument.
   *
   * @return as it was given
   */
  public Object value() {
    return value;
  }

  @Override
  public String toString() {
    return name + "=" + value;
  }
}
