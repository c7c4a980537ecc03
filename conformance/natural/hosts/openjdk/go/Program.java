package go;

import static check.Check.fails;
import static check.Check.refused;
import static check.Check.same;
import static check.Check.that;
import static metaffi.MetaFFI.named;

import check.Check;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;
import metaffi.Caller;
import metaffi.MetaFFIException;
import metaffi.MetaFFIModule;
import metaffi.MetaFFIName;
import metaffi.MetaFFIObject;
import metaffi.MetaFFIRuntime;
import metaffi.MetaFFITypeInfo;

/** A Go library, used by the names of its members. */
public final class Program {
  private static MetaFFIModule books;

  private Program() {}

  /** Runs constructs. */
  public static void main(String[] args) throws Throwable {
    books = new MetaFFIRuntime("go").loadModule(args[0]);
    Caller collect = books.load("callable=Collect", new MetaFFITypeInfo[0], null);
    Check.Action letGo =
        () -> {
          books = null;
          collect.call();
        };
    Check.run(Program.class, letGo, args);
  }

  private static MetaFFIObject book(String title, int pages) {
    return books.call("NewBook", title, pages);
  }

  public static void functions() {
    same(books.call("Add", -3, 5).value(), 2L);
    same(books.call("Half", 5).as(double.class), 2.5);
    same(books.call("negate", true).value(), false);
    same(books.call("greet", "Gö").toString(), "Hello, Gö");
    same(books.call("Divide", 7, 2).as(long[].class), new long[] {3, 1});
    long before = books.get("Visits").as(long.class);
    that(books.call("Visit").isNull());
    same(books.get("Visits").value(), before + 1);
  }

  public static void overloads() {
    same(books.call("Twice", 4L).value(), 8L);
    same(books.call("Twice", "ab").value(), "abab");
  }

  public static void parameters() {
    same(books.call("Join", "a").value(), "a");
    same(books.call("Join", "a", "b", "c").value(), "a+b+c");
    refused(() -> books.call("Join", "a", named("more", "b")), "takes no arguments by name");
  }

  public static void classes() {
    MetaFFIObject book = book("a", 100);
    same(book.call("Longer", 5).get("Pages").value(), 105L);
    same(books.call("ParseBook", "b:7").call("title").value(), "b");
    same(book.call("Me"), book);
    same(book.call("IsSame", book.call("Me")).value(), true);
    same(book.call("isSame", book("a", 100)).value(), false);
    MetaFFIObject novel = books.call("NewNovel", "a", "Ann");
    same(novel.get("Hero").value(), "Ann");
    same(books.call("Describe", novel).value(), "the novel of Ann");
    same(novel.call("Longer", 1).get("Pages").value(), 301L);
  }

  public static void fields() {
    MetaFFIObject book = book("a", 5);
    same(book.call("Title").value(), "a");
    book.set("Pages", 6);
    same(book.get("pages", int.class), 6);
    same(book.call("Longer", 0).get("Pages").value(), 6L);
  }

  public static void variables() {
    same(books.get("Most").value(), 7L);
    same(books.get("Name").value(), "books");
    books.set("Visits", 40);
    books.call("Visit");
    same(books.get("Visits").value(), 41L);
  }

  public static void objectProtocol() {
    MetaFFIObject book = book("a", 5);
    same(book.toString(), "a, 5 pages");
    same(book, book("a", 5));
    that(!book.equals(book("a", 6)));
    same(new HashSet<>(List.of(book, book("c", 9))).size(), 2);
    that(book.operate("compare", book("a", 6)).as(int.class) < 0);
    same(book.typeName(), "Book");
    String longer = "Longer(by int) *Book";
    that(book.members().stream().anyMatch(each -> each.signature().equals(longer)));
  }

  public static void lists() {
    MetaFFIObject titles = books.call("Titles", "a b");
    same(titles.asList(String.class), List.of("a", "b"));
    same(titles.toJava(), List.of("a", "b"));
    same(books.call("Total", List.of(1, 2, 3)).value(), 6L);
    MetaFFIObject made = books.call("BooksOf", List.of("a", "b"));
    same(made.index(1).call("Title").value(), "b");
    made.setIndex(0, book("c", 1));
    same(made.asList().size(), 2);
    same(books.call("PagesIn", made).value(), 101L);
    same(books.call("PagesIn", List.of(book("a", 2), book("b", 1))).value(), 3L);
    fails(IndexOutOfBoundsException.class, () -> made.asList().get(2));
  }

  public static void maps() {
    MetaFFIObject lengths = books.call("Lengths", List.of("a", "ccc"));
    Map<String, Integer> live = lengths.asMap(String.class, Integer.class);
    same(live, Map.of("a", 1, "ccc", 3));
    same(live.put("dd", 2), null);
    same(live.remove("a"), 1);
    same(live.get("a"), null);
    same(lengths.index("dd").value(), 2L);
    same(lengths.toJava(), Map.of("ccc", 3L, "dd", 2L));
    same(books.call("Longest", live).value(), "ccc");
    same(books.call("Longest", Map.of("bb", 2L, "a", 1L)).value(), "bb");
  }

