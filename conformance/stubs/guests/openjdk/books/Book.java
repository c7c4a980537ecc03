package books;

/** A book has a title and pages. */
public class Book implements Comparable<Book> {
  public static int made;

  public final String title;
  public int pages;

  public Book(String title) {
    this(title, 100);
  }

  public Book(String title, int pages) {
    made++;
    this.title = title;
    this.pages = pages;
  }

  public static Book parse(String text) {
    String[] parts = text.split(":");
    return new Book(parts[0], Integer.parseInt(parts[1]));
  }

  public Book longer(int by) {
    return new Book(title, pages + by);
  }

  public Book me() {
    return this;
  }

  public boolean isSame(Book other) {
    return other == this;
  }

  public String describe() {
    return "the book " + title;
  }

  public static String describe(Book book) {
    return book.describe();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Book
        && ((Book) other).title.equals(title)
        && ((Book) other).pages == pages;
  }

  @Override
  public int hashCode() {
    return pages;
  }

  @Override
  public int compareTo(Book other) {
    return Integer.compare(pages, other.pages);
  }

  @Override
  public String toString() {
    return title + ", " + pages + " pages";
  }
}
