package python3;

import static check.Check.all;
import static check.Check.fails;
import static check.Check.same;
import static check.Check.that;

import books.Book;
import books.BookError;
import books.Books;
import books.Box;
import books.Genre;
import books.Missing;
import books.Novel;
import books.Reader;
import books.Shelf;
import books.Tape;
import check.Check;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import metaffi.MetaFFIException;

/** A library of Python, through its stubs. */
public final class Program {
  private Program() {}

  /** Runs constructs. */
  public static void main(String[] args) throws Throwable {
    Check.Action bind = () -> Books.bindModuleToCode(args[0], "python3");
    Check.run(Program.class, bind, Books::collect, args);
  }

  public static void binding() {
    same(Books.MOST, 7L);
    MetaFFIException error = fails(MetaFFIException.class, () -> Books.add(1, 2));
    that(error.getMessage().contains("call Books.bindModuleToCode("));
  }

  public static void functions() {
    same(Books.add(-3, 5), 2L);
    same(Books.half(5), 2.5);
    same(Books.negate(true), false);
    same(Books.greet("Gö"), "Hello, Gö");
    same(Books.divide(7, 2), new Object[] {3L, 1L});
    long before = Books.get_visits();
    Books.visit();
    same(Books.get_visits(), before + 1);
  }

  public static void parameters() {
    same(Books.label("a"), "a/100/novel");
    same(Books.label("a", 5), "a/5/novel");
    same(Books.labelWith("a").kind("poems").call(), "a/100/poems");
    same(Books.join("a"), "a");
    same(Books.join("a", "b", "c"), "a+b+c");
    same(Books.tagged("a"), "a");
    same(Books.taggedWith("a").tags(Map.of("year", "1", "by", "b")).call(), "a by=b year=1");
  }

  public static void overloads() {
    same(Books.twice(4), 8L);
    same(Books.twice("ab"), "abab");
  }

  public static void classes() {
    Book book = new Book("a");
    same(book.longer(5).getPages(), 105L);
    same(Book.parse("b:7").getTitle(), "b");
    same(book.me(), book);
    same(book.is_same(book.me()), true);
    same(book.is_same(new Book("a")), false);
  }

  public static void fields() {
    Book book = new Book("a", 5);
    same(book.getTitle(), "a");
    book.setPages(6);
    same(book.getPages(), 6L);
    same(book.longer(0).getPages(), 6L);
    long before = Book.getMade();
    new Book("b");
    same(Book.getMade(), before + 1);
    Book.setMade(50);
    same(Book.getMade(), 50L);
  }

  public static void variables() {
    Books.set_visits(40);
    Books.visit();
    same(Books.get_visits(), 41L);
  }

  public static void constants() {
    same(Books.MOST, 7L);
    same(Books.RATIO, 0.5);
    same(Books.NAME, "books");
    same(Books.OPEN, true);
  }

  public static void enums() {
    same(Books.genre_of("Poems of a year"), Genre.POEMS);
    same(Books.genre_name(Genre.NOVEL), "NOVEL");
    same(Genre.NOVEL.other(), Genre.POEMS);
    that(!Genre.NOVEL.equals(Genre.POEMS));
    same(Genre.POEMS.getName(), "POEMS");
    same(Genre.POEMS.getValue(), 2L);
    Check.used(2);
  }

  public static void inheritance() {
    Novel novel = new Novel("a", "Ann");
    Book book = novel;
    same(book.getTitle(), "a");
    same(novel.getHero(), "Ann");
    same(novel.longer(1).getPages(), 301L);
    same(Books.describe(novel), "the novel of Ann");
    same(Books.describe(new Book("b")), "the book b");
    same(Books.pick("c").describe(), "the novel of Ann");
    same(Books.pick("c").as(Novel.class).getHero(), "Ann");
  }

  public static void interfaces() {
    Reader reader = Books.reader("so");
    same(reader.read(1), "so 1");
    same(reader.pages(), 2L);
    same(Books.aloud(reader), "so 0; so 1");
    same(Books.aloud(new Tape("or")), "or 0; or 1");
  }

  private static final class Singer implements Reader {
    @Override
    public String read(long page) {
      return "la".repeat((int) page);
    }

    @Override
    public long pages() {
      return 3;
    }
  }

  public static void implementing() {
    same(Books.aloud(new Singer()), "; la; lala");
  }

  public static void callbacks() {
    same(Books.apply(value -> value * 2, 21), 42L);
    same(Books.each(new String[] {"a", "b"}, String::toUpperCase), new String[] {"A", "B"});
    Books.keep(book -> book.getTitle() + "!");
    same(Books.run_kept(new Book("a")), "a!");
    RuntimeException own = new IllegalStateException("mine");
    LongUnaryOperator fail =
        value -> {
          throw own;
        };
    that(fails(RuntimeException.class, () -> Books.apply(fail, 1)) == own);
  }

