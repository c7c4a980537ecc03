/** Fields. */
public class Fields {
  private Fields() {}

  /** Has fields. */
  public static class Box {
    public static String kind = "box";

    public long size;
    public String label = "";
    public Box next;
    public double[] weights = {};

    public String describe() {
      return kind + " " + size + " " + label;
    }
  }
}
