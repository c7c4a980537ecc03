package bench.host;

import java.nio.file.Path;

/** MetaFFI by generated stubs. */
public final class ByStubs extends ByTypes {
    /** Binds the guest's stubs. */
    public ByStubs(String guest, Path built) {
        if (guest.equals("go")) {
            bench.Bench.bindModuleToCode(built.resolve("bench_MetaFFIGuest").toString(), "go");
            count = bench.Bench::Calls;
            add(bench.Bench::Nothing, bench.Bench::Echo, bench.Bench::Text, bench.Bench::Sum);
            add(bench.Bench.NewCounter()::Increment, bench.Bench::Apply, bench.Bench::Fail);
        } else {
            String path = built.resolve("python/bench_guest.py").toString();
            bench_guest.Bench_guest.bindModuleToCode(path, "python3");
            count = bench_guest.Bench_guest::calls;
            add(
                    bench_guest.Bench_guest::nothing,
                    bench_guest.Bench_guest::echo,
                    bench_guest.Bench_guest::text,
                    bench_guest.Bench_guest::sum);
            add(
                    new bench_guest.Counter()::increment,
                    bench_guest.Bench_guest::apply,
                    bench_guest.Bench_guest::fail);
        }
    }
}
