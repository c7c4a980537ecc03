import java.io.File;
import metaffi.Caller;
import metaffi.MetaFFIModule;
import metaffi.MetaFFIRuntime;
import metaffi.MetaFFITypes;

/** A Java program that exits while Python still has work to do: {@code Ending how step...}. */
public final class Ending {
  private static MetaFFIModule guest;

  public static void main(String[] arguments) throws Exception {
    guest = new MetaFFIRuntime("python3").loadModule("ending.py");
    Caller count = guest.load("callable=count", null, new MetaFFITypes[] {MetaFFITypes.MetaFFIInt64});
    for (int i = 1; i < arguments.length; i++) {
      guest.load("callable=" + arguments[i], null, null).call();
    }
    Thread request = new Thread(() -> serve(count));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(request, count)));
    request.start();
    System.out.println("ready");
    System.out.flush();
    switch (arguments[0]) {
      case "exit":
        System.exit(3);
        break;
      case "halt":
        Runtime.getRuntime().halt(3);
        break;
      case "wait":
        Thread.sleep(60_000);
        break;
      default: // returns
    }
  }

  /** A request that is in progress when the exit starts. */
  private static void serve(Caller count) {
    try {
      count.call();
      while (!new File("draining").exists()) {
        Thread.sleep(10);
      }
      System.out.println("request " + count.call()[0]);
    } catch (InterruptedException e) {
      System.out.println(e);
    }
  }

  private static void drain(Thread request, Caller count) {
    try {
      new File("draining").createNewFile();
      request.join(20_000);
      System.out.println("hook " + count.call()[0]);
    } catch (Exception e) {
      System.out.println(e);
    }
  }
}
