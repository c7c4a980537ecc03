package metaffi;

/**
 * A declared type, under its name in older programs; {@link MetaFFITypeInfo} is the same.
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
   * Declares a type without an alias.
   *
   * @param type the type
   */
  public MetaFFITypeWithAlias(MetaFFITypes type) {
    this(type, "", 0);
  }

  /**
   * Declares a type with the guest's name for it.
   *
   * @param type the type
   * @param alias for instance {@code org.apache.logging.log4j.Logger}; empty or null for none
   */
  public MetaFFITypeWithAlias(MetaFFITypes type, String alias) {
    this(type, alias, 0);
  }

  /**
   * Declares an array type of several dimensions with the guest's name for it.
   *
   * @param type the array type, or its element type
   * @param alias the guest's name; empty or null for none
   * @param dims 0 for a scalar, n for an array of n dimensions, -1 if mixed or unknown
   * @throws IllegalArgumentException if {@code dims} is less than -1
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
