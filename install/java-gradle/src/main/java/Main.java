import metaffi.MetaFFIModule;
import metaffi.MetaFFIRuntime;

/** Calls a Python function. */
public final class Main {
  /** Runs it. */
  public static void main(String[] args) {
    MetaFFIModule math = new MetaFFIRuntime("python3").loadModule("math");
    System.out.println("hypot of 3 and 4: " + math.load("callable=hypot").call(3, 4)[0]);
  }
}