  public static void iteration() {
    List<Object> counted = new ArrayList<>();
    books.call("CountUp", 3).forEach(each -> counted.add(each.value()));
    same(counted, List.of(1L, 2L, 3L));
    MetaFFIObject shelf = books.call("NewShelf", book("a", 1), book("b", 2));
    StringBuilder titles = new StringBuilder();
    for (MetaFFIObject book : shelf) {
      titles.append(book.call("Title"));
    }
    same(titles.toString(), "ab");
    same(shelf.call("Len").value(), 2L);
    shelf.close();
  }

  /** A function that is used by its name. */
  public interface Shout {
    Object of(MetaFFIObject book);
  }

  public static void callbacks() {
    LongUnaryOperator twice = value -> value * 2;
    same(books.call("Apply", twice, 21).value(), 42L);
    UnaryOperator<String> upper = String::toUpperCase;
    same(books.call("Each", List.of("a", "b"), upper).toJava(), List.of("A", "B"));
    Function<Object, String> shout = book -> MetaFFIObject.of(book).call("Title") + "!";
    books.call("Keep", shout);
    same(books.call("RunKept", book("a", 1)).value(), "a!");
    Shout quiet = book -> book.call("Title");
    books.call("Keep", quiet);
    same(books.call("RunKept", book("a", 1)).value(), "a");
    MetaFFIObject add = books.call("Adder", 5);
    same(add.invoke(4).value(), 9L);
    same(add.as(LongUnaryOperator.class).applyAsLong(1), 6L);
    RuntimeException own = new IllegalStateException("mine");
    LongUnaryOperator fail =
        value -> {
          throw own;
        };
    that(fails(RuntimeException.class, () -> books.call("Apply", fail, 1)) == own);
  }

  /** An interface of Go, implemented by a Java object. */
  public static final class Singer {
    public String Read(long page) {
      return "la".repeat((int) page);
    }

    public long Pages() {
      return 3;
    }
  }

  /** The library, as the program declares it. */
  public interface Library {
    int add(int a, int b);

    @MetaFFIName("NewBook")
    Volume book(String title, int pages);

    List<Volume> booksOf(List<String> titles);

    Map<String, Integer> lengths(List<String> titles);

    String join(String first, String... more);

    long getVisits();

    void setVisits(long count);
  }

  /** A book, as the program declares it. */
  public interface Volume {
    String title();

    int getPages();

    void setPages(int pages);

    Volume longer(int by);

    boolean isSame(Volume other);
  }

  /** An interface that books do not implement. */
  public interface Film {
    String title();

    int lenght();
  }

  public static void implementing() {
    same(books.call("Aloud", new Singer()).value(), "; la; lala");
    Library library = books.as(Library.class);
    same(library.add(2, 3), 5);
    Volume volume = library.book("a", 5);
    same(volume.longer(2).getPages(), 7);
    volume.setPages(9);
    same(volume.getPages(), 9);
    that(volume.isSame(volume) && !volume.isSame(library.book("a", 9)));
    same(volume, library.book("a", 9));
    same(library.booksOf(List.of("a", "c")).get(1).title(), "c");
    same(library.lengths(List.of("dd")).get("dd"), 2);
    same(library.join("a", "b", "c"), "a+b+c");
    library.setVisits(4);
    same(library.getVisits(), 4L);
    refused(() -> book("a", 1).as(Film.class), "lacks methods", "`lenght`");
  }

  public static void errors() {
    MetaFFIException missing = refused(() -> books.call("Lend", "gone"), "gone is missing");
    that(missing.typeName().endsWith("books.MissingError"));
    same(MetaFFIObject.of(missing.original()).get("Title").value(), "gone");
    same(books.call("Lend", "a").value(), "a");
  }

  public static void untyped() {
    Caller add = books.load("callable=Add");
    same(add.call(2, 3), new Object[] {5L});
    Caller longer = books.load("callable=Book.Longer,instance_required");
    same(MetaFFIObject.of(longer.call(book("a", 1), 5)[0]).get("Pages").value(), 6L);
    Object own = new Object();
    that(books.call("Anything", own).value() == own);
    same(books.call("Something", "number").value(), 5L);
    same(books.call("Something", "list").toJava(), List.of(1L, "a"));
    that(books.call("Something", "nothing").isNull());
  }

  public static void refusals() {
    refused(() -> book("a", 1).call("Longr", 5), "no `Longr`", "did you mean `Longer`");
    refused(() -> books.call("Gret"), "did you mean `Greet`");
    refused(() -> book("a", 1).get("Pagse"), "did you mean `Pages`");
    refused(() -> books.call("Add", 1), "`Add` takes 2 arguments (int64, int64), got 1");
    refused(() -> books.call("Add", 1, "b"), "argument 2: expected int64");
    refused(() -> book("a", 1).index(0), "has no operation get_item");
    MetaFFIObject book = book("a", 1);
    book.release();
    refused(() -> book.call("Longer", 1), "released");
    same(book("a", 100).call("Longer", 1).get("Pages").value(), 101L);
  }

  public static void closing() {
    long before = books.get("OpenShelves").as(long.class);
    try (MetaFFIObject shelf = books.call("NewShelf", book("a", 1))) {
      same(books.get("OpenShelves").value(), before + 1);
      same(shelf.call("Len").value(), 1L);
    }
    same(books.get("OpenShelves").value(), before);
  }
}
