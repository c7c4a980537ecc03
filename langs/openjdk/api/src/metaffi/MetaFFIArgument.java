package metaffi;

import java.util.Objects;

/** An argument passed by name; see {@link MetaFFI#named}. */
public final class MetaFFIArgument {
  private final String name;
  private final Object value;

  MetaFFIArgument(String name, Object value) {
    this.name = Objects.requireNonNull(name, "name");
    this.value = value;
  }

  /**
   * Returns the parameter's name.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * Returns the argument.
   *
   * @return the value
   */
  public Object value() {
    return value;
  }

  @Override
  public String toString() {
    return name + "=" + value;
  }
}
