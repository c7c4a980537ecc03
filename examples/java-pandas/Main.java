import static metaffi.MetaFFITypes.*;

import metaffi.Caller;
import metaffi.MetaFFIModule;
import metaffi.MetaFFIRuntime;
import metaffi.MetaFFITypes;

public class Main {
  public static void main(String[] args) {
    MetaFFIModule pandas = new MetaFFIRuntime("python3").loadModule("pandas");

    MetaFFITypes[] handle = {MetaFFIHandle};
    MetaFFITypes[] string = {MetaFFIString8};
    MetaFFITypes[] handleAndString = {MetaFFIHandle, MetaFFIString8};

    Caller readCsv = pandas.load("callable=read_csv", string, handle);
    Caller groupBy =
        pandas.load("callable=DataFrame.groupby,instance_required", handleAndString, handle);
    Caller column = pandas.load("callable=__getitem__,instance_required", handleAndString, handle);
    Caller sum = pandas.load("callable=sum,instance_required", handle, handle);
    Caller index = pandas.load("attribute=index,instance_required,getter", handle, handle);
    Caller names =
        pandas.load(
            "callable=tolist,instance_required",
            handle,
            new MetaFFITypes[] {MetaFFIString8Array});
    Caller numbers =
        pandas.load(
            "callable=tolist,instance_required",
            handle,
            new MetaFFITypes[] {MetaFFIFloat64Array});

    // pandas.read_csv("sales.csv").groupby("city")["amount"].sum()
    Object sales = readCsv.call("sales.csv")[0];
    Object byCity = groupBy.call(sales, "city")[0];
    Object totals = sum.call(column.call(byCity, "amount")[0])[0];

    String[] cities = (String[]) names.call(index.call(totals)[0])[0];
    double[] amounts = (double[]) numbers.call(totals)[0];
    for (int i = 0; i < cities.length; i++) {
      System.out.println(cities[i] + ": " + amounts[i]);
    }
  }
}
