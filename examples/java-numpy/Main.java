import java.util.Arrays;
import numpy_linalg.EighResult;
import numpy_linalg.LinAlgError;
import numpy_linalg.Numpy_linalg;
import numpy_linalg.ndarray;

/** Solves equations with numpy. */
public final class Main {
  /** Runs it. */
  public static void main(String[] args) {
    Numpy_linalg.bindModuleToCode("numpy.linalg", "python3");
    double[][] a = {{2, 1}, {1, 3}};
    ndarray<?, ?> x = (ndarray<?, ?>) Numpy_linalg.solve(a, new double[] {3, 5});
    System.out.println(x);
    double[] values = (double[]) x.tolist();
    System.out.println(Arrays.toString(values));
    System.out.printf("%.3f%n", Numpy_linalg.det(a));
    EighResult eigen = Numpy_linalg.eigh(a);
    System.out.println(eigen.eigenvalues().round(3));
    try {
      Numpy_linalg.inv(new double[][] {{1, 2}, {2, 4}});
    } catch (LinAlgError e) {
      System.out.println(e.getMessage());
    }
  }
}
