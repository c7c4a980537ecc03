import java.util.Arrays;
import pandas.DataFrame;
import pandas.Pandas;
import pandas.Series;
import pandas.SeriesGroupBy;

/** Adds up sales by city. */
public final class Main {
  /** Runs it. */
  public static void main(String[] args) {
    Pandas.bindModuleToCode("pandas", "python3");
    DataFrame sales = Pandas.read_csv("sales.csv");
    System.out.println(sales.head(2));
    SeriesGroupBy byCity = (SeriesGroupBy) sales.groupby("city").get("amount");
    Series totals = (Series) byCity.sum();
    for (Object entry : totals.items()) {
      Object[] pair = (Object[]) entry;
      System.out.println(pair[0] + ": " + pair[1]);
    }
    Object[] amounts = totals.sort_valuesWith().ascending(false).call().tolist();
    System.out.println(Arrays.toString(amounts));
    System.out.println(totals.get("Oslo") + " of " + totals.sum());
    DataFrame large = sales.query("amount > 10");
    System.out.println(large.size() + " of " + sales.size());
  }
}
