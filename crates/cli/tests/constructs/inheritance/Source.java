/** Inherited and overridden methods. */
public abstract class Source {
    public String name() {
        return "source";
    }

    public abstract Source parent();

    public static class Spring extends Source implements Comparable<Spring> {
        @Override
        public Spring parent() {
            return this;
        }

        @Override
        public int compareTo(Spring other) {
            return 0;
        }
    }

    public static final class Well extends Spring {
        public int depth() {
            return 9;
        }
    }
}
