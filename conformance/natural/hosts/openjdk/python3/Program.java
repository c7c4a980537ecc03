package python3;

import static check.Check.fails;
import static check.Check.refused;
import static check.Check.same;
import static check.Check.that;
import static metaffi.MetaFFI.named;

import check.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;
import metaffi.Caller;
import metaffi.MetaFFIException;
import metaffi.MetaFFIModule;
import metaffi.MetaFFIName;
import metaffi.MetaFFIObject;
import metaffi.MetaFFIRuntime;
import metaffi.MetaFFITypeInfo;
import metaffi.internal.TypedView;

/** A Python library, used by the names of its members. */
public final class Program {
  private static MetaFFIModule books;
  private static String path;

  private Program() {}

  /** Runs constructs. */
  public static void main(String[] args) throws Throwable {
    MetaFFIRuntime python = new MetaFFIRuntime("python3");
    path = args[0];
    books = python.loadModule(path);
    Caller collect = action(books, "collect");
    Check.Action letGo =
        () -> {
          books = null;
          collect.call();
        };
    Check.run(Program.class, letGo, args);
  }

  private static Caller action(MetaFFIModule module, String name) {
    return module.load("callable=" + name, new MetaFFITypeInfo[0], null);
  }

  private static MetaFFIObject book(Object... arguments) {
    return books.call("Book", arguments);
  }

  public static void functions() {
    same(books.call("add", -3, 5).as(long.class), 2L);
    same(books.call("half", 5).as(double.class), 2.5);
    same(books.call("negate", true).value(), false);
    same(books.call("greet", "Gö").toString(), "Hello, Gö");
    same(books.call("divide", 7, 2).as(long[].class), new long[] {3, 1});
    long before = books.get("visits").as(long.class);
    that(books.call("visit").isNull());
    same(books.root().get("visits", int.class), (int) before + 1);
  }

  public static void overloads() {
    same(books.call("twice", 4).value(), 8L);
    same(books.call("twice", "ab").value(), "abab");
  }

  public static void parameters() {
    same(books.call("label", "a").value(), "a/100/novel");
    same(books.call("label", "a", 5).value(), "a/5/novel");
    same(books.call("label", "a", named("kind", "poems")).value(), "a/100/poems");
    same(books.call("join", "a", "b", "c").value(), "a+b+c");
    same(books.call("tagged", "a", named("year", "1"), named("by", "b")).value(), "a by=b year=1");
    same(books.get("label").invoke("a", named("pages", 7)).value(), "a/7/novel");
  }

  public static void classes() {
    MetaFFIObject book = book("a");
    same(book.call("longer", 5).get("pages", long.class), 105L);
    same(books.get("Book").call("parse", "b:7").get("title").value(), "b");
    same(book.call("me"), book);
    same(book.call("is_same", book.call("me")).value(), true);
    same(book.call("isSame", book("a")).value(), false);
    MetaFFIObject novel = books.call("Novel", "a", "Ann");
    same(novel.typeNames().subList(0, 2), List.of("books.Novel", "books.Book"));
    same(books.call("describe", novel).value(), "the novel of Ann");
  }

  public static void fields() {
    MetaFFIObject book = book("a", 5);
    same(book.get("title").value(), "a");
    book.set("pages", 6);
    same(book.get("pages", int.class), 6);
    MetaFFIObject type = books.get("Book");
    long before = type.get("made", long.class);
    book("b");
    same(type.get("made", long.class), before + 1);
    type.set("made", 50);
    same(type.get("made").value(), 50L);
  }

  public static void variables() {
    same(books.get("MOST").value(), 7L);
    books.set("visits", 40);
    books.call("visit");
    same(books.get("visits").value(), 41L);
  }

  public static void objectProtocol() {
    MetaFFIObject book = book("a", 5);
    same(book.toString(), "a, 5 pages");
    that(book.value().toString().endsWith(", books.Book a, 5 pages)"));
    same(book, book("a", 5));
    that(!book.equals(book("a", 6)));
    same(new HashSet<>(List.of(book, book("b", 5), book("c", 9))).size(), 3);
    same(book.hashCode(), book("b", 5).hashCode());
    that(book.operate("compare", book("a", 6)).as(int.class) < 0);
    same(book.typeName(), "books.Book");
    same(books.get("Book").doc(), "A book has a title and pages.");
    String longer = "longer(self, by: 'int') -> 'Book'";
    that(book.members().stream().anyMatch(each -> each.signature().equals(longer)));
  }

