package bench;

import java.util.function.LongUnaryOperator;

/** A function of the host, for the hand-written floors: two addresses in C. */
public final class Native implements LongUnaryOperator {
    private final long function;
    private final long context;

    Native(long function, long context) {
        this.function = function;
        this.context = context;
    }

    @Override
    public long applyAsLong(long value) {
        return call(function, context, value);
    }

    private static native long call(long function, long context, long value);
}
