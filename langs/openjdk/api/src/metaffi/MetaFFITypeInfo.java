package metaffi;

import java.util.Objects;

/** A declared type: a type, its number of dimensions, and the guest's own name of it. */
public final class MetaFFITypeInfo implements MetaFFIDeclared {
  private final MetaFFITypes type;
  private final String alias;
  private final int dims;

  /**
   * A type; an array type has one dimension.
   *
   * @param type the type
   */
  public MetaFFITypeInfo(MetaFFITypes type) {
    this(type, "", 0);
  }

  /**
   * An array type of several dimensions.
   *
   * @param type the type, or that of the elements
   * @param dims 0 for a scalar, n for an array of n dimensions, -1 when they are mixed or unknown
   */
  public MetaFFITypeInfo(MetaFFITypes type, int dims) {
    this(type, "", dims);
  }

  /**
   * A type with the guest's name of it, where overloads differ in that.
   *
   * @param type the type
   * @param alias for instance {@code org.apache.logging.log4j.Logger}, or {@code time.Duration}
   */
  public MetaFFITypeInfo(MetaFFITypes type, String alias) {
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
  public MetaFFITypeInfo(MetaFFITypes type, String alias, int dims) {
    this.type = Objects.requireNonNull(type, "type");
    this.alias = alias == null ? "" : alias;
    if (dims < -1) {
      throw new IllegalArgumentException(
          "dims is " + dims + "; it is the number of dimensions, or -1 when that is not known");
    }
    this.dims = dims;
  }

  /**
   * Itself.
   *
   * @return this object
   */
  @Override
  public MetaFFITypeInfo info() {
    return this;
  }

  /**
   * The type.
   *
   * @return as it was given
   */
  public MetaFFITypes type() {
    return type;
  }

  /**
   * The guest's own name of the type.
   *
   * @return the name, or an empty string
   */
  public String alias() {
    return alias;
  }

  /**
   * The number of dimensions.
   *
   * @return as it was given
   */
  public int dims() {
    return dims;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof MetaFFITypeInfo)) {
      return false;
    }
    MetaFFITypeInfo that = (MetaFFITypeInfo) other;
    return type == that.type && dims == that.dims && alias.equals(that.alias);
  }

  @Override
  public int hashCode() {
    return Objects.hash(type, alias, dims);
  }

  @Override
  public String toString() {
    String rank = dims == 0 ? "" : "[" + dims + "]";
    return type + rank + (alias.isEmpty() ? "" : " (" + alias + ")");
  }
}
