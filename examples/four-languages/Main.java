import till.Size;
import till.SoldOut;
import till.Till;
import till.TillModule;

/** Calls the till from Java. */
public final class Main {
  public static void main(String[] args) {
    TillModule.bindModuleToCode(args[0], "python3");
    try (Till shop = new Till()) {
      shop.put("tea", 2.5);
      shop.put("pot", 20, Size.LARGE);
      shop.change(price -> price * 2);
      for (String thing : shop) {
        System.out.println(thing + ": " + shop.price(thing) + " " + shop.getCurrency());
      }
      System.out.println("total: " + TillModule.total(new double[] {2, 3}, 0.5));
      shop.price("cup");
    } catch (SoldOut e) {
      System.out.println("sold out");
    }
  }
}
