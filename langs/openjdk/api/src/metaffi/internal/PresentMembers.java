package metaffi.internal;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import metaffi.internal.ClassFile.Entry;

/**
 * The members of a class in which some signature names an absent class.
 *
 * <p>Java's reflection lists either all members of such a class or none. Here each is looked up by
 * itself, and those whose types are present are found.
 */
final class PresentMembers {
  private final List<Member> found = new ArrayList<>();
  private NoClassDefFoundError absent;

  private PresentMembers() {}

  /**
   * Lists the public methods that a class has or inherits; nearer ones hide those that they
   * override.
   *
   * @param type the class
   * @param name the methods' name; null for all
   * @throws NoClassDefFoundError if there are methods of this name, but the types of none are
   *     present
   */
  static List<Method> methods(Class<?> type, String name) {
    PresentMembers members = new PresentMembers();
    for (Class<?> each : hierarchy(type)) {
      boolean isInherited = each != type && each.isInterface();
      members.add(each, false, name, isInherited ? Modifier.STATIC : 0);
    }
    Map<List<Object>, Method> bySignature = new LinkedHashMap<>();
    for (Member member : members.orAbsent()) {
      Method method = (Method) member;
      List<Object> key = new ArrayList<>(Arrays.asList(method.getParameterTypes()));
      key.add(method.getName());
      key.add(method.getReturnType());
      bySignature.putIfAbsent(key, method);
    }
    return new ArrayList<>(bySignature.values());
  }

  /** The public constructors. */
  static List<Constructor<?>> constructors(Class<?> type) {
    PresentMembers members = new PresentMembers();
    members.add(type, false, "<init>", 0);
    List<Constructor<?>> constructors = new ArrayList<>();
    for (Member member : members.orAbsent()) {
      constructors.add((Constructor<?>) member);
    }
    return constructors;
  }

  /** The nearest public field of this name; null if there is none. */
  static Field field(Class<?> type, String name) {
    PresentMembers members = new PresentMembers();
    for (Class<?> each : hierarchy(type)) {
      members.add(each, true, name, 0);
    }
    List<Member> fields = members.orAbsent();
    return fields.isEmpty() ? null : (Field) fields.get(0);
  }

  /** The names of all public methods or fields, including unusable ones. */
  static Set<String> names(Class<?> type, boolean fields) {
    Set<String> names = new LinkedHashSet<>();
    for (Class<?> each : hierarchy(type)) {
      for (Entry entry : entries(each)) {
        boolean matches = entry.isField == fields && Modifier.isPublic(entry.flags);
        if (matches && !entry.name.startsWith("<")) {
          names.add(entry.name);
        }
      }
    }
    return names;
  }

  private void add(Class<?> type, boolean fields, String name, int excludedFlags) {
    for (Entry entry : entries(type)) {
      boolean matches = name == null ? !entry.name.startsWith("<") : name.equals(entry.name);
      boolean isVisible = Modifier.isPublic(entry.flags) && (entry.flags & excludedFlags) == 0;
      if (!matches || !isVisible || entry.isField != fields) {
        continue;
      }
      try {
        found.add(
            Members.reflect(
                type, entry.name, entry.descriptor, Modifier.isStatic(entry.flags), fields));
      } catch (NoClassDefFoundError e) {
        absent = e;
      }
    }
  }

  private List<Member> orAbsent() {
    if (found.isEmpty() && absent != null) {
      throw absent;
    }
    return found;
  }

  /** The class, its superclasses, and all their interfaces. */
  private static Set<Class<?>> hierarchy(Class<?> type) {
    Set<Class<?>> classes = new LinkedHashSet<>();
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      classes.add(each);
    }
    for (Class<?> each : classes.toArray(new Class<?>[0])) {
      addInterfaces(each, classes);
    }
    return classes;
  }

  private static void addInterfaces(Class<?> type, Set<Class<?>> classes) {
    for (Class<?> each : type.getInterfaces()) {
      classes.add(each);
      addInterfaces(each, classes);
    }
  }

  private static List<Entry> entries(Class<?> type) {
    String path = type.getName().replace('.', '/') + ".class";
    ClassLoader loader = type.getClassLoader();
    try (InputStream code =
        loader == null
            ? ClassLoader.getSystemResourceAsStream(path)
            : loader.getResourceAsStream(path)) {
      return code == null ? List.of() : ClassFile.members(code);
    } catch (IOException | RuntimeException e) {
      return List.of(); // generated at run time, or no longer readable
    }
  }
}
