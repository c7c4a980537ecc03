/** An interface, and two classes that implement it. */
public class Interfaces {
  private Interfaces() {}

  public static Shape largest(Shape a, Shape b) {
    return a.area() > b.area() ? a : b;
  }

  public static double total(Shape[] shapes) {
    double total = 0;
    for (Shape shape : shapes) {
      total += shape.area();
    }
    return total;
  }

  public static void collect() {
    System.gc();
  }

  /** Has an area. */
  public interface Shape {
    double area();

    default String describe() {
      return "a shape";
    }

    static Shape unit() {
      return new Square(1);
    }
  }

  /** A square. */
  public static class Square implements Shape {
    private final double side;

    public Square(double side) {
      this.side = side;
    }

    @Override
    public double area() {
      return side * side;
    }

    @Override
    public String describe() {
      return "a square";
    }
  }

  /** Roughly a circle. */
  public static class Circle implements Shape {
    private final double radius;

    public Circle(double radius) {
      this.radius = radius;
    }

    @Override
    public double area() {
      return 3 * radius * radius;
    }
  }
}
