package metaffi.internal;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Numbers and strings that are equal in value but not in class. Other languages have one integer
 * type, and no characters; {@code 2} is found in a list of {@code Integer} as well as in one of
 * {@code Long}.
 */
final class Likeness {
  private Likeness() {}

  /** Whether both are the same value. */
  static boolean areEqual(Object object, Object other) {
    if (Objects.equals(object, other) || Objects.equals(object, like(other, object))) {
      return true;
    }
    boolean isList = object instanceof List || object != null && object.getClass().isArray();
    return isList && other != null && other.getClass().isArray() && haveEqual(object, other);
  }

  private static boolean haveEqual(Object list, Object array) {
    Iterator<?> items = ObjectQueries.iterator(list instanceof List ? list : asList(list));
    Iterator<?> others = asList(array).iterator();
    while (items.hasNext() && others.hasNext()) {
      if (!areEqual(items.next(), others.next())) {
        return false;
      }
    }
    return !items.hasNext() && !others.hasNext();
  }

  private static List<Object> asList(Object array) {
    return Arrays.asList(ObjectQueries.items(array));
  }

  /** The same value in the class of {@code sample}, if possible; else the value itself. */
  static Object like(Object value, Object sample) {
    if (sample == null || value == null || sample.getClass() == value.getClass()) {
      return value;
    }
    return candidates(value).stream()
        .filter(each -> each.getClass() == sample.getClass())
        .findFirst()
        .orElse(value);
  }

  /** Whether a predicate holds for one of the equal values. */
  static boolean isAny(Object value, Predicate<Object> is) {
    return candidates(value).stream().anyMatch(each -> holds(is, each));
  }

  /** Sorted collections throw for values that they cannot compare. */
  private static boolean holds(Predicate<Object> is, Object value) {
    try {
      return is.test(value);
    } catch (ClassCastException e) {
      return false;
    }
  }

  /**
   * The key of a map that equals this one; if there is none, this key in the class of the others.
   */
  static Object keyIn(Map<?, ?> map, Object key) {
    for (Object each : candidates(key)) {
      if (holds(map::containsKey, each)) {
        return each;
      }
    }
    return map.isEmpty() ? key : like(key, map.keySet().iterator().next());
  }

  /** All equal values, the value itself first. */
  private static List<Object> candidates(Object value) {
    List<Object> all = new ArrayList<>();
    all.add(value);
    if (value instanceof Long || value instanceof Integer || value instanceof Short
        || value instanceof Byte) {
      addIntegers(((Number) value).longValue(), all);
    } else if (value instanceof Double || value instanceof Float) {
      all.add(((Number) value).doubleValue());
      all.add(((Number) value).floatValue());
    } else if (value instanceof String && ((String) value).length() == 1) {
      all.add(((String) value).charAt(0));
    } else if (value instanceof Character) {
      all.add(value.toString());
    }
    return all;
  }

  private static void addIntegers(long value, List<Object> all) {
    all.add(value);
    if (value == (int) value) {
      all.add((int) value);
    }
    if (value == (short) value) {
      all.add((short) value);
    }
    if (value == (byte) value) {
      all.add((byte) value);
    }
    if ((long) (double) value == value) {
      all.add((double) value);
    }
    if ((long) (float) value == value) {
      all.add((float) value);
    }
    all.add(BigInteger.valueOf(value));
  }
}
