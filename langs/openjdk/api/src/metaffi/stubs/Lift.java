package metaffi.stubs;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.Predicate;
import metaffi.Caller;
import metaffi.MetaFFIException;
import metaffi.MetaFFIHandle;

/** Converts results of a guest to the types that stubs declare. */
public final class Lift {
  private Lift() {}

  /**
   * Converts a value to an object of a stub class.
   *
   * @param <T> the class
   * @param module its module
   * @param result the value; null and objects of stub classes are returned unchanged
   * @param maker makes the object
   * @return the object
   */
  public static <T> T object(StubModule module, Object result, Maker<? extends T> maker) {
    Object value = Implementation.original(result);
    if (value == null || value instanceof Guest) {
      return cast(value);
    }
    return maker.make(module, value);
  }

  /**
   * Casts a value whose type the stubs' generator knows and Java cannot check.
   *
   * @param <T> its type
   * @param value the value
   * @return the value
   */
  @SuppressWarnings("unchecked")
  public static <T> T cast(Object value) {
    return (T) value;
  }

  /**
   * Converts a number to {@code long}.
   *
   * @param value a boxed value
   * @return its value
   */
  public static long toLong(Object value) {
    return number(value).longValue();
  }

  /**
   * Converts a number to {@code int}.
   *
   * @param value a boxed value
   * @return its value
   */
  public static int toInt(Object value) {
    return number(value).intValue();
  }

  /**
   * Converts a number to {@code short}.
   *
   * @param value a boxed value
   * @return its value
   */
  public static short toShort(Object value) {
    return number(value).shortValue();
  }

  /**
   * Converts a number to {@code byte}.
   *
   * @param value a boxed value
   * @return its value
   */
  public static byte toByte(Object value) {
    return number(value).byteValue();
  }

  /**
   * Converts a number to {@code double}.
   *
   * @param value a boxed value
   * @return its value
   */
  public static double toDouble(Object value) {
    return number(value).doubleValue();
  }

  /**
   * Converts a number to {@code float}.
   *
   * @param value a boxed value
   * @return its value
   */
  public static float toFloat(Object value) {
    return number(value).floatValue();
  }

  private static Number number(Object value) {
    if (value instanceof Character) {
      return (int) (Character) value;
    }
    if (value instanceof Boolean) {
      return (Boolean) value ? 1 : 0;
    }
    if (value instanceof Number) {
      return (Number) value;
    }
    throw wrong("a number", value);
  }

  /**
   * Converts a boolean.
   *
   * @param value a boxed value
   * @return its value
   */
  public static boolean toBoolean(Object value) {
    if (value instanceof Boolean) {
      return (Boolean) value;
    }
    throw wrong("a boolean", value);
  }

  /**
   * Converts a character.
   *
   * @param value a boxed character, a number, or a string of one character
   * @return its value
   */
  public static char toChar(Object value) {
    if (value instanceof String && ((String) value).length() == 1) {
      return ((String) value).charAt(0);
    }
    return (char) number(value).intValue();
  }

  /**
   * Converts a string.
   *
   * @param value the value
   * @return the string; null for null
   */
  public static String toText(Object value) {
    if (value == null || value instanceof String) {
      return (String) value;
    }
    if (value instanceof Character) {
      return value.toString();
    }
    throw wrong("a string", value);
  }

  /**
   * Converts a value that may be null.
   *
   * @param <T> its type
   * @param value the value
   * @param lift converts other values
   * @return null, or the converted value
   */
  public static <T> T orNull(Object value, Function<Object, ? extends T> lift) {
    return value == null ? null : lift.apply(value);
  }

  private static MetaFFIException wrong(String declared, Object value) {
    String what = value == null ? "null" : "a " + value.getClass().getTypeName();
    return new MetaFFIException("the guest returned " + what + " but declares " + declared);
  }

  /**
   * Converts an array of objects.
   *
   * @param <T> the array's class
   * @param type the array's class
   * @param value the value: an array, or null
   * @param lift converts each element
   * @return the array
   */
  public static <T> T array(Class<T> type, Object value, Function<Object, ?> lift) {
    if (value == null) {
      return null;
    }
    if (type.isInstance(value) && type.getComponentType().isPrimitive()) {
      return type.cast(value);
    }
    Object from = value instanceof List ? ((List<?>) value).toArray() : value;
    if (!from.getClass().isArray()) {
      throw wrong("an array", value);
    }
    int length = Array.getLength(from);
    Object array = Array.newInstance(type.getComponentType(), length);
    for (int i = 0; i < length; i++) {
      Array.set(array, i, lift.apply(Array.get(from, i)));
    }
    return type.cast(array);
  }

