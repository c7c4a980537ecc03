import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import metaffi.Caller;
import metaffi.MetaFFIModule;
import metaffi.MetaFFIRuntime;
import metaffi.MetaFFITypes;

public final class Main {
  public static void main(String[] args) {
    MetaFFIModule events = new MetaFFIRuntime("python3").loadModule("events.py");

    IntUnaryOperator twice = value -> value * 2;
    System.out.println(events.call("apply", twice, 21));

    // Kept by Python, called from its threads.
    ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
    Consumer<String> listener = heard::add;
    events.call("listen", listener);
    events.call("listen", listener);
    events.call("publish", "news");
    System.out.println(heard);

    // A function of Python as one of Java.
    IntUnaryOperator addFive = events.call("adder", 5).as(IntUnaryOperator.class);
    System.out.println(addFive.applyAsInt(4));

    // One entity, many threads.
    Caller apply =
        events.load(
            "callable=apply",
            new MetaFFITypes[] {MetaFFITypes.MetaFFICallable, MetaFFITypes.MetaFFIInt64},
            new MetaFFITypes[] {MetaFFITypes.MetaFFIInt64});
    System.out.println(
        IntStream.range(0, 100).parallel().mapToLong(i -> (Long) apply.call(twice, i)[0]).sum());
  }
}
