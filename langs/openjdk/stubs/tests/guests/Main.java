import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import kit_stubs.Kit;
import kit_stubs.KitModule;
import kit_stubs.Kit_Failed;
import kit_stubs.Kit_Figure;
import kit_stubs.Kit_Kits;
import kit_stubs.Kit_Letters;
import kit_stubs.Kit_Rack;
import kit_stubs.Kit_Shelf;
import metaffi.MetaFFIException;
import metaffi.internal.Library;
import metaffi.stubs.StubModule;
import shop.Item;
import shop.OutOfStock;
import shop.Place;
import shop.Shop;
import shop.ShopError;
import shop.ShopModule;
import shop.Size;
import shop.Till;
import tool.Counter;
import tool.Drawer;
import tool.Level;
import tool.Tool;

/** Calls guests of three languages through their stubs. */
public final class Main {
  private static final int CALLS = 10_000;

  private Main() {}

  private static void same(Object came, Object expected) {
    if (!Objects.equals(came, expected)) {
      throw new AssertionError(came + " is not " + expected);
    }
  }

  /** Runs all; the arguments are the modules of Python, Go and Java. */
  public static void main(String[] args) throws InterruptedException {
    unbound();
    ShopModule.bindModuleToCode(args[0], "python3");
    python();
    shop();
    Tool.bindModuleToCode(args[1], "go");
    go();
    KitModule.bindModuleToCode(args[2], "openjdk");
    java();
    ofTheProgram();
    awaited();
    shapes();
    nothingIsLeft();
    System.out.println("ok");
  }

  /** A till of the program. */
  private static final class OwnTill implements Till {
    private final RuntimeException broken;

    OwnTill(RuntimeException broken) {
      this.broken = broken;
    }

    @Override
    public long open(String name) {
      if (broken != null) {
        throw broken;
      }
      return name.length();
    }

    @Override
    public Item pay_all(Item[] items, double amount) {
      Item first = items[0];
      same(first.getPrice(), amount);
      return first;
    }
  }

  /** A drawer of the program. */
  private static final class OwnDrawer implements Drawer {
    @Override
    public Counter Open(Counter counter, String name) {
      if (name.isEmpty()) {
        throw new IllegalStateException("no name");
      }
      counter.setName(counter.getName() + "s ");
      return counter;
    }

    @Override
    public double Amount() {
      return 2.5;
    }
  }

  /** A figure of the program. */
  private static final class OwnFigure implements Kit_Figure {
    @Override
    public double area() {
      return 4;
    }

    @Override
    public String label(String prefix, Kit kit) {
      if (kit == null) {
        throw new IllegalStateException("no kit");
      }
      return prefix + kit.getName();
    }

    @Override
    public String toString() {
      return "own figure";
    }
  }

  /** Objects of the program implement interfaces of the guests; errors and objects come home. */
  private static void ofTheProgram() {
    OwnTill till = new OwnTill(null);
    same(ShopModule.sell(till, new Item("tea", 2.5)), "3 True");
    same(ShopModule.same_till(till) == till, true);
    RuntimeException broken = new IllegalStateException("broken");
    same(thrown(() -> ShopModule.sell(new OwnTill(broken), new Item("tea"))) == broken, true);
    OwnDrawer drawer = new OwnDrawer();
    same(Tool.Draw(drawer, "thing"), "things 2.5");
    same(Tool.SameDrawer(drawer) == drawer, true);
    same(thrown(() -> Tool.Draw(drawer, "")).getMessage(), "no name");
    OwnFigure figure = new OwnFigure();
    same(Kit.described(figure, new Kit("box")), "a box of 4.0");
    same(Kit.same(figure) == figure, true);
    same(thrown(() -> Kit.described(figure, null)).getMessage(), "no kit");
  }

  /** Asynchronous functions give futures. */
  private static void awaited() {
    CompletableFuture<String> slow = ShopModule.later("a", 0.05);
    CompletableFuture<String> both =
        slow.thenCombine(ShopModule.later("b"), (one, other) -> one + other);
    same(both.join(), "a!b!");
    same(ShopModule.nothingWith().times(2).call().join(), null);
    Throwable failed = ShopModule.later("").handle((text, error) -> error).join();
    same(((OutOfStock) failed).getItem(), "words");
  }

  /** Records, builders of constructors, order. */
  private static void shapes() {
    Place place = new Place(2);
    same(place.row(), 2L);
    same(place.column(), 0L);
    same(place, new Place(2, 0));
    same(place.toString(), "Place(row=2, column=0)");
    try (Shop shop = Shop.with(new Item[0]).limit(3).call()) {
      same(shop.getLimit(), 3L);
    }
    List<Kit> kits = new ArrayList<>(List.of(new Kit("b"), new Kit("a")));
    Collections.sort(kits);
    same(kits.get(0).getName(), "a");
    Counter one = new Counter("one");
    one.Add(1);
    same(new Counter("none").compareTo(one), -1);
  }

