package metaffi.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/** What classes an object is of, for stubs that were given it as less. */
public final class ObjectClasses {
  private ObjectClasses() {}

  /**
   * Names the class of an object.
   *
   * @param object any object
   * @return the binary name of its class
   */
  public static String classOf(Object object) {
    return object.getClass().getName();
  }

  /**
   * Names all classes and interfaces that an object is of.
   *
   * @param object any object
   * @return binary names, nearest first: the class, its superclass, its interfaces, and so on; those
   *     that only mark it, as Serializable does, come last
   */
  public static String[] supertypesOf(Object object) {
    Set<String> names = new LinkedHashSet<>();
    Set<String> marks = new LinkedHashSet<>();
    Deque<Class<?>> next = new ArrayDeque<>();
    next.add(object.getClass());
    while (!next.isEmpty()) {
      Class<?> one = next.remove();
      boolean isMark = one.isInterface() && one.getMethods().length == 0;
      if (!(isMark ? marks : names).add(one.getName())) {
        continue;
      }
      if (one.getSuperclass() != null && one.getSuperclass() != Object.class) {
        next.add(one.getSuperclass());
      }
      for (Class<?> above : one.getInterfaces()) {
        next.add(above);
      }
    }
    names.addAll(marks);
    names.add("java.lang.Object");
    return names.toArray(new String[0]);
  }
}
