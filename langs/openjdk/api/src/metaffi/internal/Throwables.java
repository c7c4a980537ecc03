package metaffi.internal;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import metaffi.MetaFFIException;

/** Describes exceptions, even those whose own methods fail. */
public final class Throwables {
  private static final int MAX_DEPTH = 32;

  private Throwables() {}

  /**
   * Returns the class of an exception and its message, with a NUL between them: for most exceptions
   * that is all that is read at once. The stack trace is read by {@link #trace} when needed.
   *
   * @param thrown the exception
   * @return null for a foreign exception or one with a cause, which {@link #describe} handles
   */
  public static String brief(Throwable thrown) {
    boolean isPlain =
        !(thrown instanceof MetaFFIException)
            && !(thrown instanceof UndeclaredThrowableException)
            && cause(thrown) == null;
    return isPlain ? thrown.getClass().getName() + '\0' + message(thrown) : null;
  }

  /**
   * Describes an exception and its causes. An error of another runtime is described as it was
   * there, with its original object, so that it becomes that object again in its own runtime.
   *
   * @param thrown the exception
   * @return six elements for each: the original object or null, its class, its message, its stack
   *     trace, or null if {@link #trace} of the object returns it, its language, its kind
   */
  public static Object[] describe(Throwable thrown) {
    List<Object> parts = new ArrayList<>();
    Throwable each = unwrap(thrown);
    for (int depth = 0; each != null && depth < MAX_DEPTH; depth++) {
      if (each instanceof MetaFFIException) {
        addForeign((MetaFFIException) each, parts);
      } else {
        addOwn(each, parts);
      }
      each = unwrap(cause(each));
    }
    return parts.toArray();
  }

  /** The exception that a proxy wrapped because its interface does not declare it. */
  private static Throwable unwrap(Throwable thrown) {
    boolean wraps = thrown instanceof UndeclaredThrowableException && thrown.getCause() != null;
    return wraps ? thrown.getCause() : thrown;
  }

  private static void addForeign(MetaFFIException error, List<Object> parts) {
    if (error.language().equals("metaffi") && error.original() == null) {
      // It originates in Java.
      addOwn(error, parts);
      return;
    }
    boolean isOpen = error.original() != null && !error.original().released();
    add(
        parts,
        isOpen ? error.original() : null,
        error.typeName(),
        message(error),
        error.guestStackTrace(),
        error.language(),
        error.kind());
  }

  private static void addOwn(Throwable thrown, List<Object> parts) {
    add(parts, thrown, thrown.getClass().getName(), message(thrown), null, "openjdk", "guest");
  }

  private static void add(
      List<Object> parts,
      Object original,
      String type,
      String message,
      String trace,
      String language,
      String kind) {
    Collections.addAll(parts, original, type, message, trace, language, kind);
  }

  private static String message(Throwable thrown) {
    try {
      String message = thrown.getMessage();
      return message != null ? message : thrown.toString();
    } catch (Throwable failed) {
      return thrown.getClass().getName() + " (its message cannot be read)";
    }
  }

  /**
   * Returns the stack trace of an exception as Java prints it, including those of its causes.
   *
   * @param thrown the exception
   * @return the text; empty if the exception fails to print itself
   */
  public static String trace(Throwable thrown) {
    try {
      StringWriter text = new StringWriter();
      thrown.printStackTrace(new PrintWriter(text, true));
      return text.toString();
    } catch (Throwable failed) {
      return "";
    }
  }

  private static Throwable cause(Throwable thrown) {
    try {
      return thrown.getCause();
    } catch (Throwable failed) {
      return null;
    }
  }
}
