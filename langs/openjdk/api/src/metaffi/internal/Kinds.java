package metaffi.internal;

import java.lang.reflect.Proxy;
import java.math.BigInteger;
import metaffi.Caller;
import metaffi.MetaFFIHandle;

/** Classifies objects, so that a value declared as {@code any} is passed as its actual type. */
public final class Kinds {
  private static final int OBJECT = 0;
  private static final int STRING = 9;
  private static final int UNSIGNED = 10;
  private static final int FOREIGN = 11;
  private static final int NULL = 12;
  private static final int MIXED = 13;
  private static final int FUNCTION = 14;
  private static final int EXACT = 15;
  private static final int ERROR = 16;
  private static final int NAMED = 17;

  /** For a class of proxies: each object says whether it wraps something foreign. */
  private static final int PROXY = -1;

  private static final int RANK_SHIFT = 8;

  private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);

  /** The kind of all objects of a class. */
  private static final ClassValue<Integer> OF_CLASS =
      new ClassValue<>() {
        @Override
        protected Integer computeValue(Class<?> type) {
          return ofClass(type);
        }
      };

  private Kinds() {}

  /**
   * Returns the kind of an object: 1 to 8 for a boxed primitive, and the codes above; for an array
   * the kind of its innermost elements, with its rank in the higher bits.
   *
   * @param object any object, or null
   * @return the kind
   */
  public static int of(Object object) {
    if (object == null) {
      return NULL;
    }
    if (object instanceof String) {
      return STRING;
    }
    if (object instanceof Number) {
      return ofNumber(object);
    }
    if (object instanceof Boolean) {
      return 1;
    }
    if (object instanceof Character) {
      return 3;
    }
    int kind = OF_CLASS.get(object.getClass());
    if (kind != PROXY) {
      return kind;
    }
    if (ForeignFunction.of(object) != null) {
      return FUNCTION;
    }
    return ForeignObject.of(object) != null ? FOREIGN : OBJECT;
  }

  /**
   * Returns whether an object is passed as a function where {@code any} is declared.
   *
   * @param object any object, or null
   * @return true for a lambda, a {@link Caller}, and a wrapper of a foreign function
   */
  public static boolean isFunction(Object object) {
    return of(object) == FUNCTION;
  }

  private static int ofClass(Class<?> type) {
    if (type.isArray()) {
      return ofArray(type);
    }
    if (MetaFFIHandle.class.isAssignableFrom(type)) {
      return FOREIGN;
    }
    if (ObjectView.class.isAssignableFrom(type)) {
      return NAMED;
    }
    if (Proxy.class.isAssignableFrom(type) || TypedView.class.isAssignableFrom(type)) {
      return PROXY;
    }
    if (Throwable.class.isAssignableFrom(type)) {
      return ERROR;
    }
    if (type == Caller.class || isLambda(type)) {
      return FUNCTION;
    }
    return ExactValues.areObjectsOf(type) ? EXACT : OBJECT;
  }

  /**
   * Whether the class was made for a lambda or a method reference, whose objects can only be
   * functions. Others with a single method to implement, such as a {@code Comparator} with a state,
   * are objects.
   */
  private static boolean isLambda(Class<?> type) {
    return type.isSynthetic()
        && type.getName().contains("$$Lambda")
        && Interface.ofClass(type) != null;
  }

  private static int ofNumber(Object number) {
    if (number instanceof Long) {
      return 6;
    }
    if (number instanceof Integer) {
      return 5;
    }
    if (number instanceof Double) {
      return 8;
    }
    if (number instanceof Float) {
      return 7;
    }
    if (number instanceof Short) {
      return 4;
    }
    if (number instanceof Byte) {
      return 2;
    }
    if (number instanceof BigInteger) {
      return ofBig((BigInteger) number);
    }
    return ExactValues.areObjectsOf(number.getClass()) ? EXACT : OBJECT;
  }

  /**
   * Integers of up to 64 bits are plain numbers in other languages, larger ones are exact values.
   */
  private static int ofBig(BigInteger number) {
    if (number.signum() >= 0 && number.bitLength() <= 64) {
      return UNSIGNED;
    }
    if (number.signum() < 0 && number.compareTo(MIN) >= 0) {
      return 6;
    }
    return ExactValues.areObjectsOf(number.getClass()) ? EXACT : OBJECT;
  }

  private static int ofArray(Class<?> type) {
    int rank = 0;
    Class<?> element = type;
    for (; element.isArray(); element = element.getComponentType()) {
      rank++;
    }
    return rank << RANK_SHIFT | ofElement(element);
  }

  private static int ofElement(Class<?> element) {
    if (element.isPrimitive()) {
      return ofPrimitive(element.getName());
    }
    return element == String.class ? STRING : MIXED;
  }

  private static int ofPrimitive(String name) {
    switch (name) {
      case "boolean":
        return 1;
      case "byte":
        return 2;
      case "char":
        return 3;
      case "short":
        return 4;
      case "int":
        return 5;
      case "long":
        return 6;
      case "float":
        return 7;
      default:
        return 8;
    }
  }

  /**
   * Returns the bits of a boxed primitive or an integer of up to 64 bits.
   *
   * @param object an object of kind 1 to 8 or {@code UNSIGNED}
   * @return sign-extended integers, or the raw bits of {@code float} and {@code double}
   */
  public static long bits(Object object) {
    if (object instanceof Double) {
      return Double.doubleToRawLongBits((Double) object);
    }
    if (object instanceof Float) {
      return Float.floatToRawIntBits((Float) object);
    }
    if (object instanceof Boolean) {
      return (Boolean) object ? 1 : 0;
    }
    return object instanceof Character ? (Character) object : ((Number) object).longValue();
  }

  /**
   * Returns the name of an object's class.
   *
   * @param object any object
   * @return the name as in Java source
   */
  public static String nameOf(Object object) {
    return object.getClass().getTypeName();
  }
}
