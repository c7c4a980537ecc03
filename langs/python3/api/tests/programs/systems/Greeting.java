/** Greets. */
public final class Greeting {
  private Greeting() {}

  /** Greets. */
  public static String greet(String name) {
    return "Hello, " + name;
  }
}
