package books;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** A shelf holds books, and has to be closed. */
public class Shelf implements Iterable<Book>, AutoCloseable {
  public static int open;

  private final List<Book> books;

  public Shelf(Book... books) {
    open++;
    this.books = new ArrayList<>(Arrays.asList(books));
  }

  public int add(Book book) {
    books.add(book);
    return size();
  }

  public int size() {
    return books.size();
  }

  public boolean contains(Object book) {
    return books.contains(book);
  }

  public Book get(int index) {
    return books.get(index);
  }

  @Override
  public Iterator<Book> iterator() {
    return books.iterator();
  }

  @Override
  public void close() {
    open--;
  }
}
