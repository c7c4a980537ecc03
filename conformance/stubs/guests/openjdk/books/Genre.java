package books;

/** The genre of a book. */
public enum Genre {
  NOVEL,
  POEMS;

  public Genre other() {
    return this == NOVEL ? POEMS : NOVEL;
  }
}
