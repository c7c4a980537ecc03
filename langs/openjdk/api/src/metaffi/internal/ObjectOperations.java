package metaffi.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.BaseStream;
import metaffi.Derived;

/**
 * The operations of objects, by their names in {@code metaffi.h}. An object has an operation if its
 * class is that of the method's first parameter, or a subclass.
 */
public final class ObjectOperations {
  /** Returned by {@link #advance} at the end. */
  static final Object END = new Object();

  private ObjectOperations() {}

  public static String text(Object object) {
    return String.valueOf(object);
  }

  /** Includes the class, unless the text begins with its name. */
  public static String debugText(Object object) {
    String text = String.valueOf(object);
    Class<?> type = object.getClass();
    boolean isNamed = text.startsWith(type.getSimpleName()) || text.startsWith(type.getName());
    return isNamed ? text : type.getName() + " " + text;
  }

  public static long hash(Object object) {
    return object.hashCode();
  }

  public static boolean equal(Object object, Object other) {
    return Likeness.areEqual(object, other);
  }

  public static Class<?> class_(Object object) {
    return object.getClass();
  }

  public static void close(AutoCloseable object) throws Exception {
    object.close();
  }

  @SuppressWarnings("unchecked") // compareTo checks the class
  public static long compare(Comparable<?> object, Object other) {
    return ((Comparable<Object>) object).compareTo(Likeness.like(other, object));
  }

  public static long length(Collection<?> collection) {
    return collection.size();
  }

  public static long length(Map<?, ?> map) {
    return map.size();
  }

  public static long length(CharSequence text) {
    return text.length();
  }

  public static boolean contains(Collection<?> collection, Object item) {
    return Likeness.isAny(item, collection::contains);
  }

  public static boolean contains(Map<?, ?> map, Object key) {
    return Likeness.isAny(key, map::containsKey);
  }

  public static boolean contains(CharSequence text, Object part) {
    return part instanceof CharSequence && text.toString().contains((CharSequence) part);
  }

  public static Object getItem(List<?> list, long index) {
    return list.get(Math.toIntExact(index));
  }

  public static Object getItem(Map<?, ?> map, Object key) {
    return map.get(Likeness.keyIn(map, key));
  }

  public static Object getItem(CharSequence text, long index) {
    return text.charAt(Math.toIntExact(index));
  }

  @SuppressWarnings("unchecked") // the caller knows the element type
  public static void setItem(List<?> list, long index, Object item) {
    int at = Math.toIntExact(index);
    ((List<Object>) list).set(at, Likeness.like(item, list.get(at)));
  }

  @SuppressWarnings("unchecked") // as above
  public static void setItem(Map<?, ?> map, Object key, Object value) {
    Object known = Likeness.keyIn(map, key);
    Object sample = map.get(known);
    if (sample == null && !map.isEmpty()) {
      sample = map.values().iterator().next();
    }
    ((Map<Object, Object>) map).put(known, Likeness.like(value, sample));
  }

  public static void deleteItem(List<?> list, long index) {
    list.remove(Math.toIntExact(index));
  }

  public static void deleteItem(Map<?, ?> map, Object key) {
    map.remove(Likeness.keyIn(map, key));
  }

  @SuppressWarnings("unchecked") // as above
  public static void append(Collection<?> collection, Object item) {
    Iterator<?> items = collection.iterator();
    Object first = items.hasNext() ? items.next() : null;
    ((Collection<Object>) collection).add(Likeness.like(item, first));
  }

  public static void clear(Collection<?> collection) {
    collection.clear();
  }

  public static void clear(Map<?, ?> map) {
    map.clear();
  }

  public static Object keys(Map<?, ?> map) {
    return map.keySet();
  }

  /** The constants of an enum. */
  public static Object iterate(Class<?> type) {
    return Arrays.asList(type.getEnumConstants()).iterator();
  }

  public static long length(Class<?> type) {
    return type.getEnumConstants().length;
  }

  public static Object iterate(Iterable<?> items) {
    return items.iterator();
  }

  public static Object iterate(Iterator<?> items) {
    return items;
  }

  public static Object iterate(Enumeration<?> items) {
    return items.asIterator();
  }

  public static Object iterate(BaseStream<?, ?> items) {
    return items.iterator();
  }

  public static Object iterate(Map<?, ?> map) {
    return map.keySet().iterator();
  }

  public static Object advance(Iterator<?> items) {
    return items.hasNext() ? items.next() : END;
  }

  public static boolean truth(Boolean value) {
    return value;
  }

  public static Object integer(Number number) {
    if (number instanceof BigInteger) {
      return number;
    }
    if (number instanceof BigDecimal) {
      return ((BigDecimal) number).toBigInteger();
    }
    boolean isFloating = number instanceof Double || number instanceof Float;
    return isFloating ? BigDecimal.valueOf(number.doubleValue()).toBigInteger() : number.longValue();
  }

  public static double float_(Number number) {
    return number.doubleValue();
  }

  public static String message(Throwable thrown) {
    return thrown.getMessage();
  }

  /** The superclass and the interfaces of a class. */
  public static Object[] bases(Class<?> type) {
    Class<?>[] interfaces = type.getInterfaces();
    if (type.getSuperclass() == null) {
      return interfaces;
    }
    Object[] bases = Arrays.copyOf(interfaces, interfaces.length + 1, Object[].class);
    System.arraycopy(interfaces, 0, bases, 1, interfaces.length);
    bases[0] = type.getSuperclass();
    return bases;
  }

  /** A generated class whose methods with these names call an object of another language. */
  public static Class<?> derive(
      Class<?> type, Class<?>[] interfaces, String[] names, String name) {
    if (!type.isInterface()) {
      return Derived.define(type, interfaces, names, name);
    }
    Class<?>[] all = Arrays.copyOf(interfaces, interfaces.length + 1);
    all[interfaces.length] = type;
    return Derived.define(Object.class, all, names, name);
  }

  public static boolean isInstance(Class<?> type, Object object) {
    return type.isInstance(object);
  }
}
