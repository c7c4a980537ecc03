import java.util.Optional;

/** Methods that call themselves. */
public class Recursion {
  public static long endless() {
    return endless() + 1;
  }

  public static long throughLibrary() {
    return Optional.of(0L).map(number -> number + throughLibrary()).get();
  }

  public static long deep(long levels) {
    return levels == 0 ? 0 : deep(levels - 1) + 1;
  }

  public static void collect() {
    System.gc();
  }
}
