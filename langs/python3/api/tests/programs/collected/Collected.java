import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says what it got. */
public class Collected {
  private Collected() {}

  private static String classes(Collection<?> items) {
    return items.stream()
        .map(item -> item == null ? "null" : item.getClass().getSimpleName() + " " + item)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  public static String iterable(Iterable<?> items) {
    List<Object> all = new ArrayList<>();
    items.forEach(all::add);
    return classes(all);
  }

  public static String collection(Collection<Integer> items) {
    return classes(items);
  }

  public static String list(List<String> items) {
    items.add("more");
    return classes(items);
  }

  public static String set(Set<Long> items) {
    return classes(items);
  }

  public static String sortedSet(SortedSet<String> items) {
    return classes(items);
  }

  public static String deque(Deque<Short> items) {
    return classes(items);
  }

  public static String iterator(Iterator<Integer> items) {
    List<Object> all = new ArrayList<>();
    items.forEachRemaining(all::add);
    return classes(all);
  }

  public static String enumeration(Enumeration<String> items) {
    return classes(Collections.list(items));
  }

  public static String stream(Stream<Byte> items) {
    return classes(items.collect(Collectors.toList()));
  }

  public static String array(int[] items) {
    return Arrays.toString(items);
  }

  public static String chars(char[] items) {
    return new String(items);
  }

  public static String doubles(double[] items) {
    return Arrays.toString(items);
  }

  public static String character(char one) {
    return "char " + one;
  }

  public static int[][] holes() {
    return new int[][] {{1}, null};
  }

  public static String[] noText() {
    return new String[] {"a", null};
  }

  public static String texts(String[] items) {
    return Arrays.toString(items);
  }

  public static String map(Map<String, Integer> items) {
    return classes(items.keySet()) + " " + classes(items.values());
  }

  public static String sortedMap(SortedMap<Integer, Object> items) {
    return classes(items.keySet()) + " " + classes(items.values());
  }

  public static String concurrentMap(ConcurrentMap<String, Short> items) {
    return classes(items.keySet()) + " " + classes(items.values());
  }

  public static String nested(Map<String, List<Map<Integer, Set<Short>>>> items) {
    Set<Short> inner = items.get("a").get(0).get(1);
    return classes(inner);
  }

  public static String maps(List<Map<String, Integer>> items) {
    return items.stream().map(Collected::map).collect(Collectors.joining("; "));
  }

  public static Object anything(Object item) {
    return item;
  }

  public static Object within(List<Object> items) {
    return items.get(0);
  }

  public static String supplied(Supplier<Map<String, Integer>> source) {
    return map(source.get());
  }

  public static String suppliedSet(Supplier<Set<Integer>> source) {
    return classes(source.get());
  }

  public static String over(Map<String, Integer> items) {
    return "map " + map(items);
  }

  public static String over(Set<Long> items) {
    return "set " + set(items);
  }
}
