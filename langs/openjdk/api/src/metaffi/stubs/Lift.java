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

/** Results of a guest as what stubs say that they are. */
public final class Lift {
  private Lift() {}

  /**
   * An object of a stub class.
   *
   * @param <T> the class
   * @param module its module
   * @param came what came; null, and what is of the class already, stay as they are
   * @param maker makes one
   * @return the object
   */
  public static <T> T object(StubModule module, Object came, Maker<? extends T> maker) {
    Object value = Implementation.original(came);
    if (value == null || value instanceof Guest) {
      return cast(value);
    }
    return maker.make(module, value);
  }

  /**
   * A value as what the compiler knows it to be, where Java cannot.
   *
   * @param <T> its type
   * @param value the value
   * @return the same
   */
  @SuppressWarnings("unchecked")
  public static <T> T cast(Object value) {
    return (T) value;
  }

  /**
   * A number as {@code long}.
   *
   * @param value a box
   * @return its value
   */
  public static long toLong(Object value) {
    return number(value).longValue();
  }

  /**
   * A number as {@code int}.
   *
   * @param value a box
   * @return its value
   */
  public static int toInt(Object value) {
    return number(value).intValue();
  }

  /**
   * A number as {@code short}.
   *
   * @param value a box
   * @return its value
   */
  public static short toShort(Object value) {
    return number(value).shortValue();
  }

  /**
   * A number as {@code byte}.
   *
   * @param value a box
   * @return its value
   */
  public static byte toByte(Object value) {
    return number(value).byteValue();
  }

  /**
   * A number as {@code double}.
   *
   * @param value a box
   * @return its value
   */
  public static double toDouble(Object value) {
    return number(value).doubleValue();
  }

  /**
   * A number as {@code float}.
   *
   * @param value a box
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
   * A truth value.
   *
   * @param value a box
   * @return its value
   */
  public static boolean toBoolean(Object value) {
    if (value instanceof Boolean) {
      return (Boolean) value;
    }
    throw wrong("a truth value", value);
  }

  /**
   * A character.
   *
   * @param value a box, a number, or a string of one
   * @return its value
   */
  public static char toChar(Object value) {
    if (value instanceof String && ((String) value).length() == 1) {
      return ((String) value).charAt(0);
    }
    return (char) number(value).intValue();
  }

  /**
   * A string.
   *
   * @param value what came
   * @return its text; null of null
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
   * What may be null.
   *
   * @param <T> its type
   * @param value what came
   * @param lift what is done with all else
   * @return null, or that
   */
  public static <T> T orNull(Object value, Function<Object, ? extends T> lift) {
    return value == null ? null : lift.apply(value);
  }

  private static MetaFFIException wrong(String wanted, Object came) {
    String what = came == null ? "null" : "a " + came.getClass().getTypeName();
    return new MetaFFIException("the guest returned " + what + " where it declares " + wanted);
  }

  /**
   * An array of objects.
   *
   * @param <T> the array's class
   * @param type the same
   * @param value what came: an array, or null
   * @param lift what is done with each element
   * @return the array
   */
  public static <T> T array(Class<T> type, Object value, Function<Object, ?> lift) {
    if (value == null) {
      return null;
    }
    if (type.isInstance(value) && type.getComponentType().isPrimitive()) {
      return type.cast(value);
    }
    Object came = value instanceof List ? ((List<?>) value).toArray() : value;
    if (!came.getClass().isArray()) {
      throw wrong("an array", value);
    }
    int length = Array.getLength(came);
    Object array = Array.newInstance(type.getComponentType(), length);
    for (int i = 0; i < length; i++) {
      Array.set(array, i, lift.apply(Array.get(came, i)));
    }
    return type.cast(array);
  }

  /**
   * A list: a copy of one that came by its elements, or the guest's own.
   *
   * @param <T> the elements' type
   * @param module whose it is
   * @param value what came
   * @param lift what is done with each element
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
   * What can be iterated over.
   *
   * @param <T> the elements' type
   * @param module whose it is
   * @param value what came
   * @param lift what is done with each element
   * @return something to iterate over
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
   * An iterator of the guest's that says whether there is more.
   *
   * @param <I> its class
   * @param <T> the elements' type
   * @param each the iterator
   * @param hasNext asks it
   * @param next takes the next element
   * @return the same for Java
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
   * A map of the guest's.
   *
   * @param <K> the keys' type
   * @param <V> the values' type
   * @param module whose it is
   * @param value what came
   * @param key what is done with each key
   * @param lift what is done with each value
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
   * A function, as an object of a functional interface; one that Java passed comes home as itself.
   *
   * @param <T> the interface
   * @param type the same
   * @param value what came
   * @param lift what is done with a function of the guest's
   * @return the function; null of null
   */
  public static <T> T function(
      Class<? super T> type, Object value, Function<Object, ? extends T> lift) {
    return value == null || type.isInstance(value) ? cast(value) : lift.apply(value);
  }

  /**
   * A function of the guest's: what calls it with any arguments.
   *
   * @param value what came
   * @return the function; null of null
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
