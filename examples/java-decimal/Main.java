import decimal.Decimal;
import decimal.DecimalModule;
import metaffi.MetaFFIException;

/** Calculates with money. */
public final class Main {
  /** Runs it. */
  public static void main(String[] args) {
    DecimalModule.bindModuleToCode("decimal_MetaFFIGuest", "go");
    Decimal price = new Decimal("136.02");
    Decimal quantity = new Decimal(3);
    Decimal tax = new Decimal("0.08875");
    Decimal subtotal = price.Mul(quantity);
    Decimal total = subtotal.Mul(tax.Add(DecimalModule.NewFromInt(1)));
    System.out.println(subtotal + " " + total + " " + total.Round(2) + " " + total.StringFixed(3));
    System.out.println(price.LessThan(total) + " " + price.equals(new Decimal("136.020")));
    System.out.println(DecimalModule.Sum(price, tax, quantity) + " " + DecimalModule.Max(price, tax));
    Object[] both = price.QuoRem(quantity, 0);
    System.out.println(both[0] + " rest " + both[1]);
    try {
      new Decimal("12,5");
    } catch (MetaFFIException e) {
      System.out.println(e.getMessage());
    }
  }
}
