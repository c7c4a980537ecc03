import java.io.Serializable;
import java.util.List;

/** The classes and objects that are sent to other processes. */
public class Workers implements Serializable {
  private final int number;

  public Workers(int number) {
    this.number = number;
  }

  public int getNumber() {
    return number;
  }

  public static long sum(List<? extends Number> numbers) {
    return numbers.stream().mapToLong(Number::longValue).sum();
  }

  public static void fail(String message) throws Failure {
    throw new Failure(message);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Workers && ((Workers) other).number == number;
  }

  @Override
  public int hashCode() {
    return number;
  }

  public enum Color {
    RED,
    BLUE
  }

  /** The exception that the program catches. */
  public static class Failure extends Exception {
    Failure(String message) {
      super(message);
    }
  }
}
