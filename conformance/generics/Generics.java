import java.util.ArrayDeque;
import java.util.Deque;

/** A generic method and a generic class. */
public class Generics {
  private Generics() {}

  public static <T extends Comparable<T>> T largest(T a, T b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  /** Last in, first out. */
  public static class Stack<T> {
    private final Deque<T> items = new ArrayDeque<>();

    public void push(T item) {
      items.push(item);
    }

    public T pop() {
      return items.pop();
    }

    public long size() {
      return items.size();
    }
  }
}
