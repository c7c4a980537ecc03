package metaffi;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** A guest's iterator that reads one item ahead. */
final class ObjectIterator implements Iterator<MetaFFIObject> {
  private final MetaFFIObject iterator;
  private final Caller advance;

  /** Whether there is another item, and the item; null before the next read. */
  private Object[] next;

  ObjectIterator(MetaFFIObject iterator) {
    this.iterator = iterator;
    advance = iterator.find(ForeignType.OPERATION, "advance");
    if (advance == null) {
      throw MetaFFIException.notFound(iterator.typeName() + " is not an iterator");
    }
  }

  @Override
  public boolean hasNext() {
    if (next == null) {
      next = advance.call(iterator.handle());
    }
    return (Boolean) next[0];
  }

  @Override
  public MetaFFIObject next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    MetaFFIObject item = MetaFFIObject.of(next[1]);
    next = null;
    return item;
  }
}