  public static void returnedFunctions() {
    LongUnaryOperator add = Books.adder(5);
    same(add.applyAsLong(4), 9L);
    same(Books.apply(add, 1), 6L);
    LongUnaryOperator own = value -> value + 2;
    same(Books.chosen(own).applyAsLong(1), 3L);
  }

  public static void errors() {
    Missing missing = fails(Missing.class, () -> Books.lend("gone"));
    that((Object) missing instanceof BookError);
    same(missing.getMessage(), "gone is missing");
    same(missing.getTitle(), "gone");
    same(((MetaFFIException) missing.getCause()).typeName(), "KeyError");
    BookError torn = fails(BookError.class, () -> Books.lend("torn"));
    that(!(torn instanceof Missing));
    same(Books.lend("a"), "a");
  }

  public static void nullable() {
    same(Books.find("a").getTitle(), "a");
    same(Books.find(null), null);
    same(Books.pages_of(new Book("a")), 100L);
    same(Books.pages_of(null), null);
    same(Books.loud("a"), "A");
    same(Books.loud(null), null);
  }

  public static void lists() {
    same(Books.titles("a b"), new String[] {"a", "b"});
    same(Books.titles(""), new String[0]);
    same(Books.total(new long[] {1, 2, 3}), 6L);
    Book[] made = Books.books_of(new String[] {"a", "b"});
    same(made[1].getTitle(), "b");
    same(Books.pages_in(made), 200L);
  }

  public static void sets() {
    same(new HashSet<>(all(Books.letters("abca"))), Set.of("a", "b", "c"));
    same(Books.distinct(Books.letters("abca")), 3L);
    same(Books.distinct(Set.of("x", "y")), 2L);
  }

  public static void maps() {
    Map<String, Long> lengths = Books.lengths(new String[] {"a", "ccc"});
    same(lengths, Map.of("a", 1L, "ccc", 3L));
    same(Books.longest(lengths), "ccc");
    same(Books.longest(Map.of("bb", 2L, "a", 1L)), "bb");
  }

  public static void iteration() {
    same(all(Books.count_up(3)), List.of(1L, 2L, 3L));
    try (Shelf shelf = new Shelf(new Book("a"), new Book("b"))) {
      StringBuilder titles = new StringBuilder();
      for (Book book : shelf) {
        titles.append(book.getTitle());
      }
      same(titles.toString(), "ab");
      same(shelf.size(), 2L);
      same(shelf.get(1).getTitle(), "b");
      that(shelf.contains(new Book("a")) && !shelf.contains(new Book("c")));
      same(shelf.add(new Book("c")), 3L);
    }
  }

  public static void objectProtocol() {
    Book book = new Book("a", 5);
    same(book.toString(), "a, 5 pages");
    same(book, new Book("a", 5));
    that(!book.equals(new Book("a", 6)));
    same(book.hashCode(), new Book("b", 5).hashCode());
    that(book.__lt__(new Book("a", 6)));
  }

  public static void generics() {
    Box<String> box = new Box<>("a");
    same(box.put("b"), "a");
    String content = box.get();
    same(content, "b");
    same(Books.<String>first(new String[] {"x", "y"}), "x");
    same(Books.boxed("c").get().getTitle(), "c");
  }

  public static void binary() {
    same(Books.reverse(new byte[] {0, -128, -1}), new byte[] {-1, -128, 0});
    same(Books.reverse(new byte[0]), new byte[0]);
  }

  public static void arrays() {
    same(Books.scale(new double[] {1, 2.5}, 2), new double[] {2, 5});
    same(Books.mean(new double[] {1, 2}), 1.5);
    same(Books.transpose(new long[][] {{1, 2}, {3, 4}}), new long[][] {{1, 3}, {2, 4}});
  }

  public static void untyped() {
    same(Books.anything(5), 5L);
    same(Books.anything("five"), "five");
    Object own = new Object();
    that(Books.anything(own) == own);
    same(Books.anything(new Book("a")), new Book("a"));
    same(((Book) Books.something("book")).getTitle(), "Any");
    same(Books.something("number"), 5L);
    same(Books.something("list"), new Object[] {1L, "a"});
    same(Books.something("nothing"), null);
  }

  public static void closing() {
    long before = Shelf.getOpen();
    try (Shelf shelf = new Shelf(new Book("a"))) {
      same(Shelf.getOpen(), before + 1);
      same(shelf.size(), 1L);
    }
    same(Shelf.getOpen(), before);
  }
}
