package metaffi;

import java.util.AbstractList;
import metaffi.internal.ObjectView;

/** A live view of a guest's list. */
final class ObjectList<T> extends AbstractList<T> implements ObjectView {
  private final MetaFFIObject list;
  private final Conversion<T> elements;

  ObjectList(MetaFFIObject list, Conversion<T> elements) {
    this.list = list;
    this.elements = elements;
  }

  @Override
  public MetaFFIObject viewed() {
    return list;
  }

  @Override
  public T get(int index) {
    return elements.of(list.index(checked(index, size())));
  }

  /** Guests may count negative indices from the end; Java does not. */
  private static long checked(int index, int size) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("index " + index + " of " + size);
    }
    return index;
  }

  @Override
  public int size() {
    return list.size();
  }

  @Override
  public T set(int index, T element) {
    T before = get(index);
    list.setIndex((long) index, element);
    return before;
  }

  @Override
  public void add(int index, T element) {
    if (index == size()) {
      list.operate("append", element);
    } else {
      list.call("insert", (long) index, element);
    }
  }

  @Override
  public T remove(int index) {
    T before = get(index);
    list.removeIndex((long) index);
    return before;
  }

  @Override
  public boolean contains(Object item) {
    return list.can("contains") ? list.contains(item) : super.contains(item);
  }

  @Override
  public void clear() {
    if (list.can("clear")) {
      list.operate("clear");
    } else {
      super.clear();
    }
  }
}
