package books;

/** Reads aloud. */
public interface Reader {
  String read(int page);

  int pages();
}
