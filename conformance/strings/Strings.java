/** Text. */
public class Strings {
  private Strings() {}

  public static String echo(String text) {
    return text;
  }

  public static String echoUtf16(String text) {
    return text;
  }

  public static String echoUtf32(String text) {
    return text;
  }

  public static String concat(String left, String right) {
    return left + right;
  }

  public static long codePoints(String text) {
    return text.codePointCount(0, text.length());
  }
}
