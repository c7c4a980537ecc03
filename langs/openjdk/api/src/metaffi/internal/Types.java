package metaffi.internal;

import java.util.StringJoiner;

/** The bits of types, as in {@code metaffi.h}. */
public final class Types {
  static final int FLOAT64 = 1;
  static final int FLOAT32 = 1 << 1;
  static final int INT8 = 1 << 2;
  static final int INT16 = 1 << 3;
  static final int INT32 = 1 << 4;
  static final int INT64 = 1 << 5;
  static final int UINT8 = 1 << 6;
  static final int UINT16 = 1 << 7;
  static final int UINT32 = 1 << 8;
  static final int UINT64 = 1 << 9;
  static final int BOOL = 1 << 10;
  static final int CHAR8 = 1 << 11;

  /** A string. */
  public static final int STRING8 = 1 << 12;

  static final int STRING16 = 1 << 13;
  static final int STRING32 = 1 << 14;
  /** An object. */
  public static final int HANDLE = 1 << 15;
  static final int ARRAY = 1 << 16;
  static final int SIZE = 1 << 17;
  /** A value that carries its own type. */
  public static final int ANY = 1 << 18;

  /** Null. */
  public static final int NULL = 1 << 19;

  /** A function. */
  public static final int CALLABLE = 1 << 20;
  static final int CHAR16 = 1 << 21;
  static final int CHAR32 = 1 << 22;
  static final int PACKED = 1 << 24;

  static final int STRINGS = STRING8 | STRING16 | STRING32;
  private static final int SCALARS =
      FLOAT64 | FLOAT32 | INT8 | INT16 | INT32 | INT64 | UINT8 | UINT16 | UINT32 | UINT64 | BOOL
          | CHAR8 | CHAR16 | CHAR32 | SIZE;

  private static final String[] NAMES = {
    "float64", "float32", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
    "bool", "char8", "string8", "string16", "string32", "handle", "array", "size", "any", "null",
    "callable", "char16", "char32"
  };

  /** The declared type {@code any}. */
  public static final Declared OPEN = new Declared(ANY, 0);

  private Types() {}

  /** A declared type. */
  public static final class Declared {
    /** Its bits. */
    public final int type;

    /** Its rank; -1 if it is not known. */
    public final int dims;

    Declared(int type, int dims) {
      this.type = type;
      this.dims = dims;
    }

    @Override
    public String toString() {
      return dims > 1 ? name(type) + "[" + dims + "]" : name(type);
    }
  }

  /**
   * Reads declared types from pairs of type and rank.
   *
   * @param pairs the pairs
   * @param from the index of the first pair
   * @param count the number of pairs
   * @return one type for each pair
   */
  public static Declared[] declared(int[] pairs, int from, int count) {
    Declared[] types = new Declared[count];
    for (int i = 0; i < count; i++) {
      types[i] = new Declared(pairs[from + 2 * i], pairs[from + 2 * i + 1]);
    }
    return types;
  }

  /**
   * Returns whether a type is a number, a character or a boolean.
   *
   * @param type its bits
   * @return true if its values are passed as bits
   */
  public static boolean isScalar(int type) {
    return (type & SCALARS) != 0 && (type & ARRAY) == 0;
  }

  /**
   * Returns whether all types are scalars.
   *
   * @param types the types
   * @return true if there is no other type
   */
  public static boolean areScalars(Declared[] types) {
    for (Declared each : types) {
      if (!isScalar(each.type)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns whether the values of one of the types may or may not be scalars.
   *
   * @param types the types
   * @return true if one is {@code any}
   */
  public static boolean areOpen(Declared[] types) {
    for (Declared each : types) {
      if (each.type == ANY) {
        return true;
      }
    }
    return false;
  }

  /** The element type of an array. */
  static int element(int type) {
    int element = type & ~(ARRAY | PACKED);
    return element == 0 ? ANY : element;
  }

  /** The name in declarations, such as {@code int64_array}. */
  static String name(int type) {
    if (type == ARRAY) {
      return "array";
    }
    String suffix = (type & PACKED) != 0 ? "_packed_array" : (type & ARRAY) != 0 ? "_array" : "";
    return NAMES[Integer.numberOfTrailingZeros(element(type))] + suffix;
  }

  /**
   * Lists types for an error message.
   *
   * @param types the types
   * @return their names, separated by commas
   */
  public static String list(Declared[] types) {
    StringJoiner list = new StringJoiner(", ");
    for (Declared each : types) {
      list.add(each.toString());
    }
    return list.toString();
  }
}
