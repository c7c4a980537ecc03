package metaffi.internal;

import metaffi.MetaFFIObject;

/** A wrapper of a guest's object, passed to guests as that object. */
public interface ObjectView {
  /**
   * Returns the wrapped object.
   *
   * @return the object, never null
   */
  MetaFFIObject viewed();
}
