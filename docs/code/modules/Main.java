import metaffi.MetaFFIModule;
import metaffi.MetaFFIRuntime;

public final class Main {
  public static void main(String[] args) {
    MetaFFIModule greeting = new MetaFFIRuntime("python3").loadModule("greeting.py");
    MetaFFIModule statistics = new MetaFFIRuntime("python3").loadModule("statistics");
    MetaFFIModule words = new MetaFFIRuntime("go").loadModule("words_MetaFFIGuest");

    System.out.println(greeting.call("greet", "Java"));
    System.out.println(statistics.call("median", new int[] {1, 2, 9}));
    System.out.println(words.call("Count", "one two three"));
  }
}
