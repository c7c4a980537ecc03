package books;

/** Selects books. */
@FunctionalInterface
public interface Rule {
  boolean fits(Book book);

  default Rule not() {
    return book -> !fits(book);
  }
}
