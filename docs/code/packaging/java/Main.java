import java.nio.file.Path;
import metaffi.MetaFFIModule;
import metaffi.MetaFFIRuntime;

public final class Main {
  public static void main(String[] args) throws Exception {
    Path jar = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    String greeting = jar.resolveSibling("greeting.py").toString();
    MetaFFIModule module = new MetaFFIRuntime("python3").loadModule(greeting);
    System.out.println(module.call("greet", "jar"));
  }
}
