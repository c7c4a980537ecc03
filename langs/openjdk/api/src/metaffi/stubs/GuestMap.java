package metaffi.stubs;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** A live map of the guest; each access calls the guest. */
final class GuestMap<K, V> extends AbstractMap<K, V> implements Guest {
  private final StubModule module;
  private final Object target;
  private final Function<Object, ? extends K> key;
  private final Function<Object, ? extends V> value;

  GuestMap(
      StubModule module,
      Object target,
      Function<Object, ? extends K> key,
      Function<Object, ? extends V> value) {
    this.module = module;
    this.target = target;
    this.key = key;
    this.value = value;
  }

  @Override
  public Object metaffiTarget() {
    return target;
  }

  @Override
  public int size() {
    return Lift.toInt(module.operate("length", target));
  }

  @Override
  public boolean containsKey(Object name) {
    return Boolean.TRUE.equals(module.operate("contains", target, name));
  }

  @Override
  public V get(Object name) {
    return containsKey(name) ? value.apply(module.operate("get_item", target, name)) : null;
  }

  @Override
  public V put(K name, V changed) {
    V before = get(name);
    module.operate("set_item", target, name, changed);
    return before;
  }

  @Override
  public V remove(Object name) {
    V before = get(name);
    if (containsKey(name)) {
      module.operate("delete_item", target, name);
    }
    return before;
  }

  @Override
  public Set<Map.Entry<K, V>> entrySet() {
    return new AbstractSet<Map.Entry<K, V>>() {
      @Override
      public Iterator<Map.Entry<K, V>> iterator() {
        return entries();
      }

      @Override
      public int size() {
        return GuestMap.this.size();
      }
    };
  }

  private Iterator<Map.Entry<K, V>> entries() {
    Object keys = module.operate("keys", target);
    Iterator<Object> each = Lift.<Object>iterable(module, keys, one -> one).iterator();
    return new Iterator<Map.Entry<K, V>>() {
      @Override
      public boolean hasNext() {
        return each.hasNext();
      }

      @Override
      public Map.Entry<K, V> next() {
        Object next = each.next();
        V found = value.apply(module.operate("get_item", target, next));
        return new SimpleEntry<>(key.apply(next), found);
      }
    };
  }
}
