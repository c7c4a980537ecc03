package metaffi;

/** What calls of {@link MetaFFIObject} and {@link MetaFFIModule} are written with. */
public final class MetaFFI {
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