  /** What others held of the program is given back once they have collected their garbage. */
  private static void nothingIsLeft() throws InterruptedException {
    for (int i = 0; i < 500 && Library.liveObjects("openjdk") > 0; i++) {
      System.gc();
      Tool.Collect();
      Thread.sleep(10);
    }
    same(Library.liveObjects("openjdk"), 0L);
  }

  private static Throwable thrown(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      return e;
    }
    throw new AssertionError("nothing was thrown");
  }

  private static void unbound() {
    same(ShopModule.MOST, 7L);
    try {
      ShopModule.add(1, 2);
      throw new AssertionError("a call before bindModuleToCode");
    } catch (MetaFFIException e) {
      same(e.getMessage().contains("call ShopModule.bindModuleToCode("), true);
    }
    StubModule newer = new StubModule(Main.class, 99, "9.0.0");
    String refused = thrown(() -> newer.bind("shop.py", "python3")).getMessage();
    same(refused.contains("written by metaffi 9.0.0"), true);
  }

  private static void python() {
    same(ShopModule.add(1, 2), 3L);
    same(ShopModule.add(1), 2L);
    same(ShopModule.greetWith("you").loud(true).call(), "Hello, you!");
    same(ShopModule.greet("you", "Hi"), "Hi, you");
    same(ShopModule.total(new double[] {1, 2.5}), 3.5);
    same(ShopModule.adder(5).applyAsLong(4), 9L);
    same(Arrays.asList(ShopModule.both(1, "x")), List.of(1L, "x"));
    Map<String, Long> named = ShopModule.optsWith(1).rest(2, 3).named(Map.of("z", 5)).call();
    same(ShopModule.opts(1).size(), 0);
    same(named.get("z"), 5L);
    same(named.size(), 1);
    same(List.of(ShopModule.read(Map.of("z", 5))), List.of("{'z': 5}", "{'z': 5}", "5"));
  }

  private static void shop() {
    Item a = new Item("a", 2.5, Size.BIG);
    Item b = new Item("b");
    same(a.getSize(), Size.BIG);
    same(a.getSize().getName(), "BIG");
    b.setPrice(7);
    same(b.getPrice(), 7.0);
    same(a, new Item("a", 2.5, Size.BIG));
    try (Shop shop = new Shop(new Item[] {a, b})) {
      same(shop.size(), 2L);
      same(shop.toString(), "Shop(2)");
      same(shop.add(a), 3L);
      same(shop.get(1).getName(), "b");
      same(shop.find("zz"), null);
      same(shop.find("a"), a);
      same(Arrays.toString(shop.each(item -> item.getPrice() * 2)), "[5.0, 14.0, 5.0]");
      same(shop.prices(), Map.of("a", 2.5, "b", 7.0));
      List<String> names = new ArrayList<>();
      for (Item item : shop) {
        names.add(item.getName());
      }
      same(names, List.of("a", "b", "a"));
      outOfStock(shop);
    }
  }

  private static void outOfStock(Shop shop) {
    try {
      shop.buy("b");
      throw new AssertionError("there was one");
    } catch (OutOfStock e) {
      ShopError error = e;
      same(error.getMessage(), "b: 3 left");
      same(e.getItem(), "b");
    }
  }

  private static void go() {
    same(Tool.Add(1, 2), 3L);
    same(Tool.Half(5), 2.5);
    same(allocated() < CALLS, true);
    same(Tool.Greet("Java"), "Hello, Java");
    same(Arrays.toString(Tool.Each(new long[] {1, 2}, n -> n * n)), "[1, 4]");
    same(Tool.Raise(Tool.Low), Tool.High);
    same(new Level(1).toString(), "level 1");
    try (Counter counter = new Counter("things")) {
      counter.Add(2);
      same(counter.Add(3), 5L);
      same(counter.getName(), "things");
    }
    try {
      Tool.Divide(1, 0);
      throw new AssertionError("a division by zero");
    } catch (MetaFFIException e) {
      same(e.getMessage(), "division by zero");
    }
  }

  /** The bytes that calls with numbers alone allocate. */
  private static long allocated() {
    ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long before = bean.getThreadAllocatedBytes(thread);
    for (int i = 0; i < CALLS; i++) {
      Tool.Add(i, 1);
    }
    return bean.getThreadAllocatedBytes(thread) - before;
  }

  private static void java() {
    same(Kit.twice(2), 4);
    same(Kit.twice("a"), "aa");
    same(Kit.names("a", "b"), List.of("a", "b"));
    same(Kit.<String>apply(String::toUpperCase, "x"), "X");
    same(Kit.square(3).area(), 9.0);
    Kit kit = new Kit("one");
    same(kit, new Kit("one"));
    same(kit.toString(), "Kit one");
    same(new Kit_Letters().holds('x'), true);
    same(new Kit_Kits().known().size(), 0);
    Kit_Shelf<Kit> shelf = new Kit_Rack();
    same(shelf.all().size(), 0);
    try {
      kit.fail();
      throw new AssertionError("it did not fail");
    } catch (Kit_Failed e) {
      same(e.getMessage(), "one failed");
    }
  }
}
