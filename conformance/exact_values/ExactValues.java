import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Values without a MetaFFI type of their own: large integers, decimals, dates, times. */
public class ExactValues {
  private ExactValues() {}

  public static BigInteger integer() {
    return BigInteger.TWO.pow(100);
  }

  public static BigInteger negative() {
    return BigInteger.TWO.pow(70).negate();
  }

  public static BigInteger huge() {
    return BigInteger.TEN.pow(5000);
  }

  public static BigDecimal decimal() {
    return new BigDecimal("0.10");
  }

  public static LocalDate day() {
    return LocalDate.of(2024, 2, 29);
  }

  public static LocalTime clock() {
    return LocalTime.of(23, 59, 59, 999_999_000);
  }

  public static LocalDateTime dayAndClock() {
    return LocalDateTime.of(2024, 2, 29, 12, 30);
  }

  public static Instant instant() {
    return Instant.ofEpochSecond(-1, 500_000_000);
  }

  public static OffsetDateTime withOffset() {
    return OffsetDateTime.parse("2024-02-29T12:30-03:30");
  }

  public static Duration duration() {
    return Duration.ofMillis(-1500);
  }

  public static UUID uuid() {
    return UUID.fromString("f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
  }

  public static Object[] allValues() {
    return new Object[] {decimal(), null, integer(), day(), 1L, new Object[] {uuid()}};
  }

  public static boolean equals(String name, Object value) {
    return named(name).equals(value);
  }

  public static boolean equalAll(Object[] values) {
    return Arrays.deepEquals(values, allValues());
  }

  public static boolean passed(UnaryOperator<Object> function, String name) {
    return equals(name, function.apply(named(name)));
  }

  public static BigDecimal asObject() {
    return decimal();
  }

  public static boolean isObject(BigDecimal value) {
    return decimal().equals(value);
  }

  private static Object named(String name) {
    switch (name) {
      case "integer":
        return integer();
      case "negative":
        return negative();
      case "huge":
        return huge();
      case "decimal":
        return decimal();
      case "day":
        return day();
      case "clock":
        return clock();
      case "day_and_clock":
        return dayAndClock();
      case "instant":
        return instant();
      case "with_offset":
        return withOffset();
      case "duration":
        return duration();
      default:
        return uuid();
    }
  }

  public static void collect() {
    System.gc();
  }
}
