package metaffi.internal;

import metaffi.internal.Arguments.Refused;

/** Results that enter Java where a certain class is expected. */
final class Results {
  private Results() {}

  /**
   * A value as an object of a class; numbers are converted when they fit.
   *
   * @throws Refused when it cannot be one
   */
  static Object as(Class<?> type, Object value) {
    if (value == null && type.isPrimitive()) {
      throw Refused.type(type.getTypeName(), null);
    }
    if (value == null || type.isInstance(value)) {
      return value;
    }
    int scalar = scalar(type);
    if (scalar == 0) {
      throw Refused.type(type.getTypeName(), value);
    }
    return Scalars.box(scalar, Scalars.bits(scalar, value));
  }

  /** The type of a primitive class or its box; 0 for others. */
  private static int scalar(Class<?> type) {
    if (type == long.class || type == Long.class) {
      return Types.INT64;
    }
    if (type == int.class || type == Integer.class) {
      return Types.INT32;
    }
    if (type == double.class || type == Double.class) {
      return Types.FLOAT64;
    }
    if (type == boolean.class || type == Boolean.class) {
      return Types.BOOL;
    }
    if (type == float.class || type == Float.class) {
      return Types.FLOAT32;
    }
    if (type == short.class || type == Short.class) {
      return Types.INT16;
    }
    if (type == byte.class || type == Byte.class) {
      return Types.INT8;
    }
    return type == char.class || type == Character.class ? Types.CHAR16 : 0;
  }
}
