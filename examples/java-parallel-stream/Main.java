import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import metaffi.*;

public class Main {
  /** The Python function, as a Java interface. */
  interface Score {
    double of(String text);
  }

  public static void main(String[] args) {
    MetaFFIModule scoring = new MetaFFIRuntime("python3").loadModule("scoring.py");
    Score score =
        scoring
            .load(
                "callable=score",
                new MetaFFITypes[] {MetaFFITypes.MetaFFIString8},
                new MetaFFITypes[] {MetaFFITypes.MetaFFIFloat64})
            .as(Score.class);

    List<String> texts =
        IntStream.range(0, 1000)
            .mapToObj(i -> "word ".repeat(i % 7 + 1) + "and more")
            .collect(Collectors.toList());
    double parallel = texts.parallelStream().mapToDouble(score::of).sum();
    double one = texts.stream().mapToDouble(score::of).sum();
    System.out.printf("%.3f, as on one thread: %b%n", parallel, Math.abs(parallel - one) < 1e-6);

    long threads = ((Number) scoring.load("callable=thread_count").call()[0]).longValue();
    System.out.println("Python was called from several threads: " + (threads > 1));
  }
}
