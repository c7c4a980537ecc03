import metaffi.MetaFFIException;
import metaffi.MetaFFIModule;
import metaffi.MetaFFIObject;
import metaffi.MetaFFIRuntime;

public final class Main {
  public static void main(String[] args) {
    MetaFFIModule files = new MetaFFIRuntime("python3").loadModule("files.py");

    // close() calls the object's own close.
    try (MetaFFIObject log = files.call("Log", "first")) {
      log.call("write", "a line");
    }

    // release() gives up the reference, and nothing else.
    MetaFFIObject log = files.call("Log", "second");
    log.release();
    System.out.println(files.get("Log").get("__name__"));
    try {
      log.call("write", "too late");
    } catch (MetaFFIException e) {
      System.out.println(e.kind());
    }
  }
}
