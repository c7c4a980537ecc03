/** An enumeration. */
public class Enums {
  private Enums() {}

  /** Colors. */
  public enum Color {
    RED,
    BLUE
  }

  public static Color parse(String name) {
    return Color.valueOf(name);
  }

  public static String mixed(Color a, Color b) {
    return a + " and " + b;
  }
}
