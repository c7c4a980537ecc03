import metaffi.MetaFFIException;
import metaffi.MetaFFIModule;
import metaffi.MetaFFIRuntime;

public final class Main {
  public static void main(String[] args) {
    MetaFFIModule cleanup = new MetaFFIRuntime("python3").loadModule("cleanup.py");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook of Java")));
    try {
      cleanup.call("leave", 3);
    } catch (MetaFFIException e) {
      System.out.println("still here: " + e);
    }
    cleanup.call("later", "on a thread of Python");
  }
}
