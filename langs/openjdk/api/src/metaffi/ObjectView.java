package metaffi;

/** A view of a guest's object, which goes home as that. */
interface ObjectView {
  /** The object. */
  MetaFFIObject viewed();
}
