package bench.host;

import java.nio.file.Path;
import java.util.function.LongUnaryOperator;
import metaffi.MetaFFIModule;
import metaffi.MetaFFIRuntime;

/** MetaFFI with interfaces that the program declares. */
public final class Typed extends ByTypes {
    /** The guest's module. */
    interface Guest {
        void nothing();

        long calls();

        String text(String value);

        long sum(long[] values);

        long apply(LongUnaryOperator function, long value);

        void fail();
    }

    /** An object of the guest. */
    interface Counter {
        long increment();
    }

    /** Loads the guest's module. */
    public Typed(String guest, Path built) {
        boolean inGo = guest.equals("go");
        String fixture = inGo ? "bench_MetaFFIGuest" : "python/bench_guest.py";
        MetaFFIModule module =
                new MetaFFIRuntime(inGo ? "go" : "python3")
                        .loadModule(built.resolve(fixture).toString());
        Guest functions = module.as(Guest.class);
        Counter counter = module.call(inGo ? "NewCounter" : "Counter").as(Counter.class);
        LongUnaryOperator echo =
                module.load(inGo ? "callable=Echo" : "callable=echo").as(LongUnaryOperator.class);
        count = functions::calls;
        add(functions::nothing, echo, functions::text, functions::sum);
        add(counter::increment, functions::apply, functions::fail);
    }
}
