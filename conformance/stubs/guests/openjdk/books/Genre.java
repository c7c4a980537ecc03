package books;

/** What a book is. */
public enum Genre {
  NOVEL,
  POEMS;

  public Genre other() {
    return this == NOVEL ? POEMS : NOVEL;
  }
}
