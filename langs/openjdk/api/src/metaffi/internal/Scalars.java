package metaffi.internal;

import java.lang.reflect.Method;
import java.math.BigInteger;
import java.util.Map;
import metaffi.internal.Arguments.Refused;

/** Converts numbers, characters and booleans between boxes and bits. */
public final class Scalars {
  /** The maximum number of parameters of a call that crosses as bits alone. */
  private static final int MOST_BITS = 3;

  private static final Map<Class<?>, Integer> PRIMITIVES =
      Map.of(
          boolean.class, Types.BOOL,
          byte.class, Types.INT8,
          char.class, Types.CHAR16,
          short.class, Types.INT16,
          int.class, Types.INT32,
          long.class, Types.INT64,
          float.class, Types.FLOAT32,
          double.class, Types.FLOAT64,
          void.class, Types.NULL);

  private Scalars() {}

  /** The type of a primitive class; that of null for {@code void}. */
  static int typeOf(Class<?> primitive) {
    return PRIMITIVES.get(primitive);
  }

  /**
   * Returns the bits of an argument: integers extended to 64 bits, floating-point numbers in their
   * memory representation.
   *
   * @param type the declared type
   * @param value the argument
   * @return the bits
   * @throws Refused if it is of another type or out of range
   */
  public static long bits(int type, Object value) {
    switch (type) {
      case Types.INT64:
      case Types.UINT64:
      case Types.SIZE:
        return value instanceof Long ? (Long) value : integer(type, value);
      case Types.INT32:
        return value instanceof Integer ? (Integer) value : integer(type, value);
      case Types.UINT32:
        return value instanceof Integer ? (Integer) value & 0xFFFFFFFFL : integer(type, value);
      case Types.FLOAT64:
        return Double.doubleToRawLongBits(
            value instanceof Double ? (Double) value : floating(type, value));
      case Types.FLOAT32:
        return Float.floatToRawIntBits(
                value instanceof Float ? (Float) value : single(value))
            & 0xFFFFFFFFL;
      case Types.BOOL:
        return truth(value);
      default:
        return narrow(type, value);
    }
  }

  /**
   * Returns the bits of a boxed primitive.
   *
   * @param primitive the primitive type
   * @param box the boxed value
   * @return the bits
   */
  public static long bits(Class<?> primitive, Object box) {
    return bits(typeOf(primitive), box);
  }

  /**
   * Converts a number, a character or a boolean to a primitive type.
   *
   * @param primitive the type
   * @param value any value
   * @return the boxed result
   * @throws Refused if the value is of another type, or out of range
   */
  public static Object as(Class<?> primitive, Object value) {
    int type = PRIMITIVES.get(primitive);
    return box(type, bits(type, value));
  }

  /**
   * The types of a method with up to three primitive parameters and a primitive result or none:
   * those of its parameters, then that of its result, {@code NULL} for none. Null for any other
   * method.
   */
  static int[] typesOf(Method method) {
    Class<?>[] parameters = method.getParameterTypes();
    if (parameters.length > MOST_BITS) {
      return null;
    }
    int[] types = new int[parameters.length + 1];
    for (int i = 0; i <= parameters.length; i++) {
      Class<?> type = i < parameters.length ? parameters[i] : method.getReturnType();
      if (!type.isPrimitive()) {
        return null;
      }
      types[i] = PRIMITIVES.get(type);
    }
    return types;
  }

  private static long truth(Object value) {
    if (!(value instanceof Boolean)) {
      throw Refused.type("bool", value);
    }
    return (Boolean) value ? 1 : 0;
  }

  /** Types of up to 16 bits, and code points. */
  private static long narrow(int type, Object value) {
    if (value instanceof Byte && type == Types.INT8) {
      return (Byte) value;
    }
    if (value instanceof Byte && (type == Types.UINT8 || type == Types.CHAR8)) {
      return (Byte) value & 0xFF;
    }
    if (value instanceof Short && type == Types.INT16) {
      return (Short) value;
    }
    if (value instanceof Short && type == Types.UINT16) {
      return (Short) value & 0xFFFF;
    }
    return integer(type, value);
  }

