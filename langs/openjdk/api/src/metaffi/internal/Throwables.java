package metaffi.internal;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** Takes exceptions apart, even those whose own methods fail. */
public final class Throwables {
  private static final int DEEPEST = 32;

  private Throwables() {}

  /**
   * An exception and its causes.
   *
   * @param thrown what was thrown
   * @return four elements for each: the throwable, its class, its message, its stack trace
   */
  public static Object[] describe(Throwable thrown) {
    List<Object> parts = new ArrayList<>();
    Throwable each = thrown;
    for (int depth = 0; each != null && depth < DEEPEST; depth++) {
      parts.add(each);
      parts.add(each.getClass().getName());
      parts.add(message(each));
      parts.add(trace(each));
      each = cause(each);
    }
    return parts.toArray();
  }

  private static String message(Throwable thrown) {
    try {
      String message = thrown.getMessage();
      return message != null ? message : thrown.toString();
    } catch (Throwable failed) {
      return thrown.getClass().getName() + " (its message cannot be read)";
    }
  }

  private static String trace(Throwable thrown) {
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
