import metaffi.*;

public class Main {
  public static void main(String[] args) {
    MetaFFIModule math = new MetaFFIRuntime("python3").loadModule("math");

    Caller hypot =
        math.load(
            "callable=hypot",
            new MetaFFITypes[] {MetaFFITypes.MetaFFIFloat64, MetaFFITypes.MetaFFIFloat64},
            new MetaFFITypes[] {MetaFFITypes.MetaFFIFloat64});

    System.out.println(hypot.call(3, 4)[0]);
  }
}
