/** Overloads, which Java has instead of default arguments. */
public class Defaults {
  private Defaults() {}

  public static String greet(String name) {
    return greet(name, "Hello");
  }

  public static String greet(String name, String greeting) {
    return greet(name, greeting, "!");
  }

  public static String greet(String name, String greeting, String mark) {
    return greeting + ", " + name + mark;
  }
}
