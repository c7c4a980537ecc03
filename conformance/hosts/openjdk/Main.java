package host;

import java.nio.file.Files;
import java.nio.file.Path;
import org.json.JSONObject;

/** The Java host: runs one cell's plan through the public API, and prints ok. */
public final class Main {
  private Main() {}

  /**
   * Runs a plan.
   *
   * @param args the plan's path
   * @throws Throwable the error, with the step that failed
   */
  public static void main(String[] args) throws Throwable {
    JSONObject plan = new JSONObject(Files.readString(Path.of(args[0])));
    Cell cell = new Cell(plan);
    cell.run();
    if (!plan.getBoolean("leaves")) {
      cell.finish();
    }
    System.out.println("ok");
  }
}
