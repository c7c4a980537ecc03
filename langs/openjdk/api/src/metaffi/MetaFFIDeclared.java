package metaffi;

/**
 * The declared type of a parameter or a result: a {@link MetaFFITypes} constant if that is enough,
 * or a {@link MetaFFITypeInfo} if a number of dimensions or the guest's own type name is needed.
 *
 * <p>Both implement this interface, so that {@code load(path, null, null)} is not ambiguous.
 */
public interface MetaFFIDeclared {
  /**
   * Returns the complete type information.
   *
   * @return the type with its dimensions and the guest's own name
   */
  MetaFFITypeInfo info();
}
