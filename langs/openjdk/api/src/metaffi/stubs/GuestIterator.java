package metaffi.stubs;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import metaffi.MetaFFIException;

/** A guest's iterator, which reads one element ahead. */
final class GuestIterator<T> implements Iterator<T> {
  /** What guests raise at the end if their iterators do not know whether more elements follow. */
  private static final String END = "StopIteration";

  private final StubModule module;
  private final Object target;
  private final Function<Object, ? extends T> lift;
  private Object next;
  private boolean isRead;
  private boolean hasNext;

  GuestIterator(StubModule module, Object target, Function<Object, ? extends T> lift) {
    this.module = module;
    this.target = target;
    this.lift = lift;
  }

  @Override
  public boolean hasNext() {
    if (!isRead) {
      read();
      isRead = true;
    }
    return hasNext;
  }

  private void read() {
    if (module.hasOperation("has_next")) {
      hasNext = Boolean.TRUE.equals(module.operate("has_next", target));
      next = hasNext ? module.operate("next", target) : null;
      return;
    }
    try {
      next = module.operate("next", target);
      hasNext = true;
    } catch (MetaFFIException e) {
      if (!e.typeName().endsWith(END)) {
        throw e;
      }
      hasNext = false;
    }
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    isRead = false;
    return lift.apply(next);
  }
}
