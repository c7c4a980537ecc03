import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

public class Exceptions {
  private Exceptions() {}

  public static class Empty extends NoSuchElementException {
    public Empty(String message, Throwable cause) {
      super(message);
      initCause(cause);
    }

    public int size() {
      return 0;
    }
  }

  public static void fail() {
    throw new Empty("nothing here", new IllegalStateException("the cause"));
  }

  public static Function<Object, Object> failing() {
    return value -> {
      throw new Empty("no " + value, null);
    };
  }

  public static List<Function<Object, Object>> several() {
    return List.of(failing());
  }

  /** Whether a function throws the same exception. */
  public static boolean comesHome(Function<Object, Object> function, Empty wanted) {
    try {
      function.apply(wanted);
      return false;
    } catch (RuntimeException e) {
      return e == wanted;
    }
  }
}
