package metaffi.stubs;

/**
 * What stands for something of a guest: an object of one of its classes, an exception, a named value.
 *
 * <p>An interface of a guest is one of Java that derives from this. A class of the program that
 * implements it crosses as itself.
 */
public interface Guest {
  /**
   * What crosses in its place.
   *
   * @return a {@link metaffi.MetaFFIHandle}, a value, or an object of Java's own
   */
  default Object metaffiTarget() {
    return this;
  }
}
