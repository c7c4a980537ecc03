package host;

import java.math.BigInteger;
import java.util.Map;

/** Scalars of a plan, which are texts. */
final class Scalars {
  private Scalars() {}

  private static final Map<String, Class<?>> CLASSES =
      Map.ofEntries(
          Map.entry("float64", double.class),
          Map.entry("float32", float.class),
          Map.entry("int8", byte.class),
          Map.entry("uint8", byte.class),
          Map.entry("int16", short.class),
          Map.entry("uint16", short.class),
          Map.entry("int32", int.class),
          Map.entry("uint32", int.class),
          Map.entry("int64", long.class),
          Map.entry("uint64", long.class),
          Map.entry("size", long.class),
          Map.entry("bool", boolean.class),
          Map.entry("char8", char.class),
          Map.entry("char16", char.class),
          Map.entry("char32", int.class),
          Map.entry("string8", String.class),
          Map.entry("string16", String.class),
          Map.entry("string32", String.class));

  /** The class of an array's elements; Object if they are not scalars. */
  static Class<?> element(String type) {
    return CLASSES.getOrDefault(type, Object.class);
  }

  /** The Java value; unsigned numbers keep their bits. */
  static Object parse(String type, String text) {
    if (type.startsWith("string")) {
      return text;
    }
    switch (type) {
      case "bool":
        return Boolean.valueOf(text);
      case "char32":
        return text.codePointAt(0);
      case "char8":
      case "char16":
        return text.charAt(0);
      case "float64":
        return Double.valueOf(javaFloat(text));
      case "float32":
        return Float.valueOf(javaFloat(text));
      default:
        return integer(CLASSES.get(type), new BigInteger(text));
    }
  }

  private static String javaFloat(String text) {
    return text.replace("nan", "NaN").replace("inf", "Infinity");
  }

  private static Object integer(Class<?> type, BigInteger number) {
    if (type == byte.class) {
      return number.byteValue();
    }
    if (type == short.class) {
      return number.shortValue();
    }
    return type == int.class ? (Object) number.intValue() : (Object) number.longValue();
  }
}
