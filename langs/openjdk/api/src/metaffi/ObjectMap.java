package metaffi;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import metaffi.internal.ObjectView;

/** A live view of a guest's map. */
final class ObjectMap<K, V> extends AbstractMap<K, V> implements ObjectView {
  private final MetaFFIObject map;
  private final Conversion<K> keys;
  private final Conversion<V> values;

  ObjectMap(MetaFFIObject map, Conversion<K> keys, Conversion<V> values) {
    this.map = map;
    this.keys = keys;
    this.values = values;
  }

  @Override
  public MetaFFIObject viewed() {
    return map;
  }

  @Override
  public int size() {
    return map.size();
  }

  @Override
  public boolean containsKey(Object key) {
    return map.contains(key);
  }

  @Override
  public V get(Object key) {
    return containsKey(key) ? values.of(map.index(key)) : null;
  }

  @Override
  public V put(K key, V value) {
    V before = get(key);
    map.setIndex(key, value);
    return before;
  }

  @Override
  public V remove(Object key) {
    if (!containsKey(key)) {
      return null;
    }
    V before = get(key);
    map.removeIndex(key);
    return before;
  }

  @Override
  public void clear() {
    map.operate("clear");
  }

  @Override
  public Set<Map.Entry<K, V>> entrySet() {
    return new Entries();
  }

  private final class Entries extends AbstractSet<Map.Entry<K, V>> {
    @Override
    public int size() {
      return map.size();
    }

    @Override
    public Iterator<Map.Entry<K, V>> iterator() {
      Iterator<MetaFFIObject> each = map.operate("keys").iterator();
      return new Iterator<>() {
        private MetaFFIObject latest;

        @Override
        public boolean hasNext() {
          return each.hasNext();
        }

        @Override
        public Map.Entry<K, V> next() {
          latest = each.next();
          return new Entry(latest);
        }

        @Override
        public void remove() {
          map.removeIndex(latest);
        }
      };
    }
  }

  /** An entry that writes through to the guest. */
  private final class Entry extends SimpleEntry<K, V> {
    private static final long serialVersionUID = 1L;

    private final transient MetaFFIObject key;

    Entry(MetaFFIObject key) {
      super(keys.of(key), values.of(map.index(key)));
      this.key = key;
    }

    @Override
    public V setValue(V value) {
      map.setIndex(key, value);
      return super.setValue(value);
    }
  }
}
