package books;

/**
 * A box holds one thing.
 *
 * @param <T> the type of its content
 */
public class Box<T> {
  private T content;

  public Box(T content) {
    this.content = content;
  }

  public T get() {
    return content;
  }

  public T put(T content) {
    T old = this.content;
    this.content = content;
    return old;
  }
}
