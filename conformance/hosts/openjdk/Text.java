package host;

import java.util.Arrays;

/** Values for messages. */
final class Text {
  private static final int LIMIT = 300;

  private Text() {}

  /** A value in a few characters, with its class. */
  static String of(Object value) {
    String text = Arrays.deepToString(new Object[] {value});
    text = text.substring(1, text.length() - 1);
    if (text.length() > LIMIT) {
      text = text.substring(0, LIMIT) + "… (" + text.length() + " characters)";
    }
    return value == null ? text : text + " (" + value.getClass().getTypeName() + ")";
  }
}