  /**
   * Converts a list: a copy of an array or collection, or a live view of the guest's list.
   *
   * @param <T> the element type
   * @param module the module of the stubs
   * @param value the value
   * @param lift converts each element
   * @return the list
   */
  public static <T> List<T> list(
      StubModule module, Object value, Function<Object, ? extends T> lift) {
    if (value == null) {
      return null;
    }
    if (value instanceof MetaFFIHandle && module.hasOperation("length", "get_item")) {
      return new GuestList<>(module, value, lift);
    }
    List<T> list = new ArrayList<>();
    iterable(module, value, lift).forEach(list::add);
    return list;
  }

  /**
   * Converts a value that can be iterated over.
   *
   * @param <T> the element type
   * @param module the module of the stubs
   * @param value the value
   * @param lift converts each element
   * @return an iterable of the elements
   */
  public static <T> Iterable<T> iterable(
      StubModule module, Object value, Function<Object, ? extends T> lift) {
    if (value == null) {
      return null;
    }
    Object from = value instanceof Guest ? ((Guest) value).metaffiTarget() : value;
    if (from.getClass().isArray()) {
      return () -> each(Arrays.asList(boxes(from)).iterator(), lift);
    }
    if (from instanceof Iterable) {
      return () -> each(((Iterable<?>) from).iterator(), lift);
    }
    if (from instanceof Iterator) {
      return () -> each((Iterator<?>) from, lift);
    }
    return () -> new GuestIterator<>(module, module.operate("iterate", from), lift);
  }

  /**
   * Adapts a guest's iterator that knows whether there are more elements.
   *
   * @param <I> its class
   * @param <T> the element type
   * @param each the iterator
   * @param hasNext whether there are more elements
   * @param next reads the next element
   * @return a Java iterator
   */
  public static <I, T> Iterator<T> iterator(
      I each, Predicate<? super I> hasNext, Function<? super I, ? extends T> next) {
    return new Iterator<T>() {
      @Override
      public boolean hasNext() {
        return hasNext.test(each);
      }

      @Override
      public T next() {
        if (!hasNext.test(each)) {
          throw new NoSuchElementException();
        }
        return next.apply(each);
      }
    };
  }

  private static Object[] boxes(Object array) {
    if (array instanceof Object[]) {
      return (Object[]) array;
    }
    Object[] boxes = new Object[Array.getLength(array)];
    Arrays.setAll(boxes, at -> Array.get(array, at));
    return boxes;
  }

  private static <T> Iterator<T> each(Iterator<?> from, Function<Object, ? extends T> lift) {
    return new Iterator<T>() {
      @Override
      public boolean hasNext() {
        return from.hasNext();
      }

      @Override
      public T next() {
        return lift.apply(from.next());
      }
    };
  }

  /**
   * Converts a map of the guest.
   *
   * @param <K> the key type
   * @param <V> the value type
   * @param module the module of the stubs
   * @param value the value
   * @param key converts each key
   * @param lift converts each value
   * @return the map
   */
  public static <K, V> Map<K, V> map(
      StubModule module,
      Object value,
      Function<Object, ? extends K> key,
      Function<Object, ? extends V> lift) {
    if (value == null) {
      return null;
    }
    if (value instanceof Map) {
      Map<K, V> map = new java.util.LinkedHashMap<>();
      ((Map<?, ?>) value).forEach((k, v) -> map.put(key.apply(k), lift.apply(v)));
      return map;
    }
    return new GuestMap<>(module, value, key, lift);
  }

  /**
   * Converts a function to an object of a functional interface; a function that Java passed is
   * returned as the original.
   *
   * @param <T> the interface
   * @param type the interface
   * @param value the value
   * @param lift converts a function of the guest
   * @return the function; null for null
   */
  public static <T> T function(
      Class<? super T> type, Object value, Function<Object, ? extends T> lift) {
    return value == null || type.isInstance(value) ? cast(value) : lift.apply(value);
  }

  /**
   * Converts a guest's function to one that takes any arguments.
   *
   * @param value the value
   * @return the function; null for null
   */
  public static AnyFunction function(Object value) {
    if (value == null || value instanceof AnyFunction) {
      return (AnyFunction) value;
    }
    if (!(value instanceof Caller)) {
      throw wrong("a function", value);
    }
    Caller caller = (Caller) value;
    return arguments -> {
      Object[] lowered = new Object[arguments.length];
      Arrays.setAll(lowered, at -> Lower.any(arguments[at]));
      Object[] all = caller.call(lowered);
      return all == null ? null : all.length == 1 ? all[0] : all;
    };
  }
}
