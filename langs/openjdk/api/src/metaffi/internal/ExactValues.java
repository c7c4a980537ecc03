package metaffi.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.UUID;

/**
 * Large integers, decimals, dates and times: objects that other languages can read as a text. The
 * kinds and the format of the texts are those of {@code metaffi_exact_object}.
 */
public final class ExactValues {
  private static final int INTEGER = 1;
  private static final int DECIMAL = 2;
  private static final int DATE = 3;
  private static final int TIME = 4;
  private static final int DATE_TIME = 5;
  private static final int INSTANT = 6;
  private static final int DURATION = 7;
  private static final int UUID_VALUE = 8;

  private ExactValues() {}

  /**
   * Whether objects of a class are such values. Subclasses are not: they may hold more than the
   * value.
   */
  static boolean areObjectsOf(Class<?> type) {
    return kind(type) != 0;
  }

  private static int kind(Class<?> type) {
    if (type == BigInteger.class) {
      return INTEGER;
    }
    if (type == BigDecimal.class) {
      return DECIMAL;
    }
    if (type == UUID.class) {
      return UUID_VALUE;
    }
    return type.getName().startsWith("java.time.") ? kindOfTime(type) : 0;
  }

  private static int kindOfTime(Class<?> type) {
    if (type == LocalDate.class) {
      return DATE;
    }
    if (type == LocalTime.class) {
      return TIME;
    }
    if (type == LocalDateTime.class) {
      return DATE_TIME;
    }
    if (type == Duration.class) {
      return DURATION;
    }
    boolean isInstant =
        type == Instant.class || type == OffsetDateTime.class || type == ZonedDateTime.class;
    return isInstant ? INSTANT : 0;
  }

  /**
   * Describes a value.
   *
   * @param object an object of one of these classes
   * @return its kind, as a character starting with {@code '1'}, and its text
   */
  public static String describe(Object object) {
    int kind = kind(object.getClass());
    return (char) ('0' + kind) + text(kind, object);
  }

  private static String text(int kind, Object object) {
    switch (kind) {
      case INTEGER:
        return ((BigInteger) object).toString(16);
      case DURATION:
        return "PT" + seconds((Duration) object).stripTrailingZeros().toPlainString() + "S";
      case INSTANT:
        return object instanceof Instant ? object.toString() : withOffset(object.toString());
      default:
        return object.toString();
    }
  }

  private static BigDecimal seconds(Duration duration) {
    return BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
  }

  /** Only an instant ends with Z, so that it is an instant again when it comes back. */
  private static String withOffset(String text) {
    int zone = text.indexOf('[');
    int end = zone < 0 ? text.length() : zone;
    boolean isUtc = text.charAt(end - 1) == 'Z';
    return isUtc ? text.substring(0, end - 1) + "+00:00" + text.substring(end) : text;
  }

  /**
   * Makes an object from a kind and a text.
   *
   * @param kind the kind of the value
   * @param text its text
   * @param expected the expected class
   * @return an object of that class, or null if none has exactly that value
   */
  public static Object make(int kind, String text, Class<?> expected) {
    try {
      Object natural = natural(kind, text);
      return natural == null || expected.isInstance(natural)
          ? natural
          : converted(natural, expected);
    } catch (ArithmeticException | DateTimeException | IllegalArgumentException e) {
      return null;
    }
  }

  private static Object natural(int kind, String text) {
    switch (kind) {
      case INTEGER:
        return new BigInteger(text, 16);
      case DECIMAL:
        return new BigDecimal(text);
      case DATE:
        return LocalDate.parse(text);
      case TIME:
        return LocalTime.parse(text);
      case DATE_TIME:
        return LocalDateTime.parse(text);
      case INSTANT:
        return instant(text);
      case DURATION:
        return Duration.parse(text);
      case UUID_VALUE:
        return UUID.fromString(text);
      default:
        return null;
    }
  }

  private static Object instant(String text) {
    int zone = text.indexOf('[');
    if (zone < 0) {
      return text.endsWith("Z") ? Instant.parse(text) : OffsetDateTime.parse(text);
    }
    OffsetDateTime at = OffsetDateTime.parse(text.substring(0, zone));
    ZoneId id = ZoneId.of(text.substring(zone + 1, text.length() - 1));
    ZonedDateTime zoned = at.atZoneSameInstant(id);
    // If the zone rules differ here and there, it is not the same time zone.
    return zoned.getOffset().equals(at.getOffset()) ? zoned : null;
  }

  /**
   * Conversions that Java has, too: the instant of a date and time, the nearest double of a number.
   */
  private static Object converted(Object value, Class<?> expected) {
    if (value instanceof Number) {
      double nearest = ((Number) value).doubleValue();
      return expected == Double.class && !Double.isInfinite(nearest) ? (Object) nearest : null;
    }
    OffsetDateTime at = moment(value);
    if (at == null) {
      return null;
    }
    if (expected == Instant.class) {
      return at.toInstant();
    }
    if (expected == OffsetDateTime.class) {
      return at;
    }
    return expected == ZonedDateTime.class ? at.toZonedDateTime() : null;
  }

  private static OffsetDateTime moment(Object value) {
    if (value instanceof Instant) {
      return ((Instant) value).atOffset(java.time.ZoneOffset.UTC);
    }
    if (value instanceof ZonedDateTime) {
      return ((ZonedDateTime) value).toOffsetDateTime();
    }
    return value instanceof OffsetDateTime ? (OffsetDateTime) value : null;
  }
}
