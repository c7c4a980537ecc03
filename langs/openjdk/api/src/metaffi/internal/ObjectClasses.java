package metaffi.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/** The classes of an object, for stubs that see it as a less specific type. */
public final class ObjectClasses {
  private ObjectClasses() {}

  /**
   * Returns the name of the class of an object.
   *
   * @param object any object
   * @return the binary name of its class
   */
  public static String classOf(Object object) {
    return object.getClass().getName();
  }

  /**
   * Returns the names of all classes and interfaces of an object.
   *
   * @param object any object
   * @return binary names, nearest first: the class, its superclass, its interfaces, and so on;
   *     marker interfaces such as Serializable come last
   */
  public static String[] supertypesOf(Object object) {
    Set<String> names = new LinkedHashSet<>();
    Set<String> markers = new LinkedHashSet<>();
    Deque<Class<?>> next = new ArrayDeque<>();
    next.add(object.getClass());
    while (!next.isEmpty()) {
      Class<?> one = next.remove();
      boolean isMarker = one.isInterface() && one.getMethods().length == 0;
      if (!(isMarker ? markers : names).add(one.getName())) {
        continue;
      }
      if (one.getSuperclass() != null && one.getSuperclass() != Object.class) {
        next.add(one.getSuperclass());
      }
      for (Class<?> above : one.getInterfaces()) {
        next.add(above);
      }
    }
    names.addAll(markers);
    names.add("java.lang.Object");
    return names.toArray(new String[0]);
  }
}
