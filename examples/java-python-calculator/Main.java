import static metaffi.MetaFFITypes.*;

import java.util.function.LongBinaryOperator;
import metaffi.Caller;
import metaffi.MetaFFIException;
import metaffi.MetaFFIModule;
import metaffi.MetaFFIRuntime;
import metaffi.MetaFFITypes;

public class Main {
  public static void main(String[] args) {
    MetaFFIRuntime runtime = new MetaFFIRuntime("python3");
    MetaFFIModule calculator = runtime.loadModule("calculator.py");

    MetaFFITypes[] int64 = {MetaFFIInt64};
    MetaFFITypes[] float64 = {MetaFFIFloat64};
    MetaFFITypes[] handle = {MetaFFIHandle};

    Caller add =
        calculator.load("callable=add", new MetaFFITypes[] {MetaFFIInt64, MetaFFIInt64}, int64);
    System.out.println("40 + 2 = " + add.call(40, 2)[0]);

    Caller product =
        calculator.load(
            "callable=product,varargs", new MetaFFITypes[] {MetaFFIInt64Array}, int64);
    System.out.println("5! = " + product.call(new long[] {1, 2, 3, 4, 5})[0]);

    // A Java function, which Python calls.
    Caller fold =
        calculator.load(
            "callable=fold", new MetaFFITypes[] {MetaFFIInt64Array, MetaFFICallable}, int64);
    LongBinaryOperator larger = Math::max;
    System.out.println("largest: " + fold.call(new long[] {3, 141, 59}, larger)[0]);

    // A Python object.
    Caller newCalculator = calculator.load("callable=Calculator", null, handle);
    Caller store =
        calculator.load(
            "callable=Calculator.store,instance_required",
            new MetaFFITypes[] {MetaFFIHandle, MetaFFIFloat64},
            null);
    Caller memory = calculator.load("attribute=memory,instance_required,getter", handle, float64);

    Object pocket = newCalculator.call()[0];
    store.call(pocket, 1.5);
    store.call(pocket, 2.25);
    System.out.println("memory: " + memory.call(pocket)[0]);

    // A Python exception.
    Caller divide =
        calculator.load(
            "callable=divide", new MetaFFITypes[] {MetaFFIFloat64, MetaFFIFloat64}, float64);
    try {
      divide.call(1.0, 0.0);
    } catch (MetaFFIException e) {
      System.out.println(e);
    }

    runtime.releaseRuntimePlugin();
  }
}
