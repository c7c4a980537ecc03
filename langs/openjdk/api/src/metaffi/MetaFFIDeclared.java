package metaffi;

/**
 * What a parameter or a result is declared as: a {@link MetaFFITypes} where its name says all, a
 * {@link MetaFFITypeInfo} where it needs a number of dimensions or the guest's own name.
 *
 * <p>Because both are one of these, {@code load(path, null, null)} means one method.
 */
public interface MetaFFIDeclared {
  /**
   * The whole of it.
   *
   * @return the type with its dimensions and the guest's own name
   */
  MetaFFITypeInfo info();
}
