package books;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Books, and shelves that hold them: a typical Java library. */
public final class Books {
  public static final int MOST = 7;
  public static final double RATIO = 0.5;
  public static final String NAME = "books";
  public static final boolean OPEN = true;

  public static int visits;

  private static Function<Book, String> kept;

  private Books() {}

  public static void visit() {
    visits++;
  }

  /** Adds two numbers. */
  public static int add(int a, int b) {
    return a + b;
  }

  public static double half(double value) {
    return value / 2;
  }

  public static boolean negate(boolean value) {
    return !value;
  }

  public static String greet(String name) {
    return "Hello, " + name;
  }

  public static String label(String title) {
    return label(title, 100);
  }

  public static String label(String title, int pages) {
    return title + "/" + pages;
  }

  public static String join(String first, String... more) {
    return more.length == 0 ? first : first + "+" + String.join("+", more);
  }

  public static int twice(int value) {
    return value + value;
  }

  public static String twice(String value) {
    return value + value;
  }

  public static Genre genreOf(String title) {
    return title.contains("Poems") ? Genre.POEMS : Genre.NOVEL;
  }

  public static String genreName(Genre genre) {
    return genre.name();
  }

  /**
   * Lends a book, if it exists.
   *
   * @throws BookException if it does not exist, or is torn
   */
  public static String lend(String title) throws BookException {
    if (title.equals("torn")) {
      throw new BookException("a page is torn", null);
    }
    if (title.equals("gone")) {
      throw new MissingException(title, new NoSuchElementException(title));
    }
    return title;
  }

  public static String describe(Book book) {
    return book.describe();
  }

  /** Returns a novel, which is a book. */
  public static Book pick(String title) {
    return new Novel(title, "Ann");
  }

  public static Reader reader(String text) {
    return new Tape(text);
  }

  /** Reads all pages. */
  public static String aloud(Reader reader) {
    List<String> read = new ArrayList<>();
    for (int page = 0; page < reader.pages(); page++) {
      read.add(reader.read(page));
    }
    return String.join("; ", read);
  }

  public static int apply(IntUnaryOperator function, int value) {
    return function.applyAsInt(value);
  }

  public static List<String> each(List<String> titles, UnaryOperator<String> function) {
    List<String> made = new ArrayList<>();
    titles.forEach(title -> made.add(function.apply(title)));
    return made;
  }

  public static boolean fits(Book book, Rule rule) {
    return rule.fits(book);
  }

  public static Rule longerThan(int pages) {
    return book -> book.pages > pages;
  }

  /** Stores a function until it is called. */
  public static void keep(Function<Book, String> function) {
    kept = function;
  }

  public static String runKept(Book book) {
    Function<Book, String> function = kept;
    kept = null;
    return function.apply(book);
  }

  public static IntUnaryOperator adder(int number) {
    return value -> value + number;
  }

  public static IntUnaryOperator chosen(IntUnaryOperator function) {
    return function;
  }

  /** Finds a book, if there is a title. */
  public static Optional<Book> find(String title) {
    return Optional.ofNullable(title).map(Book::new);
  }

  public static Integer pagesOf(Book book) {
    return book == null ? null : book.pages;
  }

  public static String loud(String text) {
    return text == null ? null : text.toUpperCase();
  }

  public static List<String> titles(String text) {
    return new ArrayList<>(List.of(text.split(" ")));
  }

  public static int total(Collection<Integer> pages) {
    return pages.stream().mapToInt(Integer::intValue).sum();
  }

  public static List<Book> booksOf(String... titles) {
    List<Book> made = new ArrayList<>();
    for (String title : titles) {
      made.add(new Book(title));
    }
    return made;
  }

  public static int pagesIn(List<Book> books) {
    return books.stream().mapToInt(book -> book.pages).sum();
  }

  public static Set<String> letters(String text) {
    return new HashSet<>(List.of(text.split("")));
  }

  public static int distinct(Set<String> letters) {
    return letters.size();
  }

  public static Map<String, Integer> lengths(List<String> titles) {
    Map<String, Integer> lengths = new HashMap<>();
    titles.forEach(title -> lengths.put(title, title.length()));
    return lengths;
  }

  public static String longest(Map<String, Integer> lengths) {
    return Collections.max(lengths.entrySet(), Map.Entry.comparingByValue()).getKey();
  }

  public static Iterator<Integer> countUp(int to) {
    return IntStream.rangeClosed(1, to).iterator();
  }

  public static <T> T first(List<T> items) {
    return items.get(0);
  }

  public static Box<Book> boxed(String title) {
    return new Box<>(new Book(title));
  }

  public static Object anything(Object value) {
    return value;
  }

  /** Creates a value of an undeclared type. */
  public static Object something(String what) {
    return Map.of("number", 5, "text", "five", "book", new Book("Any"), "list", List.of(1, "a"))
        .get(what);
  }

  public static byte[] reverse(byte[] data) {
    byte[] reversed = new byte[data.length];
    for (int at = 0; at < data.length; at++) {
      reversed[at] = data[data.length - 1 - at];
    }
    return reversed;
  }

  public static double[] scale(double[] values, double by) {
    double[] scaled = values.clone();
    for (int at = 0; at < scaled.length; at++) {
      scaled[at] *= by;
    }
    return scaled;
  }

  public static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  public static int[][] transpose(int[][] rows) {
    int[][] columns = new int[rows[0].length][rows.length];
    for (int row = 0; row < rows.length; row++) {
      for (int column = 0; column < columns.length; column++) {
        columns[column][row] = rows[row][column];
      }
    }
    return columns;
  }

  public static void collect() {
    System.gc();
  }
}
