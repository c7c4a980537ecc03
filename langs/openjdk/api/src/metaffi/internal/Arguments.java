package metaffi.internal;

import java.util.List;
import metaffi.Caller;
import metaffi.MetaFFIException;
import metaffi.MetaFFIHandle;

/**
 * Arguments passed to other languages: checked against their declared types, and brought into a few
 * forms.
 */
public final class Arguments {
  /** How a list is passed where {@code any} is declared. */
  private static final Types.Declared LIST = new Types.Declared(Types.ARRAY | Types.ANY, -1);

  private Arguments() {}

  /** Why a value cannot be passed; the caller adds which value it is. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param message what was expected, and what was passed
     */
    public Refused(String message) {
      super(message, null, false, false);
    }

    static Refused type(String expected, Object value) {
      return new Refused("expected " + expected + ", got " + describe(value));
    }

    private static String describe(Object value) {
      if (value == null) {
        return "null";
      }
      String type = value.getClass().getTypeName();
      return value instanceof Number || value instanceof Boolean || value instanceof Character
          ? value + " (a " + type + ")"
          : "a " + type;
    }
  }

  /**
   * Prepares an argument for the native part.
   *
   * <p>Fills two words. The lower half of the first holds the type: that of a scalar, whose bits
   * are the second word; that of a string; {@code HANDLE}, {@code CALLABLE} or {@code ANY}; {@code
   * NULL}; or that of an array, see {@link Elements#prepare}.
   *
   * @param declared the declared type
   * @param value the argument
   * @param words receives the words
   * @param at the index of the first word
   * @return the object to pass with the words, or null
   * @throws Refused if the value is not of the declared type
   */
  public static Object prepare(Types.Declared declared, Object value, long[] words, int at) {
    int type = declared.type;
    words[at] = type;
    if (Types.isScalar(type)) {
      words[at + 1] = Scalars.bits(type, value);
      return null;
    }
    if (value == null) {
      words[at] = Types.NULL;
      return null;
    }
    if ((type & Types.ARRAY) != 0) {
      return Elements.prepare(declared, value, words, at);
    }
    switch (type) {
      case Types.ANY:
        return any(value, words, at);
      case Types.HANDLE:
        return value instanceof MetaFFIException ? original((MetaFFIException) value) : value;
      case Types.CALLABLE:
        return callable(value);
      case Types.NULL:
        throw Refused.type("null", value);
      default:
        return text(type, value);
    }
  }

  static String text(int type, Object value) {
    if (value instanceof CharSequence) {
      return value.toString();
    }
    throw Refused.type(Types.name(type), value);
  }

  /** An exception of another runtime is passed back as the original object. */
  private static Object original(MetaFFIException error) {
    MetaFFIHandle original = error.original();
    return original != null && !original.released() ? original : error;
  }

  /**
   * Checks that a value is a function.
   *
   * @param value any value
   * @return the value
   * @throws Refused if it is not a function
   */
  public static Object callable(Object value) {
    if (value instanceof Caller || JavaFunction.isFunction(value)) {
      return value;
    }
    throw Refused.type("callable (a lambda, a java.lang.reflect.Method or a Caller)", value);
  }

  /** Common types cross as what they are; the native part examines the others. */
  private static Object any(Object value, long[] words, int at) {
    if (value instanceof String) {
      words[at] = Types.STRING8;
      return value;
    }
    if (value instanceof MetaFFIHandle) {
      words[at] = Types.HANDLE;
      return value;
    }
    int type = boxed(value);
    if (type == Types.ANY) {
      return value instanceof List ? Elements.prepare(LIST, value, words, at) : value;
    }
    words[at] = type;
    words[at + 1] = Scalars.bits(type, value);
    return null;
  }

  private static int boxed(Object value) {
    if (value instanceof Long) {
      return Types.INT64;
    }
    if (value instanceof Integer) {
      return Types.INT32;
    }
    if (value instanceof Double) {
      return Types.FLOAT64;
    }
    return value instanceof Boolean ? Types.BOOL : Types.ANY;
  }
}
