package metaffi;

import java.util.Objects;

/** A declared type: a type, its number of dimensions, and the guest's name for it. */
public final class MetaFFITypeInfo implements MetaFFIDeclared {
  private final MetaFFITypes type;
  private final String alias;
  private final int dims;

  /**
   * Declares a type; an array type has one dimension.
   *
   * @param type the type
   */
  public MetaFFITypeInfo(MetaFFITypes type) {
    this(type, "", 0);
  }

  /**
   * Declares an array type of several dimensions.
   *
   * @param type the array type, or its element type
   * @param dims 0 for a scalar, n for an array of n dimensions, -1 if mixed or unknown
   */
  public MetaFFITypeInfo(MetaFFITypes type, int dims) {
    this(type, "", dims);
  }

  /**
   * Declares a type with the guest's name for it, which distinguishes overloads.
   *
   * @param type the type
   * @param alias for instance {@code org.apache.logging.log4j.Logger}, or {@code time.Duration}
   */
  public MetaFFITypeInfo(MetaFFITypes type, String alias) {
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
  public MetaFFITypeInfo(MetaFFITypes type, String alias, int dims) {
    this.type = Objects.requireNonNull(type, "type");
    this.alias = alias == null ? "" : alias;
    if (dims < -1) {
      throw new IllegalArgumentException(
          "dims is " + dims + ": pass the number of dimensions, or -1 if it is not known");
    }
    this.dims = dims;
  }

  /**
   * Returns this object.
   *
   * @return this object
   */
  @Override
  public MetaFFITypeInfo info() {
    return this;
  }

  /**
   * Returns the type.
   *
   * @return the type passed to the constructor
   */
  public MetaFFITypes type() {
    return type;
  }

  /**
   * Returns the guest's name for the type.
   *
   * @return the name, or an empty string
   */
  public String alias() {
    return alias;
  }

  /**
   * Returns the number of dimensions.
   *
   * @return the number passed to the constructor
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
