package metaffi.internal;

import java.lang.reflect.Array;
import java.nio.Buffer;
import java.util.Arrays;
import java.util.Collection;
import metaffi.internal.Arguments.Refused;

/** Arrays passed to other languages: checked, and brought into a form that is copied as a whole. */
final class Elements {
  private static final int RANK_SHIFT = 32;

  /** The maximum rank that can be passed. */
  private static final int MAX_RANK = 255;

  private Elements() {}

  /**
   * Prepares an array, a collection or a buffer for the native part.
   *
   * <p>The first word holds the type and rank of the array. Numbers, characters and booleans become
   * a Java array with elements of the same width, or stay a direct buffer, see {@link Buffers};
   * strings become a {@code String[]}, anything else an {@code Object[]}; higher ranks become an
   * array of these.
   */
  static Object prepare(Types.Declared declared, Object value, long[] words, int at) {
    int rank = declared.dims > 0 ? declared.dims : rank(value);
    if (rank > MAX_RANK) {
      throw new Refused("the value is nested too deeply, or contains itself; pass it as a handle");
    }
    words[at] = declared.type | (long) rank << RANK_SHIFT;
    int element = Types.element(declared.type);
    if (value instanceof Buffer && rank == 1 && Types.isScalar(element)) {
      return Buffers.prepare(element, (Buffer) value, words, at);
    }
    return array(element, rank, value);
  }

  /** The apparent rank of a value, if none was declared. */
  private static int rank(Object value) {
    int rank = 0;
    Object level = value;
    while (isArray(level) && rank <= MAX_RANK) {
      rank++;
      if (level instanceof Buffer || isPrimitiveArray(level)) {
        return rank;
      }
      Object[] rows = objects(level);
      if (rows.length == 0 || !Arrays.stream(rows).allMatch(Elements::isArray)) {
        return rank;
      }
      level = rows[0];
    }
    return rank;
  }

  private static boolean isArray(Object value) {
    return value instanceof Collection
        || value instanceof Buffer
        || value != null && value.getClass().isArray();
  }

  private static Object array(int element, int rank, Object value) {
    if (rank > 1) {
      return rows(element, rank, value);
    }
    if (Types.isScalar(element)) {
      return scalars(element, value);
    }
    if ((element & Types.STRINGS) != 0) {
      return each(value, new String[0], one -> Arguments.text(element, one));
    }
    if (element == Types.CALLABLE) {
      return each(value, new Object[0], one -> one == null ? null : Arguments.callable(one));
    }
    if (element == Types.ANY && isPrimitiveArray(value)) {
      return value;
    }
    return objects(value);
  }

  private static Object rows(int element, int rank, Object value) {
    return each(value, new Object[0], row -> {
      if (row == null) {
        throw new Refused("a row of an array must be an array, got null");
      }
      return array(element, rank - 1, row);
    });
  }

  private interface Each {
    Object prepare(Object element);
  }

  private static Object[] each(Object value, Object[] like, Each each) {
    Object[] from = objects(value);
    Object[] to = (Object[]) Array.newInstance(like.getClass().getComponentType(), from.length);
    for (int i = 0; i < from.length; i++) {
      try {
        to[i] = each.prepare(from[i]);
      } catch (Refused refused) {
        throw at(i, refused);
      }
    }
    return to;
  }

  private static Refused at(int index, Refused refused) {
    return new Refused("element " + index + ": " + refused.getMessage());
  }

  private static boolean isPrimitiveArray(Object value) {
    Class<?> component = value.getClass().getComponentType();
    return component != null && component.isPrimitive();
  }

  private static Object[] objects(Object value) {
    if (value instanceof Object[]) {
      return (Object[]) value;
    }
    if (value instanceof Collection) {
      return ((Collection<?>) value).toArray();
    }
    throw Refused.type("an array or a list", value);
  }

  /** The array itself if its elements have the declared width, else a converted copy. */
  private static Object scalars(int element, Object value) {
    if (value.getClass() == arrayClass(element)) {
      return value;
    }
    Object from = isPrimitiveArray(value) ? value : objects(value);
    int length = Array.getLength(from);
    Object to = Array.newInstance(arrayClass(element).getComponentType(), length);
    for (int i = 0; i < length; i++) {
      try {
        store(element, to, i, Scalars.bits(element, Array.get(from, i)));
      } catch (Refused refused) {
        throw at(i, refused);
      }
    }
    return to;
  }

  private static Class<?> arrayClass(int element) {
    switch (element) {
      case Types.FLOAT64:
        return double[].class;
      case Types.FLOAT32:
        return float[].class;
      case Types.INT64:
      case Types.UINT64:
      case Types.SIZE:
        return long[].class;
      case Types.INT32:
      case Types.UINT32:
      case Types.CHAR32:
        return int[].class;
      case Types.INT16:
      case Types.UINT16:
        return short[].class;
      case Types.CHAR16:
        return char[].class;
      case Types.BOOL:
        return boolean[].class;
      default:
        return byte[].class;
    }
  }

  private static void store(int element, Object to, int index, long bits) {
    if (to instanceof long[]) {
      ((long[]) to)[index] = bits;
    } else if (to instanceof int[]) {
      ((int[]) to)[index] = (int) bits;
    } else if (to instanceof byte[]) {
      ((byte[]) to)[index] = (byte) bits;
    } else {
      Array.set(to, index, Scalars.box(element, bits));
    }
  }
}
