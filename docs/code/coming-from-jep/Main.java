import static metaffi.MetaFFI.named;

import java.util.List;
import metaffi.MetaFFIException;
import metaffi.MetaFFIModule;
import metaffi.MetaFFIObject;
import metaffi.MetaFFIRuntime;

/** Statistics of Python, by MetaFFI. */
public final class Main {
  /** Runs it. */
  public static void main(String[] args) {
    MetaFFIModule statistics = new MetaFFIRuntime("python3").loadModule("statistics");
    List<Double> values = List.of(1.0, 2.0, 4.0);
    System.out.println(statistics.call("mean", values).as(double.class));

    MetaFFIObject cuts = statistics.call("quantiles", List.of(1, 2, 3, 4), named("n", 2));
    System.out.println(cuts.asList(Double.class));
    try {
      statistics.call("mean", List.of());
    } catch (MetaFFIException e) {
      System.out.println(e.getMessage());
    }
  }
}
