import java.io.IOException;

public class Errors {
  private Errors() {}

  public static int next() {
    return 42;
  }

  public static void checked() throws IOException {
    throw new IOException("disk full", new IllegalStateException("the cause"));
  }

  public static void unchecked() {
    Object nothing = null;
    nothing.hashCode();
  }

  public static int overflow(int depth) {
    return overflow(depth + 1) + 1;
  }

  public static byte narrow(byte value) {
    return value;
  }

  public static String greetTo(String name) {
    return "Hello, " + name;
  }

  public static String over(Integer value) {
    return "Integer";
  }

  public static String over(CharSequence value) {
    return "CharSequence";
  }
}
