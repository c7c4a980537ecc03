/** Long text. */
public class LongText {
  private LongText() {}

  public static String echo(String text) {
    return text;
  }

  public static long codePoints(String text) {
    return text.codePointCount(0, text.length());
  }

  public static String repeat(String text, long times) {
    return text.repeat((int) times);
  }
}
