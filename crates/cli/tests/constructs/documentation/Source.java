/**
 * Documentation, with <b>markup</b> and an {@link #old() example}:
 *
 * <pre>{@code
 * Source.fresh("x");
 * }</pre>
 *
 * @see <a href="https://example.org">elsewhere</a>
 */
public class Source {
    /**
     * Makes something {@code fresh}.
     *
     * @param what what it is made of; not a {@literal <tag>}
     * @return the result
     * @throws IllegalArgumentException if {@code what} is empty
     */
    public static String fresh(String what) {
        return what;
    }

    /**
     * An older way.
     *
     * @deprecated use {@link #fresh}
     */
    @Deprecated
    public static void old() {}
}
