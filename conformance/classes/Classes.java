import java.util.Locale;

/** A class. */
public class Classes {
  private Classes() {}

  public static String greetWith(Greeter greeter, String name) {
    return greeter.greet(name);
  }

  /** Greets. */
  public static class Greeter {
    private final String greeting;
    private long count;

    public Greeter(String greeting) {
      this.greeting = greeting;
    }

    public static Greeter polite() {
      return new Greeter("Good day");
    }

    public String greet(String name) {
      count++;
      return greeting + ", " + name;
    }

    public long greeted() {
      return count;
    }

    public Greeter louder() {
      return new Greeter(greeting.toUpperCase(Locale.ROOT));
    }

    public Greeter itself() {
      return this;
    }
  }
}
