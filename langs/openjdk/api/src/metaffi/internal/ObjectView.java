package metaffi.internal;

import metaffi.MetaFFIObject;

/** What stands for a guest's object, and goes home as that. */
public interface ObjectView {
  /**
   * The object.
   *
   * @return never null
   */
  MetaFFIObject viewed();
}
