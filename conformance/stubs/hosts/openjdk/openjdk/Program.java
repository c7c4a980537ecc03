package openjdk;

import static check.Check.all;
import static check.Check.fails;
import static check.Check.same;
import static check.Check.that;

import books_stubs.Book;
import books_stubs.BookException;
import books_stubs.Books;
import books_stubs.BooksModule;
import books_stubs.Box;
import books_stubs.Genre;
import books_stubs.MissingException;
import books_stubs.Novel;
import books_stubs.Reader;
import books_stubs.Shelf;
import books_stubs.Tape;
import check.Check;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import metaffi.MetaFFIException;

/** A library of Java, through its stubs. */
public final class Program {
  private Program() {}

  /** Runs constructs. */
  public static void main(String[] args) throws Throwable {
    Check.Action bind = () -> BooksModule.bindModuleToCode(args[0], "openjdk");
    Check.run(Program.class, bind, Books::collect, args);
  }

  public static void binding() {
    same(Books.MOST, 7);
    MetaFFIException error = fails(MetaFFIException.class, () -> Books.add(1, 2));
    that(error.getMessage().contains("call BooksModule.bindModuleToCode("));
  }

  public static void functions() {
    same(Books.add(-3, 5), 2);
    same(Books.half(5), 2.5);
    same(Books.negate(true), false);
    same(Books.greet("Gö"), "Hello, Gö");
    int before = Books.getVisits();
    Books.visit();
    same(Books.getVisits(), before + 1);
  }

  public static void parameters() {
    same(Books.label("a"), "a/100");
    same(Books.label("a", 5), "a/5");
    same(Books.join("a"), "a");
    same(Books.join("a", "b", "c"), "a+b+c");
  }

  public static void overloads() {
    same(Books.twice(4), 8);
    same(Books.twice("ab"), "abab");
  }

  public static void classes() {
    Book book = new Book("a");
    same(book.longer(5).getPages(), 105);
    same(Book.parse("b:7").getTitle(), "b");
    same(book.me(), book);
    same(book.isSame(book.me()), true);
    same(book.isSame(new Book("a")), false);
    same(Book.describe_(book), book.describe());
  }

  public static void fields() {
    Book book = new Book("a", 5);
    same(book.getTitle(), "a");
    book.setPages(6);
    same(book.getPages(), 6);
    same(book.longer(0).getPages(), 6);
    int before = Book.getMade();
    new Book("b");
    same(Book.getMade(), before + 1);
    Book.setMade(50);
    same(Book.getMade(), 50);
  }

  public static void variables() {
    Books.setVisits(40);
    Books.visit();
    same(Books.getVisits(), 41);
  }

  public static void constants() {
    same(Books.MOST, 7);
    same(Books.RATIO, 0.5);
    same(Books.NAME, "books");
    same(Books.OPEN, true);
  }

  public static void enums() {
    same(Books.genreOf("Poems of a year"), Genre.POEMS);
    same(Books.genreName(Genre.NOVEL), "NOVEL");
    same(Genre.NOVEL.other(), Genre.POEMS);
    that(!Genre.NOVEL.equals(Genre.POEMS));
    same(Genre.POEMS.toString(), "POEMS");
    same(Genre.values()[1], Genre.valueOf("POEMS"));
  }

  public static void inheritance() {
    Novel novel = new Novel("a", "Ann");
    Book book = novel;
    same(book.getTitle(), "a");
    same(novel.getHero(), "Ann");
    same(novel.longer(1).getPages(), 301);
    same(Books.describe(novel), "the novel of Ann");
    same(Books.describe(new Book("b")), "the book b");
    same(Books.pick("c").describe(), "the novel of Ann");
    same(Books.pick("c").as(Novel.class).getHero(), "Ann");
  }

  public static void interfaces() {
    Reader reader = Books.reader("so");
    same(reader.read(1), "so 1");
    same(reader.pages(), 2);
    same(Books.aloud(reader), "so 0; so 1");
    same(Books.aloud(new Tape("or")), "or 0; or 1");
  }

  private static final class Singer implements Reader {
    @Override
    public String read(int page) {
      return "la".repeat(page);
    }

    @Override
    public int pages() {
      return 3;
    }
  }

  public static void implementing() {
    same(Books.aloud(new Singer()), "; la; lala");
  }

  public static void callbacks() {
    same(Books.apply(value -> value * 2, 21), 42);
    same(Books.each(List.of("a", "b"), String::toUpperCase), List.of("A", "B"));
    same(Books.fits(new Book("a", 5), book -> book.getPages() == 5), true);
    Books.keep(book -> book.getTitle() + "!");
    same(Books.runKept(new Book("a")), "a!");
    RuntimeException own = new IllegalStateException("mine");
    IntUnaryOperator fail =
        value -> {
          throw own;
        };
    that(fails(RuntimeException.class, () -> Books.apply(fail, 1)) == own);
  }

