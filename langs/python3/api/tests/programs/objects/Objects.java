import java.util.ArrayList;
import java.util.List;

public class Objects {
  public int value;
  public static final List<Object> KEPT = new ArrayList<>();

  public Objects(int value) {
    this.value = value;
  }

  public int add(int amount) {
    return value += amount;
  }

  public static Object same(Object object) {
    return object;
  }

  public static void keep(Object object) {
    KEPT.add(object);
  }

  public static Object kept() {
    return KEPT.remove(KEPT.size() - 1);
  }

  public static void collect() {
    System.gc();
  }
}
