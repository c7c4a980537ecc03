package metaffi.stubs;

/**
 * A Java object that wraps something of a guest: an object of one of its classes, an exception, a
 * named value.
 *
 * <p>An interface of a guest is a Java interface that extends this one. A class of the program that
 * implements it is passed to the guest as itself.
 */
public interface Guest {
  /**
   * Returns what is passed to the guest in its place.
   *
   * @return a {@link metaffi.MetaFFIHandle}, a value, or a Java object
   */
  default Object metaffiTarget() {
    return this;
  }

  /**
   * Views the object as an instance of another of its guest classes, like a cast in the guest's
   * language.
   *
   * @param <T> the class
   * @param type a stub class or interface
   * @return an object of that class for the same guest object
   * @throws ClassCastException if the object is not of that class
   */
  default <T> T as(Class<T> type) {
    return type.cast(this);
  }
}
