import java.util.List;
import java.util.function.LongConsumer;
import metaffi.MetaFFIException;
import metaffi.MetaFFIModule;
import metaffi.MetaFFIObject;
import metaffi.MetaFFIRuntime;

public final class Main {
  public static void main(String[] args) {
    MetaFFIModule bank = new MetaFFIRuntime("python3").loadModule("bank.py");
    try {
      bank.call("withdraw", 10, 25);
    } catch (MetaFFIException e) {
      System.out.println(e.kind() + ", " + e.language() + ", " + e.typeName());
      System.out.println(e.getMessage());
      System.out.println(MetaFFIObject.of(e.original()).get("missing"));
      System.out.println(e.guestStackTrace().split("\n")[0]);
    }

    try {
      bank.call("pay", 10, "ten");
    } catch (MetaFFIException e) {
      System.out.println(e.getMessage() + ", because " + e.getCause());
    }

    // What a callback throws passes through Python as the same object.
    LongConsumer check =
        amount -> {
          if (amount < 0) {
            throw new IllegalStateException("negative");
          }
        };
    try {
      bank.call("each", List.of(1, -1), check);
    } catch (IllegalStateException e) {
      System.out.println(e);
    }

    try {
      bank.call("withdrw", 1, 1);
    } catch (MetaFFIException e) {
      System.out.println(e.kind() + ": " + e.getMessage());
    }
  }
}
