import java.util.stream.LongStream;

/** Any number of arguments. */
public class Varargs {
  private Varargs() {}

  public static String join(String separator, String... words) {
    return String.join(separator, words);
  }

  public static long total(long... numbers) {
    return LongStream.of(numbers).sum();
  }

  public static long count(Object... values) {
    return values.length;
  }
}
