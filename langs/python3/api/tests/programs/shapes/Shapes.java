import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;

/** Takes functions of one and of two parameters. */
public class Shapes {
  private Shapes() {}

  public static int one(IntUnaryOperator function) {
    return function.applyAsInt(20);
  }

  public static int two(IntBinaryOperator function) {
    return function.applyAsInt(3, 4);
  }

  public static Object object(Function<Object, Object> function) {
    return function.apply("text");
  }

  public static void say(Consumer<String> function) {
    function.accept("hello");
  }
}
