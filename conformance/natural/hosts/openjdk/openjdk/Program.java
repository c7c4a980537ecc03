package openjdk;

import static check.Check.fails;
import static check.Check.refused;
import static check.Check.same;
import static check.Check.that;
import static metaffi.MetaFFI.named;

import check.Check;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import metaffi.Caller;
import metaffi.MetaFFIModule;
import metaffi.MetaFFIObject;
import metaffi.MetaFFIRuntime;

/** A Java library in a module of its own, used by the names of its members. */
public final class Program {
  private static MetaFFIModule module;

  private Program() {}

  /** Runs constructs. */
  public static void main(String[] args) throws Throwable {
    module = new MetaFFIRuntime("openjdk").loadModule(args[0]);
    Check.run(Program.class, () -> module = null, args);
  }

  private static MetaFFIObject books() {
    return module.get("books.Books");
  }

  private static MetaFFIObject book(Object... arguments) {
    return module.get("books.Book").invoke(arguments);
  }

  public static void functions() {
    same(books().call("add", -3, 5).value(), 2);
    same(books().call("half", 5).as(double.class), 2.5);
    same(books().call("negate", true).value(), false);
    same(module.get("books").get("Books").call("greet", "Gö").toString(), "Hello, Gö");
    int before = books().get("visits", int.class);
    that(books().call("visit").isNull());
    same(books().get("visits").value(), before + 1);
  }

  public static void overloads() {
    same(books().call("twice", 4).value(), 8);
    same(books().call("twice", "ab").value(), "abab");
    same(module.get("books.Book").call("describe", book("a")).value(), "the book a");
    same(book("a").call("describe").value(), "the book a");
  }

  public static void parameters() {
    same(books().call("label", "a").value(), "a/100");
    same(books().call("label", "a", 5).value(), "a/5");
    same(books().call("join", "a").value(), "a");
    same(books().call("join", "a", "b", "c").value(), "a+b+c");
    refused(() -> books().call("label", "a", named("pages", 5)), "takes no arguments by name");
  }

  public static void classes() {
    MetaFFIObject book = book("a");
    same(book.call("longer", 5L).get("pages").value(), 105);
    same(module.get("books.Book").call("parse", "b:7").get("title").value(), "b");
    that(book.call("me").value() == book.value());
    same(book.call("is_same", book).value(), true);
    same(book.call("isSame", book("a")).value(), false);
    MetaFFIObject novel = module.call("books.Novel", "a", "Ann");
    same(novel.typeNames().subList(0, 2), List.of("books.Novel", "books.Book"));
    same(books().call("describe", novel).value(), "the novel of Ann");
    MetaFFIObject genre = module.get("books.Genre").get("NOVEL");
    same(genre.call("other").toString(), "POEMS");
  }

  public static void fields() {
    MetaFFIObject book = book("a", 5);
    same(book.get("title").value(), "a");
    book.set("pages", 6);
    same(book.get("pages").value(), 6);
    refused(() -> book.set("title", "b"), "`title` of books.Book is read-only");
    MetaFFIObject type = module.get("books.Book");
    int before = type.get("made", int.class);
    book("b");
    same(type.get("made").value(), before + 1);
    type.set("made", 50);
    same(type.get("made").value(), 50);
  }

  public static void variables() {
    same(books().get("MOST").value(), 7);
    same(books().get("NAME").value(), "books");
    books().set("visits", 40);
    books().call("visit");
    same(books().get("visits").value(), 41);
  }

  public static void objectProtocol() {
    MetaFFIObject book = book("a", 5);
    same(book.toString(), "a, 5 pages");
    same(book, book("a", 5));
    that(!book.equals(book("a", 6)));
    same(new HashSet<>(List.of(book, book("b", 5), book("c", 9))).size(), 3);
    same(book.hashCode(), 5);
    that(book.operate("compare", book("a", 6)).as(int.class) < 0);
    same(book.typeName(), "books.Book");
    String longer = "books.Book longer(int";
    that(book.members().stream().anyMatch(each -> each.signature().startsWith(longer)));
  }

  public static void lists() {
    List<String> titles = books().call("titles", "a b").asList(String.class);
    same(titles, List.of("a", "b"));
    titles.add("c");
    same(titles.set(0, "x"), "a");
    same(titles.remove(1), "b");
    same(new ArrayList<>(titles), List.of("x", "c"));
    same(books().call("total", List.of(1, 2, 3)).value(), 6);
    MetaFFIObject made = books().call("booksOf", "a", "b");
    same(made.index(1).get("title").value(), "b");
    same(books().call("pagesIn", made).value(), 200);
    same(books().call("pagesIn", List.of(book("a"), book("b", 1))).value(), 101);
    same(books().call("letters", "abca").as(Set.class), Set.of("a", "b", "c"));
    same(books().call("titles", "a b").value(), List.of("a", "b"));
  }

  public static void maps() {
    MetaFFIObject lengths = books().call("lengths", List.of("a", "ccc"));
    Map<String, Integer> live = lengths.asMap(String.class, Integer.class);
    same(live, Map.of("a", 1, "ccc", 3));
    same(live.put("dd", 2), null);
    same(live.remove("a"), 1);
    same(lengths.index("dd").value(), 2);
    same(new HashMap<>(live), Map.of("ccc", 3, "dd", 2));
    same(books().call("longest", live).value(), "ccc");
    same(books().call("longest", Map.of("bb", 2, "a", 1)).value(), "bb");
  }

