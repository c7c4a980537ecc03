package metaffi.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Makes Java collections from the collections of other languages. */
public final class Collected {
  private static final int NONE = 0;
  private static final int LIST = 1;
  private static final int SET = 2;
  private static final int QUEUE = 3;
  private static final int SORTED_SET = 4;
  private static final int ITERATOR = 5;
  private static final int ENUMERATION = 6;
  private static final int STREAM = 7;
  private static final int MAP = 16;
  private static final int SORTED_MAP = 17;
  private static final int CONCURRENT_MAP = 18;

  private Collected() {}

  /**
   * Returns the kind of collection to make for a declared class.
   *
   * @param type any class
   * @return 0 for none, 16 and above for a map
   */
  public static int kind(Class<?> type) {
    if (type == Object.class || type.isArray() || type.isPrimitive()) {
      return NONE;
    }
    if (type == Iterator.class) {
      return ITERATOR;
    }
    if (type == Enumeration.class) {
      return ENUMERATION;
    }
    return type == Stream.class ? STREAM : kindOfClass(type);
  }

  /** The first kind that can be assigned to the class. */
  private static int kindOfClass(Class<?> type) {
    if (type.isAssignableFrom(ArrayList.class)) {
      return LIST;
    }
    if (type.isAssignableFrom(LinkedHashSet.class)) {
      return SET;
    }
    if (type.isAssignableFrom(LinkedList.class)) {
      return QUEUE;
    }
    if (type.isAssignableFrom(TreeSet.class)) {
      return SORTED_SET;
    }
    if (type.isAssignableFrom(LinkedHashMap.class)) {
      return MAP;
    }
    if (type.isAssignableFrom(TreeMap.class)) {
      return SORTED_MAP;
    }
    return type.isAssignableFrom(ConcurrentHashMap.class) ? CONCURRENT_MAP : NONE;
  }

  /**
   * Makes a collection.
   *
   * @param kind the kind of collection
   * @param items its items
   * @return a modifiable collection
   */
  public static Object of(int kind, Object[] items) {
    List<Object> list = Arrays.asList(items);
    switch (kind) {
      case SET:
        return new LinkedHashSet<>(list);
      case QUEUE:
        return new LinkedList<>(list);
      case SORTED_SET:
        return new TreeSet<>(list);
      case ITERATOR:
        return new ArrayList<>(list).iterator();
      case ENUMERATION:
        return Collections.enumeration((Collection<?>) list);
      case STREAM:
        return Arrays.stream(items);
      default:
        return new ArrayList<>(list);
    }
  }

  /**
   * Makes a map.
   *
   * @param kind the kind of map
   * @param keys its keys
   * @param values the value of each key
   * @return a modifiable map
   */
  public static Object of(int kind, Object[] keys, Object[] values) {
    Map<Object, Object> map = empty(kind);
    for (int i = 0; i < keys.length; i++) {
      map.put(keys[i], values[i]);
    }
    return map;
  }

  private static Map<Object, Object> empty(int kind) {
    switch (kind) {
      case SORTED_MAP:
        return new TreeMap<>();
      case CONCURRENT_MAP:
        return new ConcurrentHashMap<>();
      default:
        return new LinkedHashMap<>();
    }
  }
}
