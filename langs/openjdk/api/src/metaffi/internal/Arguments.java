package metaffi.internal;

import java.util.List;
import metaffi.Caller;
import metaffi.MetaFFIException;
import metaffi.MetaFFIHandle;

/** Arguments that leave Java: checked against their declared types, and brought into few forms. */
public final class Arguments {
  /** How a list is passed where any value may be. */
  private static final Types.Declared LIST = new Types.Declared(Types.ARRAY | Types.ANY, -1);

  private Arguments() {}

  /** Why a value cannot be passed; whoever knows which one it is adds that. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A reason.
     *
     * @param message what was expected, and what came
     */
    public Refused(String message) {
      super(message, null, false, false);
    }

    static Refused type(String expected, Object came) {
      return new Refused("expected " + expected + ", got " + describe(came));
    }

    private static String describe(Object came) {
      if (came == null) {
        return "null";
      }
      String type = came.getClass().getTypeName();
      return came instanceof Number || came instanceof Boolean || came instanceof Character
          ? came + " (a " + type + ")"
          : "a " + type;
    }
  }

  /**
   * Prepares an argument for the native part.
   *
   * <p>Two words go with each. The first holds the type in its lower half: a scalar's, whose bits
   * are the second word; a string's; {@code HANDLE}, {@code CALLABLE} or {@code ANY}; {@code NULL};
   * or an array's, see {@link Elements#prepare}.
   *
   * @param declared the declared type
   * @param value the argument
   * @param words receives the words
   * @param at where they go
   * @return the object that goes with the words, or null
   * @throws Refused when the value is not of the declared type
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

  /** An exception of another runtime goes home as what it is there. */
  private static Object original(MetaFFIException error) {
    MetaFFIHandle original = error.original();
    return original != null && !original.released() ? original : error;
  }

  /**
   * A function.
   *
   * @param value anything
   * @return it
   * @throws Refused when it is none
   */
  public static Object callable(Object value) {
    if (value instanceof Caller || JavaFunction.isFunction(value)) {
      return value;
    }
    throw Refused.type("callable (a lambda, a java.lang.reflect.Method or a Caller)", value);
  }

  /** What is common crosses as what it is; the native part finds out about the rest. */
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
