import java.io.IOException;

/** Errors of every kind. */
public class Errors {
  private Errors() {}

  /** The module's own error. */
  public static class OwnError extends Exception {
    private static final long serialVersionUID = 1L;

    public OwnError(long code) {
      super("code " + code);
    }
  }

  public static long next() {
    return 42;
  }

  public static String failWith(String message) {
    throw new IllegalArgumentException(message);
  }

  public static void failWithCause() throws IOException {
    throw new IOException("reading", new IllegalStateException("no such line"));
  }

  public static void failInOwnWay(long code) throws OwnError {
    throw new OwnError(code);
  }

  public static long divide(long a, long b) {
    return a / b;
  }

  public static long recurse(long depth) {
    return recurse(depth + 1) + 1;
  }

  public static byte narrow(byte value) {
    return value;
  }

  public static String greet(String name) {
    return "Hello, " + name;
  }
}