  public static void lists() {
    List<String> titles = books.call("titles", "a b").asList(String.class);
    same(titles, List.of("a", "b"));
    titles.add("c");
    same(titles.set(0, "x"), "a");
    same(titles.remove(1), "b");
    same(new ArrayList<>(titles), List.of("x", "c"));
    fails(IndexOutOfBoundsException.class, () -> titles.get(-1));
    same(books.call("total", List.of(1, 2, 3)).value(), 6L);
    MetaFFIObject made = books.call("books_of", List.of("a", "b"));
    same(made.index(1).get("title").value(), "b");
    same(books.call("pages_in", made).value(), 200L);
    same(books.call("pages_in", List.of(book("a"), book("b", 1))).value(), 101L);
    same(books.call("titles", "a b").toJava(), List.of("a", "b"));
    same(books.call("letters", "abca").as(Set.class), Set.of("a", "b", "c"));
  }

  public static void maps() {
    MetaFFIObject lengths = books.call("lengths", List.of("a", "ccc"));
    Map<String, Integer> live = lengths.asMap(String.class, Integer.class);
    same(live, Map.of("a", 1, "ccc", 3));
    same(live.put("dd", 2), null);
    same(live.remove("a"), 1);
    same(live.get("a"), null);
    same(lengths.index("dd").value(), 2L);
    same(lengths.toJava(), Map.of("ccc", 3L, "dd", 2L));
    same(books.call("longest", live).value(), "ccc");
    same(books.call("longest", Map.of("bb", 2L, "a", 1L)).value(), "bb");
  }

  public static void iteration() {
    List<Object> counted = new ArrayList<>();
    books.call("count_up", 3).forEach(each -> counted.add(each.value()));
    same(counted, List.of(1L, 2L, 3L));
    try (MetaFFIObject shelf = books.call("Shelf", book("a"), book("b"))) {
      String titles =
          shelf.stream().map(book -> book.get("title", String.class)).collect(Collectors.joining());
      same(titles, "ab");
      same(shelf.size(), 2);
      that(shelf.contains(book("a")) && !shelf.contains(book("c")));
    }
  }

  /** A function that is used by its name. */
  public interface Shout {
    Object of(MetaFFIObject book);
  }

  public static void callbacks() {
    LongUnaryOperator twice = value -> value * 2;
    same(books.call("apply", twice, 21).value(), 42L);
    books.call("keep", (Function<Object, Object>) Program::shout);
    same(books.call("run_kept", book("a")).value(), "a!");
    Shout quiet = book -> book.get("title");
    books.call("keep", quiet);
    same(books.call("run_kept", book("a")).value(), "a");
    MetaFFIObject add = books.call("adder", 5);
    same(add.invoke(4).value(), 9L);
    same(add.as(LongUnaryOperator.class).applyAsLong(1), 6L);
    same(books.call("apply", add, 1).value(), 6L);
    RuntimeException own = new IllegalStateException("mine");
    LongUnaryOperator fail =
        value -> {
          throw own;
        };
    that(fails(RuntimeException.class, () -> books.call("apply", fail, 1)) == own);
  }

  private static Object shout(Object book) {
    return MetaFFIObject.of(book).get("title") + "!";
  }

  /** A protocol of Python, implemented by a Java object. */
  public static final class Singer {
    public String read(long page) {
      return "la".repeat((int) page);
    }

    public long pages() {
      return 3;
    }
  }

  /** The library, as the program declares it. */
  public interface Library {
    int add(int a, int b);

    @MetaFFIName("Book")
    Volume newBook(String title, int... pages);

    Optional<Volume> find(String title);

    List<Volume> booksOf(List<String> titles);

    Map<String, Integer> lengths(List<String> titles);

    LongUnaryOperator adder(long number);

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

    default String spine() {
      return title() + " (" + getPages() + ")";
    }
  }

  /** Called by its own types, without a proxy. */
  interface Exact {
    long add(long a, long b);

    double half(long number);

    boolean negate(boolean value);

    String greet(String name);

    void visit();

    long apply(LongUnaryOperator function, long value);

    default long three() {
      return add(1, 2);
    }
  }

  /** An interface with one method, which may be a function. */
  interface Titled {
    String title();
  }

  /** Takes a parameter that may be a function. */
  interface Greeting {
    @MetaFFIName("greet")
    String of(Titled whom);
  }

  /** Returns itself as text. */
  private static final class Reader implements Titled {
    @Override
    public String title() {
      return "Dr.";
    }

    @Override
    public String toString() {
      return "reader";
    }
  }

  /** An interface that books do not implement. */
  public interface Film {
    String title();

    int lenght();
  }

