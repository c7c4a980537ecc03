package metaffi;

/**
 * A declared type under the name that it has in older programs; {@link MetaFFITypeInfo} is the same.
 *
 * <pre>{@code
 * module.load(
 *     "class=a.B,callable=c",
 *     new MetaFFITypeWithAlias[] {new MetaFFITypeWithAlias(MetaFFITypes.MetaFFIHandle, "a.D")},
 *     null);
 * }</pre>
 */
public final class MetaFFITypeWithAlias implements MetaFFIDeclared {
  private final MetaFFITypeInfo info;

  /**
   * A type without an alias.
   *
   * @param type the type
   */
  public MetaFFITypeWithAlias(MetaFFITypes type) {
    this(type, "", 0);
  }

  /**
   * A type with the guest's name of it.
   *
   * @param type the type
   * @param alias for instance {@code org.apache.logging.log4j.Logger}; empty or null for none
   */
  public MetaFFITypeWithAlias(MetaFFITypes type, String alias) {
    this(type, alias, 0);
  }

  /**
   * An array type of several dimensions with the guest's name of it.
   *
   * @param type the type, or that of the elements
   * @param alias the guest's name; empty or null for none
   * @param dims 0 for a scalar, n for an array of n dimensions, -1 when they are mixed or unknown
   * @throws IllegalArgumentException when there are less than -1 dimensions
   */
  public MetaFFITypeWithAlias(MetaFFITypes type, String alias, int dims) {
    info = new MetaFFITypeInfo(type, alias, dims);
  }

  @Override
  public MetaFFITypeInfo info() {
    return info;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MetaFFITypeWithAlias && info.equals(((MetaFFITypeWithAlias) other).info);
  }

  @Override
  public int hashCode() {
    return info.hashCode();
  }

  @Override
  public String toString() {
    return info.toString();
  }
}
