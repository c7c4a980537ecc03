/** Characters. */
public class Chars {
  private Chars() {}

  public static char echoChar8(char value) {
    return value;
  }

  public static char echoChar16(char value) {
    return value;
  }

  public static int echoChar32(int value) {
    return value;
  }

  public static char[] echoChar8s(char[] values) {
    return values;
  }

  public static char[] echoChar16s(char[] values) {
    return values;
  }

  public static int[] echoChar32s(int[] values) {
    return values;
  }

  public static int next(int character) {
    return character + 1;
  }
}
