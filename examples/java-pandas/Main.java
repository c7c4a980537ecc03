import static metaffi.MetaFFI.named;

import java.util.List;
import metaffi.MetaFFIModule;
import metaffi.MetaFFIName;
import metaffi.MetaFFIObject;
import metaffi.MetaFFIRuntime;

/** Adds up sales by city. */
public final class Main {
  /** The part of a data frame that the program uses. */
  interface Table {
    Table query(String condition);

    @MetaFFIName("__len__")
    int rows();
  }

  /** Runs it. */
  public static void main(String[] args) {
    MetaFFIModule pandas = new MetaFFIRuntime("python3").loadModule("pandas");
    MetaFFIObject sales = pandas.call("read_csv", "sales.csv");
    System.out.println(sales.call("head", 2));
    MetaFFIObject totals = sales.call("groupby", "city").index("amount").call("sum");
    totals
        .asMap(String.class, Double.class)
        .forEach((city, amount) -> System.out.println(city + ": " + amount));
    MetaFFIObject sorted = totals.call("sort_values", named("ascending", false));
    List<Double> amounts = sorted.call("tolist").asList(Double.class);
    System.out.println(amounts);
    System.out.println(totals.index("Oslo") + " of " + totals.call("sum"));
    Table table = sales.as(Table.class);
    System.out.println(table.query("amount > 10").rows() + " of " + table.rows());
  }
}
