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

  /**
   * The object as one of another of its classes, as a cast of its language.
   *
   * @param <T> the class
   * @param type a stub class or interface
   * @return an object of that class that stands for the same
   * @throws ClassCastException when it is none of that class
   */
  default <T> T as(Class<T> type) {
    return type.cast(this);
  }
}
