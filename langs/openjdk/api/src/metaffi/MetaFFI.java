package metaffi;

/** The version, and helpers for calls through {@link MetaFFIObject} and {@link MetaFFIModule}. */
public final class MetaFFI {
  /**
   * The version of MetaFFI. Not a compile-time constant, so programs see the version they run with.
   */
  public static final String VERSION = String.valueOf("0.4.0");

  private MetaFFI() {}

  /**
   * Names an argument, for guests whose language has named arguments:
   *
   * <pre>{@code
   * MetaFFIObject table = pandas.call("read_csv", "x.csv", named("sep", ";"));
   * }</pre>
   *
   * @param name the parameter's name
   * @param value the argument
   * @return an argument to pass after the positional ones
   */
  public static MetaFFIArgument named(String name, Object value) {
    return new MetaFFIArgument(name, value);
  }
}
