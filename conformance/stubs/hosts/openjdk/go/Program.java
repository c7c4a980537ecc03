package go;

import static check.Check.all;
import static check.Check.fails;
import static check.Check.same;
import static check.Check.that;

import books.Book;
import books.Books;
import books.Box_string;
import books.Described;
import books.Genre;
import books.MissingError;
import books.Novel;
import books.Reader;
import books.Shelf;
import books.Tape;
import books.map_string_int;
import check.Check;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import metaffi.MetaFFIException;

/** A library of Go, through its stubs. */
public final class Program {
  private Program() {}

  /** Runs constructs. */
  public static void main(String[] args) throws Throwable {
    Check.Action bind = () -> Books.bindModuleToCode(args[0], "go");
    Check.run(Program.class, bind, Books::Collect, args);
  }

  public static void binding() {
    same(Books.Most, 7L);
    MetaFFIException error = fails(MetaFFIException.class, () -> Books.Add(1, 2));
    that(error.getMessage().contains("call Books.bindModuleToCode("));
  }

  public static void functions() {
    same(Books.Add(-3, 5), 2L);
    same(Books.Half(5), 2.5);
    same(Books.Negate(true), false);
    same(Books.Greet("Gö"), "Hello, Gö");
    same(Books.Divide(7, 2), new Object[] {3L, 1L});
    long before = Books.GetVisits();
    Books.Visit();
    same(Books.GetVisits(), before + 1);
  }

  public static void parameters() {
    same(Books.Join("a"), "a");
    same(Books.Join("a", "b", "c"), "a+b+c");
  }

  public static void overloads() {
    same(Books.Twice(4L), 8L);
    same(Books.Twice("ab"), "abab");
  }

  public static void classes() {
    Book book = new Book("a", 100);
    same(book.Longer(5).getPages(), 105L);
    same(Books.ParseBook("b:7").Title(), "b");
    same(book.Me(), book);
    same(book.IsSame(book.Me()), true);
    same(book.IsSame(new Book("a", 100)), false);
  }

  public static void fields() {
    Book book = new Book("a", 5);
    same(book.Title(), "a");
    book.setPages(6);
    same(book.getPages(), 6L);
    same(book.Longer(0).getPages(), 6L);
  }

  public static void variables() {
    Books.SetVisits(40);
    Books.Visit();
    same(Books.GetVisits(), 41L);
  }

  public static void constants() {
    same(Books.Most, 7L);
    same(Books.Ratio, 0.5);
    same(Books.Name, "books");
    same(Books.Open, true);
  }

  public static void enums() {
    same(Books.GenreOf("Poems of a year"), Books.Poems);
    same(Books.GenreName(Books.Novels), "Novels");
    same(Books.Novels.Other(), Books.Poems);
    that(!Books.Novels.equals(Books.Poems));
    same(Books.Poems.toString(), "Poems");
    same(new Genre(2), Books.Poems);
    same(Books.Poems.value(), 2L);
  }

  public static void inheritance() {
    Novel novel = new Novel("a", "Ann");
    Described described = novel;
    same(described.Title(), "a");
    same(novel.getHero(), "Ann");
    same(novel.getPages(), 300L);
    same(novel.Longer(1).getPages(), 301L);
    same(novel.getBook().Describe(), "the book a");
    same(Books.Describe(novel), "the novel of Ann");
    same(Books.Describe(new Book("b", 1)), "the book b");
    same(Books.Pick("c").Describe(), "the novel of Ann");
    same(Books.Pick("c").as(Novel.class).getHero(), "Ann");
  }

  public static void interfaces() {
    Reader reader = Books.ReaderOf("so");
    same(reader.Read(1), "so 1");
    same(reader.Pages(), 2L);
    same(Books.Aloud(reader), "so 0; so 1");
    same(Books.Aloud(new Tape("or")), "or 0; or 1");
  }

  private static final class Singer implements Reader {
    @Override
    public String Read(long page) {
      return "la".repeat((int) page);
    }

    @Override
    public long Pages() {
      return 3;
    }
  }

  public static void implementing() {
    same(Books.Aloud(new Singer()), "; la; lala");
  }

  public static void callbacks() {
    same(Books.Apply(value -> value * 2, 21), 42L);
    same(Books.Each(new String[] {"a", "b"}, String::toUpperCase), new String[] {"A", "B"});
    Books.Keep(book -> book.Title() + "!");
    same(Books.RunKept(new Book("a", 1)), "a!");
    RuntimeException own = new IllegalStateException("mine");
    LongUnaryOperator fail =
        value -> {
          throw own;
        };
    that(fails(RuntimeException.class, () -> Books.Apply(fail, 1)) == own);
  }