  public static void iteration() {
    List<Object> counted = new ArrayList<>();
    books().call("countUp", 3).forEach(each -> counted.add(each.value()));
    same(counted, List.of(1, 2, 3));
    try (MetaFFIObject shelf = module.call("books.Shelf", book("a"), book("b"))) {
      String titles =
          shelf.stream().map(book -> book.get("title", String.class)).collect(Collectors.joining());
      same(titles, "ab");
    }
  }

  public static void callbacks() throws Exception {
    IntUnaryOperator twice = value -> value * 2;
    same(books().call("apply", twice, 21).value(), 42);
    UnaryOperator<String> upper = String::toUpperCase;
    same(books().call("each", List.of("a", "b"), upper).asList(), List.of("A", "B"));
    Function<Object, String> shout = book -> MetaFFIObject.of(book).get("title") + "!";
    books().call("keep", shout);
    same(books().call("runKept", book("a")).value(), "a!");
    MetaFFIObject add = books().call("adder", 5);
    same(add.invoke(4).value(), 9);
    same(add.as(IntUnaryOperator.class).applyAsInt(1), 6);
    RuntimeException own = new IllegalStateException("mine");
    IntUnaryOperator fail =
        value -> {
          throw own;
        };
    that(fails(RuntimeException.class, () -> books().call("apply", fail, 1)) == own);
  }

  /** The library, as the program declares it. */
  public interface Library {
    int add(int a, int b);

    Optional<Volume> find(String title);

    List<Volume> booksOf(String... titles);

    Map<String, Integer> lengths(List<String> titles);

    int getVisits();

    void setVisits(int count);
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
    Class<?> reader = (Class<?>) module.get("books.Reader").value();
    InvocationHandler singer =
        (proxy, method, arguments) ->
            method.getName().equals("pages") ? 3 : "la".repeat((Integer) arguments[0]);
    Object sings = Proxy.newProxyInstance(reader.getClassLoader(), new Class<?>[] {reader}, singer);
    same(books().call("aloud", sings).value(), "; la; lala");
    Library library = books().as(Library.class);
    same(library.add(2, 3), 5);
    Volume volume = library.find("a").get();
    volume.setPages(9);
    same(volume.longer(2).getPages(), 11);
    that(volume.isSame(volume));
    same(volume.toString(), "a, 9 pages");
    same(library.find(null), Optional.empty());
    same(library.booksOf("a", "c").get(1).title(), "c");
    same(library.lengths(List.of("dd")).get("dd"), 2);
    library.setVisits(4);
    same(library.getVisits(), 4);
    refused(() -> book("a").as(Film.class), "books.Book lacks methods", "`lenght`");
  }

  public static void errors() {
    Exception missing = fails(Exception.class, () -> books().call("lend", "gone"), "is missing");
    same(MetaFFIObject.of(missing).get("title").value(), "gone");
    that(missing.getCause() instanceof NoSuchElementException);
    String stream = "java.io.FileInputStream";
    fails(IOException.class, () -> module.call(stream, "/nowhere/at/all"), "nowhere");
    same(books().call("lend", "a").value(), "a");
  }

  public static void untyped() {
    Caller add = module.load("class=books.Books,callable=add");
    same(add.call(2, 3), new Object[] {5});
    Caller make = module.load("class=books.Book");
    same(MetaFFIObject.of(make.call("a")[0]).get("title").value(), "a");
    Caller longer = module.load("class=books.Book,callable=longer,instance_required");
    same(MetaFFIObject.of(longer.call(book("a"), 5)[0]).get("pages").value(), 105);
    Caller twice = module.load("class=books.Books,callable=twice");
    same(twice.call("ab")[0], "abab");
    Object own = new Object();
    that(books().call("anything", own).value() == own);
    same(books().call("something", "list").value(), List.of(1, "a"));
    that(books().call("something", "nothing").isNull());
  }

  public static void refusals() {
    refused(() -> book("a").call("longr", 5), "no `longr` in books.Book", "did you mean `longer`");
    refused(() -> book("a").get("titel"), "did you mean `title`");
    refused(() -> module.get("books.Bok"), "no class `books.Bok`", "did you mean `books.Book`");
    refused(() -> books().call("add", 1), "`add` takes 2 arguments (int32, int32), got 1");
    String twice = "static int twice(int): parameter 1 is int, not java.lang.Object";
    refused(() -> books().call("twice", new Object()), "does not match `twice`", twice);
    refused(() -> book("a").index(0), "books.Book has no operation get_item");
    same(book("a").call("longer", 1).get("pages").value(), 101);
  }

  public static void closing() {
    MetaFFIObject type = module.get("books.Shelf");
    int before = type.get("open", int.class);
    try (MetaFFIObject shelf = type.invoke(book("a"))) {
      same(type.get("open").value(), before + 1);
      same(shelf.call("size").value(), 1);
    }
    same(type.get("open").value(), before);
  }
}
