package metaffi.internal;

import java.lang.reflect.Array;
import java.util.Arrays;

/** The operations of arrays, which replace those of objects; the array is the first parameter. */
public final class ArrayOperations {
  private ArrayOperations() {}

  public static String text(Object array) {
    return Arrays.toString(ObjectQueries.items(array));
  }

  public static String debugText(Object array) {
    return array.getClass().getTypeName() + " " + text(array);
  }

  public static long length(Object array) {
    return Array.getLength(array);
  }

  public static boolean contains(Object array, Object item) {
    return Arrays.stream(ObjectQueries.items(array))
        .anyMatch(each -> Likeness.areEqual(each, item));
  }

  public static Object getItem(Object array, long index) {
    return Array.get(array, Math.toIntExact(index));
  }

  public static void setItem(Object array, long index, Object item) {
    int at = Math.toIntExact(index);
    Array.set(array, at, Likeness.like(item, Array.get(array, at)));
  }

  public static Object iterate(Object array) {
    return Arrays.asList(ObjectQueries.items(array)).iterator();
  }
}