  public static void returnedFunctions() {
    LongUnaryOperator add = Books.Adder(5);
    same(add.applyAsLong(4), 9L);
    same(Books.Apply(add, 1), 6L);
    LongUnaryOperator own = value -> value + 2;
    same(Books.Chosen(own).applyAsLong(1), 3L);
  }

  public static void errors() {
    MissingError missing = fails(MissingError.class, () -> Books.Lend("gone"));
    same(missing.getMessage(), "gone is missing");
    same(missing.getTitle(), "gone");
    same(((MetaFFIException) missing.getCause()).typeName(), "*strconv.NumError");
    MetaFFIException torn = fails(MetaFFIException.class, () -> Books.Lend("torn"));
    that(!(torn instanceof MissingError));
    same(torn.getMessage(), "a page is torn");
    same(Books.Lend("a"), "a");
  }

  public static void nullable() {
    same(Books.Find("a").Title(), "a");
    same(Books.Find(""), null);
    same(Books.PagesOf(new Book("a", 100)), new Object[] {100L, true});
    same(Books.PagesOf(null), new Object[] {0L, false});
  }

  public static void lists() {
    same(Books.Titles("a b"), new String[] {"a", "b"});
    same(Books.Titles(""), new String[0]);
    same(Books.Total(new long[] {1, 2, 3}), 6L);
    Book[] made = Books.BooksOf(new String[] {"a", "b"});
    same(made[1].Title(), "b");
    same(Books.PagesIn(made), 200L);
  }

  public static void sets() {
    same(new HashSet<>(all(Books.Letters("abca"))), Set.of("a", "b", "c"));
    that(Books.Letters("abca").MapHas("b"));
  }

  public static void maps() {
    map_string_int lengths = Books.Lengths(new String[] {"a", "ccc"});
    same(lengths.MapLen(), 2L);
    same(lengths.MapIndex("ccc"), 3L);
    same(Books.Longest(Map.of("bb", 2L, "a", 1L)), "bb");
  }

  public static void iteration() {
    same(all(Books.CountUp(3)), List.of(1L, 2L, 3L));
    try (Shelf shelf = new Shelf(new Book("a", 1), new Book("b", 1))) {
      StringBuilder titles = new StringBuilder();
      for (Book book : shelf.All()) {
        titles.append(book.Title());
      }
      same(titles.toString(), "ab");
      same(shelf.Len(), 2L);
      same(shelf.At(1).Title(), "b");
      that(shelf.Contains(new Book("a", 1)) && !shelf.Contains(new Book("c", 1)));
      same(shelf.Add(new Book("c", 1)), 3L);
    }
  }

  public static void objectProtocol() {
    Book book = new Book("a", 5);
    same(book.toString(), "a, 5 pages");
    same(book, new Book("a", 5));
    that(!book.equals(new Book("a", 6)));
    that(book.Compare(new Book("a", 6)) < 0);
  }

  public static void generics() {
    Box_string box = Books.NewBox_string("a");
    same(box.Put("b"), "a");
    String content = box.Get();
    same(content, "b");
    same(Books.First_string(new String[] {"x", "y"}), "x");
    same(Books.First_int(new long[] {7, 8}), 7L);
    same(Books.Boxed("c").Get().Title(), "c");
  }

  public static void binary() {
    same(Books.Reverse(new byte[] {0, -128, -1}), new byte[] {-1, -128, 0});
    same(Books.Reverse(new byte[0]), new byte[0]);
  }

  public static void arrays() {
    same(Books.Scale(new double[] {1, 2.5}, 2), new double[] {2, 5});
    same(Books.Mean(new double[] {1, 2}), 1.5);
    same(Books.Transpose(new long[][] {{1, 2}, {3, 4}}), new long[][] {{1, 3}, {2, 4}});
  }

  public static void untyped() {
    same(Books.Anything(5L), 5L);
    same(Books.Anything("five"), "five");
    Object own = new Object();
    that(Books.Anything(own) == own);
    Book book = new Book("a", 1);
    same(Books.Anything(book), book);
    same(((Book) Books.Something("book")).Title(), "Any");
    same(Books.Something("number"), 5L);
    same(Books.Something("list"), new Object[] {1L, "a"});
    same(Books.Something("nothing"), null);
  }

  public static void closing() {
    long before = Books.GetOpenShelves();
    try (Shelf shelf = Books.NewShelf(new Book("a", 1))) {
      same(Books.GetOpenShelves(), before + 1);
      same(shelf.Len(), 1L);
    }
    same(Books.GetOpenShelves(), before);
  }
}
