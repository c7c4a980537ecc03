import metaffi.MetaFFIModule;
import metaffi.MetaFFIRuntime;

public final class Main {
  public static void main(String[] args) {
    MetaFFIModule sys = new MetaFFIRuntime("python3").loadModule("sys");
    System.out.println("Python of " + sys.get("prefix"));
  }
}