  public static void returnedFunctions() {
    IntUnaryOperator add = Books.adder(5);
    same(add.applyAsInt(4), 9);
    same(Books.apply(add, 1), 6);
    same(Books.longerThan(5).fits(new Book("a", 6)), true);
    same(Books.longerThan(5).not().fits(new Book("a", 6)), false);
    IntUnaryOperator own = value -> value + 2;
    that(Books.chosen(own) == own);
  }

  public static void errors() {
    MissingException missing = fails(MissingException.class, () -> Books.lend("gone"));
    that((Object) missing instanceof BookException);
    same(missing.getMessage(), "gone is missing");
    same(missing.getTitle(), "gone");
    that(missing.getCause().getCause() instanceof NoSuchElementException);
    BookException torn = fails(BookException.class, () -> Books.lend("torn"));
    that(!(torn instanceof MissingException));
    same(Books.lend("a"), "a");
  }

  public static void nullable() {
    that(Books.find("a").isPresent());
    that(!Books.find(null).isPresent());
    Object pages = Books.pagesOf(new Book("a"));
    same(pages, 100);
    same(Books.pagesOf(null), null);
    same(Books.loud("a"), "A");
    same(Books.loud(null), null);
  }

  public static void lists() {
    same(Books.titles("a b"), List.of("a", "b"));
    same(Books.total(List.of(1, 2, 3)), 6);
    List<?> made = Books.booksOf("a", "b");
    same(made.size(), 2);
    same(Books.pagesIn(List.of(new Book("a"), new Book("b"))), 200);
  }

  public static void sets() {
    same(Books.letters("abca"), Set.of("a", "b", "c"));
    same(Books.distinct(Books.letters("abca")), 3);
    same(Books.distinct(Set.of("x", "y")), 2);
  }

  public static void maps() {
    Map<String, Integer> lengths = Books.lengths(List.of("a", "ccc"));
    same(lengths, Map.of("a", 1, "ccc", 3));
    same(Books.longest(lengths), "ccc");
    same(Books.longest(Map.of("bb", 2, "a", 1)), "bb");
  }

  public static void iteration() {
    same(all(Books.countUp(3)), List.of(1, 2, 3));
    try (Shelf shelf = new Shelf(new Book("a"), new Book("b"))) {
      same(all(shelf.iterator()).size(), 2);
      same(shelf.size(), 2);
      same(shelf.get(1).getTitle(), "b");
      that(shelf.contains(new Book("a")) && !shelf.contains(new Book("c")));
      same(shelf.add(new Book("c")), 3);
    }
  }

  public static void objectProtocol() {
    Book book = new Book("a", 5);
    same(book.toString(), "a, 5 pages");
    same(book, new Book("a", 5));
    that(!book.equals(new Book("a", 6)));
    same(book.hashCode(), new Book("b", 5).hashCode());
    that(book.compareTo(new Book("a", 6)) < 0);
  }

  public static void generics() {
    Box<String> box = new Box<>("a");
    same(box.put("b"), "a");
    String content = box.get();
    same(content, "b");
    same(Books.first(List.of("x", "y")), "x");
    same(Books.boxed("c").get().getTitle(), "c");
  }

  public static void binary() {
    same(Books.reverse(new byte[] {0, -128, -1}), new byte[] {-1, -128, 0});
    same(Books.reverse(new byte[0]), new byte[0]);
  }

  public static void arrays() {
    same(Books.scale(new double[] {1, 2.5}, 2), new double[] {2, 5});
    same(Books.mean(new double[] {1, 2}), 1.5);
    same(Books.transpose(new int[][] {{1, 2}, {3, 4}}), new int[][] {{1, 3}, {2, 4}});
  }

  public static void untyped() {
    same(Books.anything(5), 5);
    same(Books.anything("five"), "five");
    Object own = new Object();
    that(Books.anything(own) == own);
    Book book = new Book("a");
    same(Books.anything(book), book);
    same(((Book) Books.something("book")).getTitle(), "Any");
    same(Books.something("number"), 5);
    same(Books.something("list"), List.of(1, "a"));
    same(Books.something("nothing"), null);
  }

  public static void closing() {
    int before = Shelf.getOpen();
    try (Shelf shelf = new Shelf(new Book("a"))) {
      same(Shelf.getOpen(), before + 1);
      same(shelf.size(), 1);
    }
    same(Shelf.getOpen(), before);
  }
}
