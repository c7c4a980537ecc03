package books;

/** A book is missing. */
public class MissingException extends BookException {
  private static final long serialVersionUID = 1;

  private final String title;

  public MissingException(String title, Throwable cause) {
    super(title + " is missing", cause);
    this.title = title;
  }

  public String getTitle() {
    return title;
  }
}
