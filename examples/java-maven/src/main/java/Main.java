import shop.Item;
import shop.Shop;

/** Buys in a shop written in Python. */
public final class Main {
  /** Runs it. */
  public static void main(String[] args) {
    Shop.bindModuleToCode("src/main/python/shop.py", "python3");
    Item[] items = {new Item("pen", 3), new Item("ink", 5)};
    System.out.println(items[0] + ", " + items[1].getName());
    System.out.println(Shop.total(items) + ", at a discount " + Shop.total(items, 0.25));
  }
}
