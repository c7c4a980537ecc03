import java.util.List;
import java.util.Map;
import jep.Interpreter;
import jep.JepException;
import jep.SharedInterpreter;
import jep.python.PyCallable;

/** Statistics of Python, by Jep. */
public final class WithJep {
  /** Runs it. */
  public static void main(String[] args) throws JepException {
    try (Interpreter python = new SharedInterpreter()) {
      python.exec("import statistics");
      python.set("values", List.of(1.0, 2.0, 4.0));
      System.out.println(python.getValue("statistics.mean(values)", Double.class));

      PyCallable quantiles = python.getValue("statistics.quantiles", PyCallable.class);
      Object cuts =
          quantiles.callAs(List.class, new Object[] {List.of(1, 2, 3, 4)}, Map.of("n", 2));
      System.out.println(cuts);
      try {
        python.eval("statistics.mean([])");
      } catch (JepException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
