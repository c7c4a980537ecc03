import static metaffi.MetaFFI.named;

import java.util.List;
import java.util.function.Function;
import metaffi.MetaFFIException;
import metaffi.MetaFFIModule;
import metaffi.MetaFFIObject;
import metaffi.MetaFFIRuntime;

public final class CallPython {
  public static void main(String[] args) {
    MetaFFIRuntime python = new MetaFFIRuntime("python3");

    MetaFFIModule statistics = python.loadModule("statistics");
    System.out.println(statistics.call("median", List.of(3, 1, 2)));

    MetaFFIObject counter = python.loadModule("collections").call("Counter", "mississippi");
    System.out.println(counter.call("most_common", 1));
    System.out.println(counter.asMap(String.class, Long.class).get("p"));

    Function<String, Integer> length = String::length; // Python calls this function
    MetaFFIObject sorted =
        python
            .loadModule("builtins")
            .call("sorted", List.of("Rome", "Lisbon", "Riga", "Ulm"), named("key", length));
    System.out.println(sorted.asList(String.class));

    try {
      statistics.call("mean", List.of());
    } catch (MetaFFIException e) {
      System.out.println(e.typeName() + ": " + e.getMessage());
    }
  }
}
