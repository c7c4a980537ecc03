package metaffi;

/** The version, and what calls of {@link MetaFFIObject} and {@link MetaFFIModule} are written with. */
public final class MetaFFI {
  /** The version of MetaFFI. Not a constant of the programs that are compiled with it. */
  public static final String VERSION = String.valueOf("0.4.0");

  private MetaFFI() {}

  /**
   * An argument by its name, for guests whose language has them:
   *
   * <pre>{@code
   * MetaFFIObject table = pandas.call("read_csv", "x.csv", named("sep", ";"));
   * }</pre>
   *
   * @param name the parameter's name
   * @param value the argument
   * @return what is passed after the arguments that have no names
   */
  public static MetaFFIArgument named(String name, Object value) {
    return new MetaFFIArgument(name, value);
  }
}
