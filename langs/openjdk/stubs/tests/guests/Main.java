import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kit_stubs.Kit;
import kit_stubs.KitModule;
import kit_stubs.Kit_Failed;
import metaffi.MetaFFIException;
import shop.Item;
import shop.OutOfStock;
import shop.Shop;
import shop.ShopError;
import shop.ShopModule;
import shop.Size;
import tool.Counter;
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
  public static void main(String[] args) {
    unbound();
    ShopModule.bindModuleToCode(args[0], "python3");
    python();
    shop();
    Tool.bindModuleToCode(args[1], "go");
    go();
    KitModule.bindModuleToCode(args[2], "openjdk");
    java();
    System.out.println("ok");
  }

  private static void unbound() {
    same(ShopModule.MOST, 7L);
    try {
      ShopModule.add(1, 2);
      throw new AssertionError("a call before bindModuleToCode");
    } catch (MetaFFIException e) {
      same(e.getMessage().contains("call ShopModule.bindModuleToCode("), true);
    }
  }

  private static void python() {
    same(ShopModule.add(1, 2), 3L);
    same(ShopModule.add(1), 2L);
    same(ShopModule.greet("you").loud(true).call(), "Hello, you!");
    same(ShopModule.greet("you", "Hi"), "Hi, you");
    same(ShopModule.total(new double[] {1, 2.5}), 3.5);
    same(ShopModule.adder(5).applyAsLong(4), 9L);
    same(Arrays.asList(ShopModule.both(1, "x")), List.of(1L, "x"));
    Map<String, Long> named = ShopModule.opts(1).rest(2, 3).named(Map.of("z", 5)).call();
    same(named.get("z"), 5L);
    same(named.size(), 1);
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
    try {
      kit.fail();
      throw new AssertionError("it did not fail");
    } catch (Kit_Failed e) {
      same(e.getMessage(), "one failed");
    }
  }
}
