package metaffi.stubs;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Converts arguments of stubs to what is passed to the guest. */
public final class Lower {
  private Lower() {}

  /**
   * Converts an argument: a stub object becomes the guest object that it wraps, also in arrays and
   * lists; any other value stays as it is.
   *
   * @param value any value
   * @return the value to pass
   */
  public static Object any(Object value) {
    if (value instanceof Guest) {
      return ((Guest) value).metaffiTarget();
    }
    if (value instanceof Object[] && !(value instanceof String[])) {
      return elements((Object[]) value);
    }
    if (value instanceof List) {
      return list((List<?>) value);
    }
    return value;
  }

  private static Object elements(Object[] values) {
    Class<?> element = values.getClass().getComponentType();
    boolean holdsOthers = Guest.class.isAssignableFrom(element) || element == Object.class;
    if (!holdsOthers && !element.isArray()) {
      return values;
    }
    boolean isRow = element.isArray() && !innermost(element).isPrimitive();
    Object[] lowered = holdsOthers || isRow ? new Object[values.length] : values;
    for (int i = 0; lowered != values && i < lowered.length; i++) {
      lowered[i] = any(values[i]);
    }
    return lowered;
  }

  private static Class<?> innermost(Class<?> type) {
    Class<?> inner = type;
    while (inner.isArray()) {
      inner = inner.getComponentType();
    }
    return inner;
  }

  private static List<?> list(List<?> values) {
    List<Object> lowered = new ArrayList<>(values.size());
    values.forEach(each -> lowered.add(any(each)));
    return lowered;
  }

  /**
   * Converts an iterable to an array of its elements; a stub object becomes the guest object that
   * it wraps.
   *
   * @param values the iterable
   * @return the value to pass
   */
  public static Object items(Iterable<?> values) {
    if (values == null || values instanceof Guest) {
      return any(values);
    }
    List<Object> lowered = new ArrayList<>();
    values.forEach(each -> lowered.add(any(each)));
    return lowered.toArray();
  }

  /**
   * Converts the keys and values of a map; a stub object becomes the guest object that it wraps.
   *
   * @param entries the map
   * @return the value to pass
   */
  public static Object entries(Map<?, ?> entries) {
    if (entries == null || entries instanceof Guest) {
      return any(entries);
    }
    Map<Object, Object> lowered = new java.util.LinkedHashMap<>();
    entries.forEach((key, value) -> lowered.put(any(key), any(value)));
    return lowered;
  }

  /**
   * Converts a collection of boxed values to an array of primitives or objects.
   *
   * @param values a collection
   * @param element the class of the array's elements
   * @return the array
   */
  public static Object array(Collection<?> values, Class<?> element) {
    Object array = Array.newInstance(element, values.size());
    int at = 0;
    for (Object each : values) {
      Array.set(array, at++, any(each));
    }
    return array;
  }
}
