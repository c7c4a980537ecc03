/** Arrays of objects. */
public class ObjectArrays {
  private ObjectArrays() {}

  /** Has a value. */
  public static class Counter {
    private final long value;

    Counter(long value) {
      this.value = value;
    }
  }

  public static Counter[] counters(long count) {
    Counter[] counters = new Counter[(int) count];
    for (int i = 0; i < counters.length; i++) {
      counters[i] = new Counter(i);
    }
    return counters;
  }

  public static long sum(Counter[] counters) {
    long total = 0;
    for (Counter counter : counters) {
      total += counter.value;
    }
    return total;
  }

  public static Object[] echo(Object[] things) {
    return things;
  }

  public static Object[][] echoTable(Object[][] things) {
    return things;
  }

  public static void collect() {
    System.gc();
  }
}