  public static void implementing() {
    same(books.call("aloud", new Singer()).value(), "; la; lala");
    Library library = books.as(Library.class);
    same(library.add(2, 3), 5);
    Exact exact = books.as(Exact.class);
    that(Arrays.stream(((TypedView) exact).callers).allMatch(Objects::nonNull));
    same(exact.add(Long.MIN_VALUE, 5), Long.MIN_VALUE + 5);
    same(exact.half(5), 2.5);
    same(exact.negate(true), false);
    same(exact.greet("G\u00f6"), "Hello, G\u00f6");
    same(exact.three(), 3L);
    same(exact.apply(value -> value * 2, 21), 42L);
    same(exact.apply(library.adder(3), 4), 7L);
    Greeting greeting = books.as(Greeting.class);
    that(Arrays.stream(((TypedView) greeting).callers).allMatch(Objects::nonNull));
    for (Titled whom : new Titled[] {new Reader(), book("a").as(Titled.class)}) {
      same(greeting.of(whom), books.call("greet", whom).as(String.class));
    }
    same(greeting.of(new Reader()), "Hello, reader");
    long visits = books.get("visits").as(long.class);
    exact.visit();
    same(books.get("visits").as(long.class), visits + 1);
    same(exact, books.as(Exact.class));
    same(exact.toString(), books.root().toString());
    same(exact.greet(null), "Hello, None");
    Volume volume = library.newBook("a", 5);
    same(volume.longer(2).getPages(), 7);
    volume.setPages(9);
    same(volume.spine(), "a (9)");
    that(volume.isSame(volume) && !volume.isSame(library.newBook("a", 9)));
    same(volume, library.newBook("a", 9));
    same(volume.toString(), "a, 9 pages");
    same(library.find(null), Optional.empty());
    same(library.find("b").get().title(), "b");
    same(library.booksOf(List.of("a", "c")).get(1).title(), "c");
    same(library.lengths(List.of("dd")).get("dd"), 2);
    same(library.adder(3).applyAsLong(4), 7L);
    library.setVisits(4);
    same(library.getVisits(), 4L);
    refused(() -> book("a").as(Film.class), "books.Book lacks methods", "`lenght`");
  }

  public static void errors() {
    MetaFFIException missing = refused(() -> books.call("lend", "gone"), "gone is missing");
    same(missing.typeName(), "books.Missing");
    same(MetaFFIObject.of(missing.original()).get("title").value(), "gone");
    same(((MetaFFIException) missing.getCause()).typeName(), "KeyError");
    same(books.call("lend", "a").value(), "a");
  }

  public static void untyped() {
    Caller add = books.load("callable=add");
    same(add.call(2, 3), new Object[] {5L});
    Caller make = books.load("class=Book");
    same(MetaFFIObject.of(make.call("a")[0]).get("title").value(), "a");
    Caller twice = books.load("callable=twice");
    same(twice.call("ab")[0], "abab");
    Object own = new Object();
    that(books.call("anything", own).value() == own);
    same(books.call("something", "book").typeName(), "books.Book");
    same(books.call("something", "list").toJava(), List.of(1L, "a"));
    that(books.call("something", "nothing").isNull());
  }

  public static void refusals() {
    refused(() -> book("a").call("longr", 5), "no `longr` in books.Book", "did you mean `longer`");
    refused(() -> books.call("gret"), "did you mean `greet`");
    refused(() -> book("a").get("titel"), "did you mean `title`");
    refused(() -> books.call("add", 1), "missing 1 required positional argument");
    refused(() -> books.call("label", "a", named("colour", 1)), "colour");
    refused(() -> book("a").index(0), "books.Book has no operation get_item");
    refused(() -> books.get("greet").as(int.class), "expected int32");
    MetaFFIObject book = book("a");
    book.release();
    refused(() -> book.call("longer", 1), "released");
    same(book("a").call("longer", 1).get("pages").value(), 101L);
  }

  public static void closing() {
    MetaFFIObject type = books.get("Shelf");
    long before = type.get("open", long.class);
    try (MetaFFIObject shelf = books.call("Shelf", book("a"))) {
      same(type.get("open", long.class), before + 1);
      same(shelf.size(), 1);
    }
    same(type.get("open", long.class), before);
    MetaFFIModule again = new MetaFFIRuntime("python3").loadModule(path);
    Exact exact = again.as(Exact.class);
    again.root().release();
    refused(() -> again.call("add", 1, 2), "released");
    same(exact.add(1, 2), 3L);
    MetaFFIObject.of(exact).release();
    same(exact.add(2, 2), 4L);
  }
}
