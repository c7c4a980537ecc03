import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.HashSet;
import java.util.function.Supplier;

/** Calls objects that implement its interfaces. */
public class Implementing {
  private Implementing() {}

  public interface Callback {
    void onFailure(String why);

    int onResponse(String text, int code);

    default String name() {
      return "default";
    }

    default String greeting() {
      return "I am " + name();
    }
  }

  public interface Source<T> {
    T next();

    List<T> all();
  }

  public interface Texts extends Source<String> {}

  public static String run(Callback callback) {
    callback.onFailure("first");
    return callback.greeting() + " " + callback.onResponse("ok", 200);
  }

  public static int respond(Callback callback) {
    return callback.onResponse("ok", 200);
  }

  public static void fail(Callback callback) {
    callback.onFailure("only");
  }

  public static String texts(Texts source) {
    String first = source.next();
    List<String> all = source.all();
    return first.length() + " " + String.join("-", all);
  }

  public static String supplied(Supplier<String> source) {
    return source.get();
  }

  public static Callback same(Callback callback) {
    return callback;
  }

  public static Object boxed(Callback callback) {
    return callback;
  }

  public static List<Callback> listed(List<Callback> callbacks) {
    return new ArrayList<>(callbacks);
  }

  public static boolean equal(Callback a, Callback b) {
    Set<Callback> both = new HashSet<>(List.of(a));
    return a.equals(b) && both.contains(b) && !a.equals("a");
  }

  public static String text(Callback callback) {
    return callback.toString();
  }

  public static String closed(AutoCloseable resource) throws Exception {
    try (resource) {
      return "open";
    }
  }

  public static int size(Collection<Object> items) {
    return items.size();
  }

  public static void close(Runnable task, Callback later) {
    Thread thread = new Thread(() -> later.onFailure("on a thread"));
    task.run();
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
