import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The classes that natural.py uses. */
public class Natural {
  public String release() {
    return "the object's own";
  }

  public static Object made(Supplier<?> supplier) {
    return supplier.get();
  }

  public static String first(List<String> list) {
    return list.isEmpty() ? "nothing" : list.get(0);
  }

  public static List<Object> holdsItself() {
    List<Object> list = new ArrayList<>();
    list.add(list);
    return list;
  }

  public static class Named {
    public String name() {
      return "Java's";
    }

    public String greeting() {
      return "I am " + name();
    }
  }
}
