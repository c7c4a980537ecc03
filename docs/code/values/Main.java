import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import metaffi.MetaFFIModule;
import metaffi.MetaFFIObject;
import metaffi.MetaFFIRuntime;

public final class Main {
  public static void main(String[] args) {
    MetaFFIModule seen = new MetaFFIRuntime("python3").loadModule("seen.py");
    Object[] values = {
      5,
      2.5f,
      'x',
      BigInteger.TWO.pow(70),
      new BigDecimal("0.10"),
      LocalDate.of(2026, 1, 31),
      Duration.ofMinutes(90),
      new byte[] {0, -1},
      new int[][] {{1, 2}, {}},
      List.of("a", 1, true),
      null
    };
    for (Object value : values) {
      System.out.println(seen.call("show", value));
    }
    System.out.println(seen.call("add", new BigDecimal("0.1"), new BigDecimal("0.2")).value());
    System.out.println(seen.call("add", LocalDate.of(2026, 1, 31), Duration.ofDays(1)).value());

    for (MetaFFIObject value : seen.call("values")) {
      System.out.println(value.isNull() ? "null" : value.value().getClass().getSimpleName());
    }

    Map<String, Integer> stock = seen.call("stock").asMap(String.class, Integer.class);
    stock.put("cup", 1);
    System.out.println(stock.get("pen") + " of " + stock.keySet());
  }
}
