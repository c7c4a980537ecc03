package books;

/** An error about books. */
public class BookException extends Exception {
  private static final long serialVersionUID = 1;

  public BookException(String message, Throwable cause) {
    super(message, cause);
  }
}
