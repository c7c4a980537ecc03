import java.util.Arrays;
import statistics.NormalDist;
import statistics.Statistics;
import statistics.StatisticsError;

/** Calculates with Python's statistics. */
public final class Main {
  /** Runs it. */
  public static void main(String[] args) {
    Statistics.bindModuleToCode("statistics", "python3");
    double[] data = {1, 2, 3, 4, 5, 6};
    System.out.println(Statistics.fmean(data));
    Object[] quartiles = Statistics.quantilesWith(data).n(4).method("inclusive").call();
    System.out.println(Arrays.toString(quartiles));
    NormalDist dist = new NormalDist(0, 1);
    System.out.printf("%.3f%n", dist.cdf(1));
    try {
      Statistics.mean(new double[0]);
    } catch (StatisticsError e) {
      System.out.println(e.getMessage());
    }
  }
}
