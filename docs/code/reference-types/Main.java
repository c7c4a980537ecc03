import metaffi.*;

/** Declares an array of rank 2. */
public final class Main {
  /** Runs it. */
  public static void main(String[] args) {
    MetaFFITypeInfo rows = new MetaFFITypeInfo(MetaFFITypes.MetaFFIInt64Array, 2);
    MetaFFITypes text = MetaFFITypes.MetaFFIString8;
    MetaFFIModule module = new MetaFFIRuntime("python3").loadModule("builtins");
    Caller show =
        module.load("callable=str", new MetaFFIDeclared[] {rows}, new MetaFFIDeclared[] {text});
    long[][] numbers = {{1, 2, 3}, {4}, {}};
    System.out.println(show.call((Object) numbers)[0]);
  }
}
