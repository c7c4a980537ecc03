import prices.Basket;
import prices.Prices;

public final class WithStubs {
  public static void main(String[] args) {
    Prices.bindModuleToCode("prices_MetaFFIGuest", "go");
    Basket basket = new Basket();
    basket.Add(8.5);
    basket.Add(1.5);
    System.out.println(basket.Total(sum -> sum * 0.1));
  }
}
