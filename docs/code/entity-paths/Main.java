import static metaffi.MetaFFITypes.*;

import metaffi.Caller;
import metaffi.MetaFFIModule;
import metaffi.MetaFFIRuntime;
import metaffi.MetaFFITypeInfo;
import metaffi.MetaFFITypes;

public final class Main {
  interface Total {
    double of(Object item, long count);
  }

  public static void main(String[] args) {
    MetaFFIModule shop = new MetaFFIRuntime("python3").loadModule("shop.py");

    Caller item =
        shop.load(
            "callable=Item",
            new MetaFFITypes[] {MetaFFIString8, MetaFFIFloat64},
            new MetaFFITypes[] {MetaFFIHandle});
    Caller total =
        shop.load(
            "callable=Item.total,instance_required",
            new MetaFFITypes[] {MetaFFIHandle, MetaFFIInt64},
            new MetaFFITypes[] {MetaFFIFloat64});
    Object tea = item.call("tea", 2.5)[0];
    System.out.println(total.call(tea, 4)[0]);
    System.out.println(total.as(Total.class).of(tea, 2));

    Caller name =
        shop.load(
            "attribute=name,instance_required,getter",
            new MetaFFITypes[] {MetaFFIHandle},
            new MetaFFITypes[] {MetaFFIString8});
    Caller setCurrency =
        shop.load("attribute=currency,setter", new MetaFFITypes[] {MetaFFIString8}, null);
    setCurrency.call("CHF");
    System.out.println(name.call(tea)[0] + " in " + shop.get("currency"));

    Caller label =
        shop.load(
            "callable=label,varargs,named_args",
            new MetaFFITypeInfo[] {
              new MetaFFITypeInfo(MetaFFIString8Array, 1), new MetaFFITypeInfo(MetaFFIAny)
            },
            new MetaFFITypeInfo[] {new MetaFFITypeInfo(MetaFFIString8)});
    System.out.println(
        label.call(new String[] {"green", "tea"}, java.util.Map.of("sep", "-"))[0]);
  }
}
