package metaffi.stubs;

import java.util.AbstractList;
import java.util.Objects;
import java.util.function.Function;

/** A live list of the guest; each access calls the guest. */
final class GuestList<T> extends AbstractList<T> implements Guest {
  private final StubModule module;
  private final Object target;
  private final Function<Object, ? extends T> lift;

  GuestList(StubModule module, Object target, Function<Object, ? extends T> lift) {
    this.module = module;
    this.target = target;
    this.lift = lift;
  }

  @Override
  public Object metaffiTarget() {
    return target;
  }

  @Override
  public T get(int index) {
    return lift.apply(module.operate("get_item", target, Objects.checkIndex(index, size())));
  }

  @Override
  public T set(int index, T element) {
    T before = get(index);
    module.operate("set_item", target, index, element);
    return before;
  }

  @Override
  public int size() {
    return Lift.toInt(module.operate("length", target));
  }
}