  /** Any integer that fits; values of the type's own width were handled before. */
  private static long integer(int type, Object value) {
    if (value instanceof BigInteger) {
      return big(type, (BigInteger) value);
    }
    long number;
    if (value instanceof Long || value instanceof Integer || value instanceof Short
        || value instanceof Byte) {
      number = ((Number) value).longValue();
    } else if (value instanceof Character) {
      number = (Character) value;
    } else {
      throw Refused.type(Types.name(type), value);
    }
    if (number < least(type) || (number > most(type) && most(type) >= 0)) {
      throw outOfRange(type, value);
    }
    return number;
  }

  private static long big(int type, BigInteger value) {
    boolean fits =
        isWide(type)
            ? value.signum() >= 0 && value.bitLength() <= 64
            : value.bitLength() <= 63
                && value.longValue() >= least(type)
                && value.longValue() <= most(type);
    if (!fits) {
      throw outOfRange(type, value);
    }
    return value.longValue();
  }

  private static boolean isWide(int type) {
    return type == Types.UINT64 || type == Types.SIZE;
  }

  private static Refused outOfRange(int type, Object value) {
    String most = isWide(type) ? "18446744073709551615" : Long.toString(most(type));
    return new Refused(
        value + " is out of range for " + Types.name(type) + " (" + least(type) + " to " + most
            + ")");
  }

  private static long least(int type) {
    switch (type) {
      case Types.INT8:
        return Byte.MIN_VALUE;
      case Types.INT16:
        return Short.MIN_VALUE;
      case Types.INT32:
        return Integer.MIN_VALUE;
      case Types.INT64:
        return Long.MIN_VALUE;
      default:
        return 0;
    }
  }

  /** The largest value; negative if it does not fit into {@code long}. */
  private static long most(int type) {
    switch (type) {
      case Types.INT8:
        return Byte.MAX_VALUE;
      case Types.INT16:
        return Short.MAX_VALUE;
      case Types.INT32:
        return Integer.MAX_VALUE;
      case Types.INT64:
        return Long.MAX_VALUE;
      case Types.UINT8:
      case Types.CHAR8:
        return 0xFF;
      case Types.UINT16:
      case Types.CHAR16:
        return 0xFFFF;
      case Types.UINT32:
        return 0xFFFFFFFFL;
      case Types.CHAR32:
        return Character.MAX_CODE_POINT;
      default:
        return -1;
    }
  }

  private static double floating(int type, Object value) {
    if (value instanceof Float || value instanceof Long || value instanceof Integer
        || value instanceof Short || value instanceof Byte || value instanceof BigInteger
        || value instanceof Double) {
      return ((Number) value).doubleValue();
    }
    throw Refused.type(Types.name(type), value);
  }

  /** Converts a number to {@code float}: rounded, but not to infinity. */
  private static float single(Object value) {
    double wide = floating(Types.FLOAT32, value);
    float narrow = (float) wide;
    if (Float.isInfinite(narrow) && !Double.isInfinite(wide)) {
      throw new Refused(value + " is out of range for float32");
    }
    return narrow;
  }

  /**
   * Boxes a result.
   *
   * @param type the declared type
   * @param bits the bits
   * @return a box of the declared type; unsigned types bit for bit
   */
  public static Object box(int type, long bits) {
    switch (type) {
      case Types.INT64:
      case Types.UINT64:
      case Types.SIZE:
        return bits;
      case Types.INT32:
      case Types.UINT32:
      case Types.CHAR32:
        return (int) bits;
      case Types.FLOAT64:
        return Double.longBitsToDouble(bits);
      case Types.FLOAT32:
        return Float.intBitsToFloat((int) bits);
      case Types.BOOL:
        return bits != 0;
      case Types.INT16:
      case Types.UINT16:
        return (short) bits;
      case Types.CHAR8:
      case Types.CHAR16:
        return (char) bits;
      default:
        return (byte) bits;
    }
  }

  /**
   * Boxes a result.
   *
   * @param declared the declared type
   * @param actual the actual type
   * @param bits its bits
   * @return bit for bit if it has the declared type, else a box that holds its value
   */
  public static Object box(int declared, int actual, long bits) {
    if (declared == actual) {
      return box(actual, bits);
    }
    switch (actual) {
      case Types.UINT8:
        return (short) bits;
      case Types.UINT16:
        return (int) bits;
      case Types.UINT32:
        return bits;
      case Types.UINT64:
      case Types.SIZE:
        return bits >= 0 ? BigInteger.valueOf(bits) : new BigInteger(Long.toUnsignedString(bits));
      default:
        return box(actual, bits);
    }
  }
}
