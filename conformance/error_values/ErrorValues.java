import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Passes exceptions as values. */
public class ErrorValues {
  private static Throwable kept;

  private ErrorValues() {}

  /** The class's own exception. */
  public static class Broken extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Broken(String message) {
      super(message);
    }
  }

  public static String describeBy(Function<Throwable, String> f, String message) {
    return f.apply(new Broken(message));
  }

  public static boolean comesBack(UnaryOperator<Throwable> f, String message) {
    Throwable error = new Broken(message);
    return f.apply(error) == error;
  }

  public static boolean listComesBack(UnaryOperator<Object> f, String message) {
    Throwable error = new Broken(message);
    Object actual = f.apply(new Object[] {error, 1});
    return (actual instanceof List ? ((List<?>) actual).get(0) : ((Object[]) actual)[0]) == error;
  }

  public static Object keep(String message) {
    kept = new Broken(message);
    return kept;
  }

  public static boolean isKept(Object error) {
    return error == kept;
  }

  public static String textOf(Throwable error) {
    return error.toString();
  }

  public static Object passBack(Object error) {
    return error;
  }

  public static void failWith(RuntimeException error) {
    throw error;
  }

  public static void forget() {
    kept = null;
  }

  public static void collect() {
    System.gc();
  }
}
